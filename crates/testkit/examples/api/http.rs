//! Session creates as an integrator sends them.

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use testkit::program::Site;

/// A client that keeps its connections.
pub(crate) struct Http {
    client: Client,
    base_url: String,
    api_key: String,
    workflow: Value,
}

impl Http {
    /// A client of the live application. The local loop's inbox is switched off: no webhooks are measured here.
    pub(crate) async fn new(site: &Site, ready: &Value) -> Self {
        // Making a courier installs the process's TLS provider, which this client needs too.
        let _ = outbound::webhook::Courier::new(outbound::Reach::AllowLoopback);
        #[expect(
            clippy::disallowed_methods,
            reason = "the measurement plays the part of a stranger's client"
        )]
        let client = Client::builder().no_proxy().build().expect("a client");
        let api_key = ready["live"]["api_key"].as_str().expect("a key").to_owned();
        let http =
            Self { client, base_url: site.base_url(), api_key, workflow: ready["workflows"]["kyc"].clone() };
        let path = format!("{}/v3/webhook/destinations/", http.base_url);
        let inboxes = http.json(http.client.get(&path), 200).await;
        for inbox in inboxes.as_array().expect("a list") {
            let inbox = format!("{path}{}/", inbox["uuid"].as_str().expect("an id"));
            http.json(http.client.patch(inbox).json(&json!({"enabled": false})), 200).await;
        }
        http
    }

    /// One create for a person of their own.
    pub(crate) async fn create(&self, number: u32) {
        let body = json!({
            "workflow_id": self.workflow, "vendor_data": format!("user-{number}"),
            "callback": "https://yourapp.example/verified", "metadata": {"plan": "premium"},
        });
        let address = format!("{}/v3/session/", self.base_url);
        self.json(self.client.post(address).json(&body), 201).await;
    }

    async fn json(&self, request: RequestBuilder, expected: u16) -> Value {
        let response = request.header("x-api-key", &self.api_key).send().await.expect("the server answers");
        let status = response.status().as_u16();
        let body = response.json().await.expect("a JSON answer");
        assert_eq!(status, expected, "{body}");
        body
    }
}
