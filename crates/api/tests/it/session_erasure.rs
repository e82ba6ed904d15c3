//! Erasing sessions by API: gone at once, everywhere, for good, and nobody else's.

use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use testkit::TestApp;
use testkit::database::Database;

/// Whether any row of any table has this text in any column.
async fn in_any_row(database: &Database, marker: &str) -> bool {
    if database.store.kind() == "sqlite" {
        return database.contains(marker).await;
    }
    // Its files keep dead rows and its log until they are overwritten: ask what it would still show.
    let mut connection = PgConnection::connect(&database.address()).await.unwrap();
    let tables: Vec<(String,)> =
        sqlx::query_as("SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'")
            .fetch_all(&mut connection)
            .await
            .unwrap();
    for (table,) in tables {
        let text =
            format!("SELECT COUNT(*) FROM {table} AS here WHERE CAST(here AS TEXT) LIKE '%' || $1 || '%'");
        let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(text))
            .bind(marker)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        if found > 0 {
            return true;
        }
    }
    false
}

async fn created(app: &TestApp, body: &Value) -> Value {
    let reply = app.integrator().post("/v3/session/", body).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.body
}

/// A session with a portrait and everything that names a person.
async fn canary(app: &TestApp, marker: &str) -> Value {
    let portrait =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let body = json!({
        "workflow_id": app.live.kyc, "vendor_data": format!("vendor {marker}"), "metadata": {"note": marker},
        "expected_details": {"first_name": marker, "last_name": "Mustermann"},
        "contact_details": {"email": "erika@example.org"}, "portrait_image": portrait
    });
    created(app, &body).await
}

testkit::both_databases! {
    async fn an_erased_session_is_gone_everywhere_at_once(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = testkit::HttpSink::start().await;
        let destination = json!({"label": "Sink", "url": sink.url("/hook"), "subscribed_events": ["status.updated"]});
        assert_eq!(app.integrator().post("/v3/webhook/destinations/", &destination).await.status, 201);
        let session = canary(&app, "Canary").await;
        let (id, token) = (session["session_id"].as_str().unwrap(), session["session_token"].as_str().unwrap());
        let person = app.stranger().with("x-session-token", token);
        assert_eq!(person.get("/flow/v1/session").await.status, 200);

        let media = link_to_portrait(&app, id).await;
        assert_eq!(app.stranger().get(&media).await.status, 200);

        let path = format!("/v3/session/{id}/delete/");
        assert_eq!(app.sandbox_integrator().delete(&path).await.status, 404, "not theirs");
        assert_eq!(app.stranger().delete(&path).await.status, 403);
        assert_eq!(app.integrator().get(&format!("/v3/session/{id}/decision/")).await.status, 200);
        let gone = app.integrator().delete(&path).await;
        assert_eq!((gone.status, gone.body), (204, json!("")));

        assert_eq!(app.integrator().delete(&path).await.status, 404);
        assert_eq!(app.integrator().get(&format!("/v3/session/{id}/decision/")).await.status, 404);
        assert_eq!(person.get("/flow/v1/session").await.status, 404);
        assert_eq!(app.stranger().get(&media).await.status, 404);
        app.run_jobs().await;
        assert_eq!(sink.requests().len(), 0, "what was queued is not delivered");
        let mut tx = app.engine.store.read().await.unwrap();
        assert!(store::jobs::list_failed(&mut tx, 9).await.unwrap().is_empty());
    }

    async fn nothing_of_an_erased_person_is_left_that_could_be_read(database: &Database) {
        let app = TestApp::start(database).await;
        let marker = format!("Canary{}", app.engine.uuid().simple());
        let session = canary(&app, &marker).await;
        let id = session["session_id"].as_str().unwrap();
        let vendor = format!("{}/vendor {marker}", app.live.application.scope.application_id());
        let hash = app.engine.keyring.lookup("sessions.vendor", &vendor);
        assert!(in_any_row(database, &hash).await, "the scan can see");
        assert!(!in_any_row(database, &marker).await, "never readable without the key");
        let objects = database.folders().await[0].join("blobs/sessions").join(id);
        assert!(objects.exists(), "the portrait");
        let (scope, session_id) = (app.live.application.scope, id.parse().unwrap());
        let mut tx = app.engine.store.read().await.unwrap();
        let row = store::sessions::find(&mut tx, &scope, session_id).await.unwrap().unwrap();
        let key = store::session_keys::find(&mut tx, &app.engine.keyring, session_id).await.unwrap().unwrap();
        let place = store::Place::new("sessions", session_id);
        let opened: Value = key.open_json(&place, &row.sealed).unwrap();
        assert!(opened.to_string().contains(&marker), "the canary was planted");
        drop(tx);

        assert_eq!(app.integrator().delete(&format!("/v3/session/{id}/delete/")).await.status, 204);
        assert!(std::fs::read_dir(&objects).is_err() || files_under(&objects) == 0, "no object is left");
        let mut tx = app.engine.store.read().await.unwrap();
        assert!(store::session_keys::find(&mut tx, &app.engine.keyring, session_id).await.unwrap().is_none());
        drop(tx);
        if let Some(path) = (database.store.kind() == "sqlite").then(|| database.address()) {
            let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite://{path}")).await.unwrap();
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.unwrap();
        }
        assert!(!in_any_row(database, &hash).await, "what it was found by is gone");
        let sealed = sqlx_rows_of(database, id).await;
        assert_eq!(sealed, 0, "nothing sealed with the destroyed key is kept where it is not the log's");
    }

    async fn many_are_erased_by_number_or_all_at_once(database: &Database) {
        let app = TestApp::start(database).await;
        let api = app.integrator();
        let mut ids = Vec::new();
        for _ in 0..5 {
            ids.push(created(&app, &json!({"workflow_id": app.live.kyc})).await["session_id"].as_str().unwrap().to_owned());
        }
        let theirs = app.sandbox_integrator().post("/v3/session/", &json!({"workflow_id": app.sandbox.kyc})).await;
        let erase = |body: Value| { let api = api.clone(); async move { api.post("/v3/sessions/delete/", &body).await } };
        for (body, message) in [
            (json!({}), "This field is required unless delete_all is true."),
            (json!({"session_numbers": []}), "This list may not be empty."),
            (json!({"session_numbers": ["1", "x"]}), "All session_numbers must be numeric."),
            (json!({"session_numbers": [1.5]}), "All session_numbers must be numeric."),
            (json!({"session_numbers": [-1]}), "All session_numbers must be numeric."),
            (json!({"session_numbers": "1"}), "Expected a list of items but got type \"str\"."),
        ] {
            let refused = erase(body).await;
            assert_eq!((refused.status, &refused.body), (400, &json!({"session_numbers": [message]})));
        }
        let huge = "9".repeat(60);
        assert_eq!(erase(json!({"session_numbers": ["1", 2, "77", huge], "delete_all": false})).await.status, 204);
        assert_eq!(erase(json!({"session_numbers": ["1"]})).await.status, 204, "again");
        let mut answers = Vec::new();
        for id in &ids {
            answers.push(api.get(&format!("/v3/session/{id}/decision/")).await.status);
        }
        assert_eq!(answers, [404, 404, 200, 200, 200]);
        assert_eq!(erase(json!({"delete_all": true, "session_numbers": ["x"]})).await.status, 204);
        for id in &ids {
            assert_eq!(api.get(&format!("/v3/session/{id}/decision/")).await.status, 404);
        }
        app.run_jobs().await;
        let path = format!("/v3/session/{}/decision/", theirs.text("session_id"));
        assert_eq!(app.sandbox_integrator().get(&path).await.status, 200, "another application's stay");
        assert_eq!(app.stranger().post("/v3/sessions/delete/", &json!({"delete_all": true})).await.status, 403);
    }
}

/// A signed link, without the server's address.
async fn link_to_portrait(app: &TestApp, id: &str) -> String {
    let (scope, id) = (app.live.application.scope, id.parse().unwrap());
    let mut tx = app.engine.store.read().await.unwrap();
    let blob = store::blobs::list(&mut tx, &scope, id).await.unwrap().remove(0).id;
    let mut link = json!(format!("media:{blob}"));
    engine::decision::link_media(&app.engine, &scope, id, engine::decision::MediaLife::Read, &mut link);
    link.as_str().unwrap().strip_prefix(&app.base_url).unwrap().to_owned()
}

fn files_under(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { files_under(&entry.path()) } else { 1 }).sum()
}

/// Rows of the emptied tables that are still the session's, and sealed bytes in its own row.
async fn sqlx_rows_of(database: &Database, id: &str) -> i64 {
    let tables = store::erasure::EMPTIED
        .iter()
        .map(|table| format!("(SELECT COUNT(*) FROM {table} WHERE session_id = $1)"));
    let tables: Vec<String> = tables.collect();
    let text = format!("SELECT {} + (SELECT length(sealed) FROM sessions WHERE id = $1)", tables.join(" + "));
    if database.store.kind() == "sqlite" {
        let mut connection =
            sqlx::SqliteConnection::connect(&format!("sqlite://{}", database.address())).await.unwrap();
        return sqlx::query_scalar(sqlx::AssertSqlSafe(text))
            .bind(id)
            .fetch_one(&mut connection)
            .await
            .unwrap();
    }
    let mut connection = PgConnection::connect(&database.address()).await.unwrap();
    sqlx::query_scalar(sqlx::AssertSqlSafe(text)).bind(id).fetch_one(&mut connection).await.unwrap()
}
