//! The example receivers of `examples/receivers`, run as the real processes they are.

mod installation;

use std::{process::Stdio, time::Duration};

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, BufReader},
    process::Child,
};

/// Starting Python and its imports on a busy machine takes its time.
const START_PATIENCE: Duration = Duration::from_mins(1);

/// Which of the two example programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    Express,
    FastApi,
}

/// What an integrator puts into the environment.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where Bonafide listens, without a slash at the end.
    pub base_url: String,
    pub api_key: String,
    pub webhook_secret: String,
    pub workflow_id: String,
}

/// A running receiver; it is killed when dropped.
pub struct Receiver {
    url: String,
    program: Program,
    _process: Child,
}

impl Receiver {
    /// Installs the program's packages under `target/receivers` (once; npm and pip must be able to
    /// reach their registries or caches) and starts it on a free loopback port.
    pub async fn start(program: Program, settings: &Settings) -> Self {
        let installed = tokio::task::spawn_blocking(move || installation::install(program));
        let mut command = tokio::process::Command::from(installed.await.expect("the packages are installed"));
        // Express prints its address to standard output; uvicorn to standard error, and a line per
        // request to standard output.
        let (stdout, stderr) = match program {
            Program::Express => (Stdio::piped(), Stdio::inherit()),
            Program::FastApi => (Stdio::null(), Stdio::piped()),
        };
        let mut process = command
            .env("BASE_URL", &settings.base_url)
            .env("DIDIT_API_KEY", &settings.api_key)
            .env("DIDIT_WEBHOOK_SECRET", &settings.webhook_secret)
            .env("DIDIT_WORKFLOW_ID", &settings.workflow_id)
            .env("APP_URL", "http://127.0.0.1:3000")
            .env("PORT", "0")
            .stdin(Stdio::null())
            .stdout(stdout)
            .stderr(stderr)
            .kill_on_drop(true)
            .spawn()
            .expect("the receiver starts");
        let url = match program {
            Program::Express => announced(process.stdout.take().expect("piped")).await,
            Program::FastApi => announced(process.stderr.take().expect("piped")).await,
        };
        Self { url, program, _process: process }
    }

    /// Where webhooks go.
    pub fn webhook_url(&self) -> String {
        format!("{}/api/webhook", self.url)
    }

    /// Asks the program to start a verification, as its own page would, and gives back the address
    /// of the hosted page.
    pub async fn verify(&self, client: &reqwest::Client, user: &str) -> String {
        let route = format!("{}/api/verify", self.url);
        let (request, field) = match self.program {
            Program::Express => {
                (client.post(route).json(&serde_json::json!({ "userId": user })), "verificationUrl")
            }
            Program::FastApi => (client.post(format!("{route}?user_id={user}")), "verification_url"),
        };
        let answer: Value = request.send().await.expect("an answer").json().await.expect("a JSON answer");
        answer[field].as_str().unwrap_or_else(|| panic!("no address in {answer}")).to_owned()
    }

    /// Whether the program holds this user for verified.
    pub async fn is_verified(&self, client: &reqwest::Client, user: &str) -> bool {
        let route = format!("{}/api/users/{user}", self.url);
        let answer = client.get(route).send().await.expect("an answer");
        let user: Value = answer.json().await.expect("a JSON answer");
        user["isVerified"].as_bool().expect("isVerified is told")
    }
}

async fn announced(output: impl AsyncRead + Send + Unpin + 'static) -> String {
    let mut lines = BufReader::new(output).lines();
    let mut said = Vec::new();
    let announcement = async {
        while let Some(line) = lines.next_line().await.expect("the receiver's output is text") {
            if let Some((_, rest)) = line.split_once("http://") {
                let authority = rest.split_whitespace().next().unwrap_or_default();
                return Some(format!("http://{authority}"));
            }
            said.push(line);
        }
        None
    };
    let announced = tokio::time::timeout(START_PATIENCE, announcement).await.ok().flatten();
    // Someone has to go on reading, or the program stops when the pipe is full.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    announced.unwrap_or_else(|| panic!("the receiver did not start: {}", said.join("\n")))
}
