//! The PDF report of a session.

use serde_json::json;
use testkit::TestApp;

testkit::both_databases! {
    async fn a_decided_session_has_a_tagged_pdf_report_of_several_parts(database: &Database) {
        let app = TestApp::start(database).await;
        let integrator = app.sandbox_integrator();
        let body = json!({
            "workflow_id": app.sandbox.kyc, "vendor_data": "Ana 山 😀", "metadata": {"note": "x".repeat(3000)},
            "sandbox_scenario": "decline_document_expired"
        });
        let session = integrator.post("/v3/session/", &body).await;
        let path = format!("/v3/session/{}", session.text("session_id"));
        let early = integrator.get(&format!("{path}/generate-pdf/")).await;
        assert_eq!(early.status, 403, "{}", early.body);
        assert!(early.text("detail").contains("Not Started"), "{}", early.body);
        integrator.post(&format!("{path}/sandbox/complete/"), &json!({})).await;
        let file = integrator.get_bytes(&format!("{path}/generate-pdf/")).await;
        assert_eq!((file.status, file.media_type.as_str()), (200, "application/pdf"));
        assert_eq!(file.disposition, format!("attachment; filename=session_{}.pdf", session.text("session_id")));
        assert!(file.bytes.starts_with(b"%PDF-1."));
        let text = String::from_utf8_lossy(&file.bytes);
        for mark in ["/StructTreeRoot", "/MarkInfo", "/Outlines", "pdfaid:part", "pdfuaid:part", "/Lang"] {
            assert!(text.contains(mark), "{mark} is missing");
        }
        assert!(!text.contains(&session.text("session_token")), "the link stays off the paper");
        assert_eq!(app.integrator().get(&format!("{path}/generate-pdf/")).await.status, 404, "not theirs");
        assert_eq!(app.stranger().get(&format!("{path}/generate-pdf/")).await.status, 403);
    }
}
