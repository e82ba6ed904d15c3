use super::*;

const FILE: &str = r#"
[server]
listen = "127.0.0.1:8080"
public_url = "https://id.example.org/"
[database]
url = "postgres://bona:hush@localhost/bonafide"
[keys]
master_key = "00"
[storage]
folder = "/var/lib/bonafide"
"#;

fn parse(environment: &[(&str, &str)]) -> anyhow::Result<Config> {
    let owned = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::parse(FILE, owned)
}

#[test]
fn the_environment_wins_over_the_file() {
    let config =
        parse(&[("BONAFIDE__SERVER__LISTEN", "0.0.0.0:9"), ("BONAFIDE__DATABASE__CONNECTIONS", "3")])
            .unwrap();
    assert_eq!(config.server.listen.port(), 9);
    assert_eq!(config.database.connections, 3);
    assert_eq!(config.server.base_url(), "https://id.example.org");
}

#[test]
fn a_secret_may_come_from_a_file() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file.as_file(), b"ab12\n").unwrap();
    let config = parse(&[("BONAFIDE__KEYS__MASTER_KEY_FILE", file.path().to_str().unwrap())]).unwrap();
    assert_eq!(config.keys.master_key, "ab12");
}

#[test]
fn unknown_keys_are_refused_by_name() {
    let refused = parse(&[("BONAFIDE__SERVER__LISTN", "x")]).unwrap_err();
    assert!(format!("{refused:#}").contains("listn"), "{refused:#}");
}

#[test]
fn secrets_are_not_shown() {
    let mut shown = Table::try_from(parse(&[]).unwrap()).unwrap();
    redact(&mut shown);
    let text = toml::to_string(&shown).unwrap();
    assert!(!text.contains("hush") && !text.contains("\"00\""), "{text}");
    assert!(text.contains("postgres://****@localhost"), "{text}");
}

#[test]
fn every_key_is_documented() {
    let page =
        read_text(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md"))).unwrap();
    let mut config = parse(&[]).unwrap();
    config.mail.host = Some("mail".to_owned());
    config.sms = crate::config::sms::Sms::complete();
    config.credits.top_up_url = Some("https://pay.example.org".to_owned());
    let all = Table::try_from(&config).unwrap();
    for (section, keys) in &all {
        assert!(page.contains(&format!("[{section}]")), "[{section}] is not documented");
        for key in keys.as_table().unwrap().keys() {
            assert!(page.contains(&format!("`{key}`")), "{section}.{key} is not documented");
        }
    }
}
