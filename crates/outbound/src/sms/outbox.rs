//! Keeps messages as files, for trying things out without a provider.

use std::path::Path;

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::{Channel, NotSent, Sent, Text};

/// Writes under another name first: whoever watches the folder never sees half a message.
pub(super) async fn keep(folder: &Path, text: &Text<'_>, now: Timestamp) -> Result<Sent, NotSent> {
    let failed = |error: std::io::Error| NotSent::Unavailable(error.to_string());
    tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    let name = format!("{}-{}", now.as_millisecond(), Uuid::new_v4());
    let (unfinished, file) = (folder.join(format!("{name}.part")), folder.join(format!("{name}.sms.json")));
    let message = json!({"to": text.to, "text": text.body, "date": now.to_string()});
    tokio::fs::write(&unfinished, message.to_string()).await.map_err(failed)?;
    tokio::fs::rename(&unfinished, &file).await.map_err(failed)?;
    tracing::info!(file = %file.display(), "the text message was kept, not sent");
    Ok(Sent { channel: Channel::Sms })
}
