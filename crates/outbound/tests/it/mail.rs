//! Mail through a real SMTP conversation, and into the outbox folder.

use jiff::Timestamp;
use outbound::mail::{
    Credentials, Mail, Mailer, Security, SessionInvite, SmtpSettings, Unsent, VerificationCode,
};
use testkit::{ReceivedMail, SmtpSink};

const NOW: &str = "2026-03-31T14:00:00Z";

fn now() -> Timestamp {
    NOW.parse().expect("a timestamp")
}

fn settings(sink: &SmtpSink) -> SmtpSettings {
    SmtpSettings {
        host: sink.host(),
        port: sink.port(),
        security: Security::None,
        credentials: None,
        from: "Bonafide <no-reply@bonafide.example>".to_owned(),
    }
}

fn code_mail(language: &str) -> Mail {
    VerificationCode { code: "K7Q2ZD", minutes: 15 }.mail("ana@example.com", language)
}

#[tokio::test]
async fn a_code_arrives_over_smtp_as_text_and_html() {
    let sink = SmtpSink::start().await;
    let mailer = Mailer::smtp(&settings(&sink)).unwrap();
    mailer.send(&code_mail("es"), now()).await.unwrap();
    let [mail] = sink.wait_for(1).await.try_into().expect("one mail");
    assert_eq!(mail.recipients, ["ana@example.com"]);
    assert_eq!(mail.header("From"), "Bonafide <no-reply@bonafide.example>");
    assert_eq!(mail.header("To"), "ana@example.com");
    assert_eq!(mail.header("Subject"), "K7Q2ZD es tu código de Bonafide");
    assert_eq!(mail.header("Date"), "Tue, 31 Mar 2026 14:00:00 +0000");
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert!(mail.header("Message-ID").ends_with("@bonafide.example>"), "{}", mail.raw);
    assert_eq!(mail.code().as_deref(), Some("K7Q2ZD"));
    assert!(mail.text().contains("El código sirve durante 15 minutos"), "{}", mail.text());
    assert!(mail.html().contains(">K7Q2ZD</p>"), "{}", mail.html());
    assert!(mail.html().trim_end().ends_with("</html>"));
}

#[tokio::test]
async fn one_mailer_sends_many_mails_and_logs_in_when_told_to() {
    let sink = SmtpSink::start().await;
    let credentials = Some(Credentials { user: "bonafide".to_owned(), password: "hunter2".to_owned() });
    let mailer = Mailer::smtp(&SmtpSettings { credentials, ..settings(&sink) }).unwrap();
    for number in 0..5 {
        let url = format!("https://id.example/session/{number}");
        let invite = SessionInvite { application: "Acme", url: &url }.mail("ana@example.com", "en");
        mailer.send(&invite, now()).await.unwrap();
    }
    let mails = sink.wait_for(5).await;
    assert!(mails[4].text().contains("https://id.example/session/4\n"));
    // Connections are kept and used again, so there may be fewer logins than mails.
    let logins = sink.logins();
    assert!(
        (1..=5).contains(&logins.len()) && logins.iter().all(|login| login == "\0bonafide\0hunter2"),
        "{logins:?}"
    );
}

#[tokio::test]
async fn recipients_that_carry_more_than_an_address_are_refused() {
    let sink = SmtpSink::start().await;
    let mailer = Mailer::smtp(&settings(&sink)).unwrap();
    for to in [
        "ana@example.com\r\nBcc: thief@example.com",
        "ana@example.com\nX: y",
        "ana@example.com, thief@example.com",
        "ana@example.com> RCPT TO:<thief@example.com",
        "Ana <ana@example.com>",
        "ana",
        "",
    ] {
        let unsent = mailer.send(&Mail { to: to.to_owned(), ..code_mail("en") }, now()).await.unwrap_err();
        assert!(matches!(unsent, Unsent::Address(_)) && unsent.is_final(), "{to:?}: {unsent}");
    }
    assert!(sink.mails().is_empty());
}

#[tokio::test]
async fn lines_in_the_subject_and_the_body_stay_what_they_are() {
    let sink = SmtpSink::start().await;
    let mailer = Mailer::smtp(&settings(&sink)).unwrap();
    let mail = Mail {
        subject: "Hello\r\nBcc: thief@example.com".to_owned(),
        text: "first\n.\nRCPT TO:<thief@example.com>\n..dots".to_owned(),
        ..code_mail("en")
    };
    mailer.send(&mail, now()).await.unwrap();
    let [mail] = sink.wait_for(1).await.try_into().expect("one mail");
    assert_eq!(mail.recipients, ["ana@example.com"]);
    assert_eq!(mail.header("Bcc"), "", "{}", mail.raw);
    assert_eq!(mail.text().trim_end(), "first\n.\nRCPT TO:<thief@example.com>\n..dots");
}

#[tokio::test]
async fn a_server_that_is_gone_or_speaks_no_tls_leaves_the_mail_for_another_try() {
    let sink = SmtpSink::start().await;
    let strict = Mailer::smtp(&SmtpSettings { security: Security::StartTls, ..settings(&sink) }).unwrap();
    assert!(matches!(strict.send(&code_mail("en"), now()).await, Err(Unsent::Smtp { .. })));
    assert!(sink.mails().is_empty(), "nothing is said in the clear when TLS was asked for");
    let mailer = Mailer::smtp(&settings(&sink)).unwrap();
    drop(sink);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let unsent = mailer.send(&code_mail("en"), now()).await.unwrap_err();
    assert!(matches!(unsent, Unsent::Smtp { .. }) && !unsent.is_final(), "{unsent}");
}

#[tokio::test]
async fn without_smtp_mails_are_kept_as_files_that_mail_programs_open() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox");
    let mailer = Mailer::outbox(outbox.clone(), "no-reply@bonafide.example").unwrap();
    mailer.send(&code_mail("en"), now()).await.unwrap();
    let files: Vec<_> = std::fs::read_dir(&outbox).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [file] = files.as_slice() else { panic!("one file: {files:?}") };
    assert_eq!(file.extension().and_then(|extension| extension.to_str()), Some("eml"));
    let raw = tokio::fs::read_to_string(file).await.unwrap();
    let mail = ReceivedMail::new(vec![], raw);
    assert_eq!(mail.header("To"), "ana@example.com");
    assert_eq!(mail.code().as_deref(), Some("K7Q2ZD"));
}

#[test]
fn a_sender_that_is_no_address_is_a_misconfiguration() {
    assert!(Mailer::outbox("outbox".into(), "Bonafide").is_err());
    assert!(Mailer::outbox("outbox".into(), "Bonafide <no-reply@bonafide.example>").is_ok());
}
