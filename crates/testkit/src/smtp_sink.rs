//! A mail server that keeps every message it accepts.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::JoinHandle,
};

use crate::{
    http_sink::{PATIENCE, locked},
    received_mail::ReceivedMail,
};

/// A real SMTP server on a loopback port (RFC 5321, the commands that a client needs); it takes
/// any credentials, has no mailbox called `nobody`, and stops when dropped.
pub struct SmtpSink {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    mails: Mutex<Vec<ReceivedMail>>,
    logins: Mutex<Vec<String>>,
    arrived: Notify,
}

impl SmtpSink {
    /// Listens on a free loopback port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free loopback port");
        let address = listener.local_addr().expect("the port that was bound");
        let shared = Arc::new(Shared::default());
        let accepting = shared.clone();
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, accepting.clone()));
            }
        });
        Self { address, shared, server }
    }

    pub fn host(&self) -> String {
        self.address.ip().to_string()
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// All messages so far, oldest first.
    pub fn mails(&self) -> Vec<ReceivedMail> {
        locked(&self.shared.mails).clone()
    }

    /// What clients logged in with, decoded (RFC 4616: `\0user\0password`).
    pub fn logins(&self) -> Vec<String> {
        locked(&self.shared.logins).clone()
    }

    /// Waits until `count` messages have arrived in all and gives them back.
    ///
    /// # Panics
    /// When they have not arrived after fifteen seconds.
    pub async fn wait_for(&self, count: usize) -> Vec<ReceivedMail> {
        let enough = async {
            loop {
                let arrival = self.shared.arrived.notified();
                let mails = self.mails();
                if mails.len() >= count {
                    return mails;
                }
                arrival.await;
            }
        };
        let Ok(mails) = tokio::time::timeout(PATIENCE, enough).await else {
            panic!("{} of {count} mails arrived in {PATIENCE:?}", self.mails().len());
        };
        mails
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// One connection; ends when the client leaves.
async fn converse(stream: TcpStream, shared: Arc<Shared>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink ready\r\n").await?;
    let mut recipients = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        let reply = match line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => "250-sink\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n",
            "AUTH" => {
                locked(&shared.logins).push(login(line));
                "235 welcome\r\n"
            }
            // RFC 5321 §3.3: a mailbox that does not exist, told with its address as most servers do.
            "RCPT" if between(line, '<', '>').starts_with("nobody@") => {
                let refusal = format!("550 5.1.1 <{}> no such mailbox\r\n", between(line, '<', '>'));
                stream.write_all(refusal.as_bytes()).await?;
                continue;
            }
            "RCPT" => {
                recipients.push(between(line, '<', '>').to_owned());
                "250 ok\r\n"
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let raw = read_data(&mut stream).await?;
                locked(&shared.mails).push(ReceivedMail::new(std::mem::take(&mut recipients), raw));
                shared.arrived.notify_waiters();
                "250 kept\r\n"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            "HELO" | "MAIL" | "RSET" | "NOOP" => "250 ok\r\n",
            _ => "502 unknown command\r\n",
        };
        stream.write_all(reply.as_bytes()).await?;
    }
}

/// Reads up to the line with a single dot and takes the stuffed dots out (RFC 5321 §4.5.2).
async fn read_data(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut raw = String::new();
    loop {
        let mut line = Vec::new();
        stream.read_until(b'\n', &mut line).await?;
        let line = String::from_utf8_lossy(&line);
        if line.is_empty() || line == ".\r\n" {
            return Ok(raw);
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

/// The third word of `AUTH PLAIN dXNlcg==`.
fn login(line: &str) -> String {
    let word = line.split(' ').nth(2).unwrap_or_default();
    String::from_utf8_lossy(&BASE64_STANDARD.decode(word).unwrap_or_default()).into_owned()
}

fn between(line: &str, open: char, close: char) -> &str {
    line.split_once(open).and_then(|(_, rest)| rest.split_once(close)).map_or("", |(inside, _)| inside)
}
