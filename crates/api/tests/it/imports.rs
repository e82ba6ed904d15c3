//! Imports of verifications made elsewhere, by address and by file.

use serde_json::{Value, json};
use testkit::http_sink::Answer;
use testkit::{HttpSink, TestApp};

const CSV: &str = "external_id,vendor_data,status,created_at,first_name,last_name,date_of_birth,document_type,document_number,issuing_state,email\r\n\
    ext-1,u-1,Approved,2024-03-01T10:00:00Z,Jane,\"Doe, Smith\",1990-05-21,P,XX 12-34,ESP,jane@example.org\r\n\
    ext-2,u-2,unknown_status,,John,Doe,,,,,\r\n\
    ext-3,u-3,in_review,,Ann,Lee,1991-13-01,,,,\r\n\
    ext-1,u-1,Approved,,Jane,Again,,,,,\r\n\
    ,u-4,Declined,,No,Id,,,,,\r\n\
    ext-5,u-5,kyc expired,2023-01-01,Kim,Ray,,ID,,DEU,\r\n";

async fn sourced(app: &TestApp, sink: &HttpSink, path: &str) -> Value {
    let body = json!({"workflow_id": app.live.kyc, "source_file_url": sink.url(path)});
    let reply = app.integrator().post("/v3/session/imports/", &body).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.body
}

async fn import(app: &TestApp, job: &Value) -> Value {
    app.integrator().get(&format!("/v3/session/imports/{}/", job["uuid"].as_str().unwrap())).await.body
}

testkit::both_databases! {
    async fn a_file_is_fetched_and_its_rows_become_sessions_once(database: &Database) {
        let app = TestApp::start(database).await;
        let (sink, api) = (HttpSink::start().await, app.integrator());
        sink.answer_with([Answer::Bytes(200, CSV.into()), Answer::Bytes(200, CSV.into())]);
        let job = sourced(&app, &sink, "/exports/people.csv?token=s").await;
        for (field, value) in [
            ("status", json!("PENDING")), ("import_type", json!("user_verification")), ("source_format", json!("csv")),
            ("source_filename", json!("people.csv")), ("total_rows", json!(0)), ("started_at", Value::Null),
        ] {
            assert_eq!(job[field], value, "{field}");
        }
        app.run_jobs().await;
        let done = import(&app, &job).await;
        let counts = ["total_rows", "processed_rows", "created_count", "updated_count", "skipped_count", "failed_count"];
        assert_eq!(done["status"], json!("COMPLETED"), "{done}");
        assert_eq!(counts.map(|name| done[name].as_i64().unwrap()), [6, 6, 2, 0, 1, 3]);
        let path = format!("/v3/session/imports/{}/errors/", job["uuid"].as_str().unwrap());
        let errors = api.get(&format!("{path}?limit=2")).await.body;
        assert_eq!((&errors["count"], errors["next"].is_string()), (&json!(3), true));
        assert_eq!(errors["results"][0]["row_number"], json!(2));
        assert_eq!(errors["results"][0]["external_id"], json!("ext-2"));
        assert_eq!(errors["results"][0]["error"], json!("status: invalid value 'unknown_status'"));
        assert_eq!(errors["results"][0]["raw_row"]["first_name"], json!("John"));
        assert_eq!(errors["results"][1]["error"], json!("date_of_birth: invalid date '1991-13-01'"));
        assert_eq!(app.sandbox_integrator().get(&path).await.status, 404, "not theirs");

        let listed = api.get("/v3/sessions/?session_type=MIGRATED").await.body;
        assert_eq!(listed["count"], json!(2));
        let jane = api.get("/v3/sessions/?search=jane%20smith&country=esp&document_type=P").await.body;
        let row = &jane["results"][0];
        assert_eq!((&row["full_name"], &row["status"], &row["vendor_data"]), (&json!("Jane Doe, Smith"), &json!("Approved"), &json!("u-1")));
        assert_eq!((&row["session_url"], &row["created_at"]), (&Value::Null, &json!("2024-03-01T10:00:00.000000Z")));
        let decision = api.get(&format!("/v3/session/{}/decision/", row["session_id"].as_str().unwrap())).await.body;
        assert_eq!(decision["id_verifications"][0]["document_number"], json!("XX 12-34"));
        assert_eq!(decision["contact_details"]["email"], json!("jane@example.org"));

        let user = api.get("/v3/users/u-1/").await.body;
        assert_eq!((&user["full_name"], &user["session_count"], &user["approved_count"]), (&row["full_name"], &json!(1), &json!(1)));

        let again = sourced(&app, &sink, "/exports/people.csv").await;
        app.run_jobs().await;
        let done = import(&app, &again).await;
        assert_eq!(counts.map(|name| done[name].as_i64().unwrap()), [6, 6, 0, 0, 3, 3]);
        assert!(!database.contains("Doe, Smith").await);
    }

    async fn a_long_file_is_read_in_many_jobs(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        let rows: Vec<String> = (0..620).map(|row| json!({"external_id": row, "status": "DECLINED", "last_name": format!("N{row}")}).to_string()).collect();
        sink.answer_with([Answer::Bytes(200, rows.join("\n").into())]);
        let job = sourced(&app, &sink, "/people.ndjson").await;
        app.run_jobs().await;
        let done = import(&app, &job).await;
        assert_eq!((&done["created_count"], &done["status"], &done["source_format"]), (&json!(620), &json!("COMPLETED"), &json!("ndjson")));
        assert_eq!(app.integrator().get("/v3/sessions/?limit=1").await.body["count"], json!(620));
        assert_eq!(sink.requests().len(), 1, "every row is of the same file");
    }

    async fn a_file_that_cannot_be_had_or_read_fails_the_import(database: &Database) {
        let app = TestApp::start(database).await;
        let sink = HttpSink::start().await;
        for (answer, error) in [
            (Answer::Status(404), "the file's server answered with status 404."),
            (Answer::Redirect("http://169.254.169.254/latest".into()), "the file's server answered with status 307."),
            (Answer::Bytes(200, b"name\n1".to_vec()), "The header has no column external_id."),
            (Answer::Bytes(200, vec![0xff; 9]), "The file is not UTF-8."),
            (Answer::Endless, "the file is larger than 26214400 bytes."),
        ] {
            sink.answer_with([answer]);
            let job = sourced(&app, &sink, "/people").await;
            app.run_jobs().await;
            let done = import(&app, &job).await;
            assert_eq!((&done["status"], &done["last_error"]), (&json!("FAILED"), &json!(error)));
        }
    }

    async fn a_file_may_be_sent_along_and_what_is_wrong_is_refused(database: &Database) {
        let app = TestApp::start(database).await;
        let api = app.integrator();
        let part = |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        let file = |name: &str, text: &str| format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{text}\r\n");
        let send = |body: String| {
            let api = api.clone();
            async move { api.send(reqwest::Method::POST, "/v3/session/imports/", Some("multipart/form-data; boundary=b"), format!("{body}--b--\r\n").into_bytes()).await }
        };
        let workflow = part("workflow_id", &app.live.kyc.to_string());
        let sent = send(format!("{workflow}{}", file("people.ndjson", "{\"external_id\": \"a\", \"status\": \"Approved\"}"))).await;
        assert_eq!((sent.status, &sent.body["source_filename"]), (201, &json!("people.ndjson")), "{}", sent.body);
        app.run_jobs().await;
        assert_eq!(import(&app, &sent.body).await["created_count"], json!(1));

        let url = part("source_file_url", "https://example.org/a.csv");
        for (body, answer) in [
            (format!("{workflow}{}", file("people.xlsx", "x")), json!({"file": ["Only CSV and NDJSON files are supported."]})),
            (format!("{workflow}{url}{}", file("a.csv", "x")), json!({"file": ["Use either file or source_file_url, not both."]})),
            (workflow.clone(), json!({"file": ["Upload a file or provide source_file_url."]})),
            (url, json!({"workflow_id": ["This field is required for this import type."]})),
        ] {
            let refused = send(body).await;
            assert_eq!((refused.status, refused.body), (400, answer));
        }
        for (body, field) in [
            (json!({"workflow_id": app.sandbox.kyc, "source_file_url": "https://example.org/a.csv"}), "workflow_id"),
            (json!({"workflow_id": app.live.kyc, "source_file_url": "https://10.0.0.1/a.csv"}), "source_file_url"),
            (json!({"workflow_id": app.live.kyc, "source_file_url": "file:///etc/passwd"}), "source_file_url"),
            (json!({"workflow_id": app.live.kyc, "import_type": "transactions"}), "import_type"),
            (json!({"workflow_id": app.live.kyc, "import_type": "other"}), "import_type"),
        ] {
            let refused = api.post("/v3/session/imports/", &body).await;
            assert_eq!(refused.status, 400);
            assert!(refused.body.get(field).is_some(), "{body}: {}", refused.body);
        }
        let broken = api.send(reqwest::Method::POST, "/v3/session/imports/", Some("multipart/form-data; boundary=b"), b"--b\r\nnonsense".to_vec()).await;
        assert_eq!(broken.status, 400);
        let sandbox = app.sandbox_integrator().post("/v3/session/imports/", &json!({})).await;
        assert_eq!((sandbox.status, sandbox.text("detail")), (403, "Verification imports are not enabled for sandbox applications.".into()));
        let template = api.get("/v3/session/imports/template/").await;
        assert_eq!((template.status, template.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert!(template.body.as_str().unwrap().starts_with("external_id,vendor_data,status,"));
        assert_eq!(app.stranger().get("/v3/session/imports/template/").await.status, 403);
        assert_eq!(api.get("/v3/session/imports/11111111-2222-3333-4444-555555555555/").await.status, 404);
    }
}
