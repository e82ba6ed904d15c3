//! One lineage, two databases, the same tables.

use sqlx::{Connection, PgConnection, SqliteConnection};
use testkit::database::Database;

async fn sqlite_columns(path: &str) -> Vec<(String, String)> {
    let mut connection = SqliteConnection::connect(&format!("sqlite://{path}")).await.unwrap();
    sqlx::query_as(
        "SELECT tables.name, columns.name
         FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
         WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND tables.name NOT LIKE '_sqlx%'
         ORDER BY tables.name, columns.name",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap()
}

async fn postgres_columns(url: &str) -> Vec<(String, String)> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::query_as(
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'
         ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\"",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn both_databases_end_up_with_the_same_tables_and_columns() {
    let (sqlite, postgres) = (Database::sqlite().await, Database::postgres().await);
    let columns = sqlite_columns(&sqlite.address()).await;
    assert_eq!(columns, postgres_columns(&postgres.address()).await);
    assert!(columns.contains(&("sessions".into(), "sealed".into())), "{columns:?}");
    postgres.finish().await;
}

/// Claim 31's beginning: a column of bytes is sealed, so whoever adds one has to name it so.
#[tokio::test(flavor = "multi_thread")]
async fn every_column_of_bytes_says_that_it_is_sealed() {
    let sqlite = Database::sqlite().await;
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", sqlite.address())).await.unwrap();
    let columns: Vec<(String,)> = sqlx::query_as(
        "SELECT columns.name FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
         WHERE tables.type = 'table' AND columns.type = 'BLOB' AND tables.name NOT LIKE '_sqlx%'
         ORDER BY columns.name",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert!(columns.len() >= 9, "{columns:?}");
    assert!(columns.iter().all(|(name,)| name.starts_with("sealed") || name == "wrapped"), "{columns:?}");
}

#[test]
fn every_migration_file_is_in_the_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".sql").map(str::to_owned))
        .collect();
    files.sort();
    assert_eq!(store::MIGRATIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), files);
}
