//! The mails and text messages that were kept because nothing is configured to send them.

use std::path::Path;

use serde_json::{Value, json};

use crate::data::read_text;

/// Mails shown.
const SHOWN: usize = 50;

/// The outbox, newest first. A file that is being written shows up the next time.
pub(super) fn read(outbox: &Path) -> Vec<Value> {
    let Ok(entries) = std::fs::read_dir(outbox) else { return Vec::new() };
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "eml"));
    files.sort();
    files.iter().rev().take(SHOWN).filter_map(|file| read_text(file).ok()).map(|mail| shown(&mail)).collect()
}

/// The text messages, newest first.
pub(super) fn read_texts(outbox: &Path) -> Vec<Value> {
    let Ok(entries) = std::fs::read_dir(outbox) else { return Vec::new() };
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".sms.json"));
    files.sort();
    let texts = files.iter().rev().take(SHOWN).filter_map(|file| read_text(file).ok());
    texts.filter_map(|text| serde_json::from_str(&text).ok()).collect()
}

fn shown(mail: &str) -> Value {
    let header = |name: &str| {
        let line = mail.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(name));
        line.unwrap_or_default().trim().to_owned()
    };
    json!({"to": header("To:"), "subject": header("Subject:"), "date": header("Date:"), "text": plain_part(mail)})
}

/// The text part as it stands in the file.
fn plain_part(mail: &str) -> String {
    let Some(start) = mail.find("Content-Type: text/plain") else { return String::new() };
    let part = &mail[start..];
    let body = part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n")).map_or("", |(_, body)| body);
    let end = body.find("\n--").unwrap_or(body.len());
    body[..end].trim().to_owned()
}
