//! What providers answer. Bytes of outsiders: read without trust, never a panic.

use serde::Deserialize;

use super::{Channel, NotSent, Sent};

/// Longest reason that is kept of a provider's words.
const REASON: usize = 100;

#[derive(Deserialize)]
struct TwilioAnswer {
    sid: Option<String>,
    code: Option<i64>,
}

/// Twilio's error codes for numbers that cannot be written to: invalid, not reachable by text, not a mobile number.
const UNWRITABLE: [i64; 4] = [21_211, 21_217, 21_612, 21_614];
/// Twilio's error codes for numbers that must not be written to: the person unsubscribed, or it looks like pumping.
const REFUSED: [(i64, &str); 2] = [(21_610, "spam"), (30_450, "suspicious")];

/// Twilio's answer to a new message: 201 with its `sid`, or an error with a `code`.
pub fn read_twilio_answer(status: u16, body: &[u8]) -> Result<Sent, NotSent> {
    let answer: Option<TwilioAnswer> = serde_json::from_slice(body).ok();
    let sid = answer.as_ref().and_then(|answer| answer.sid.as_deref()).is_some_and(|sid| !sid.is_empty());
    let code = answer.as_ref().and_then(|answer| answer.code).unwrap_or(0);
    match status {
        200..=299 if sid => Ok(Sent { channel: Channel::Sms }),
        200..=299 => Err(NotSent::Unavailable("the answer names no message".to_owned())),
        400..=499 if UNWRITABLE.contains(&code) => Err(NotSent::InvalidNumber),
        400..=499 => match REFUSED.iter().find(|(refused, _)| *refused == code) {
            Some((_, reason)) => Err(NotSent::Blocked { reason: (*reason).to_owned() }),
            None => Err(NotSent::Unavailable(format!("answered with status {status}, code {code}"))),
        },
        _ => Err(NotSent::Unavailable(format!("answered with status {status}"))),
    }
}

#[derive(Deserialize)]
struct HookAnswer {
    status: Option<String>,
    reason: Option<String>,
    channel: Option<String>,
}

/// A hook's answer: any 2xx means "taken" unless its JSON says `blocked` or `invalid_number`; `asked` is the channel
/// that we wished for.
pub fn read_hook_answer(status: u16, body: &[u8], asked: Channel) -> Result<Sent, NotSent> {
    if !(200..=299).contains(&status) {
        return Err(NotSent::Unavailable(format!("answered with status {status}")));
    }
    // A body is not required, and one that is no answer of ours says nothing.
    let Ok(answer) = serde_json::from_slice::<HookAnswer>(body) else { return Ok(Sent { channel: asked }) };
    match answer.status.as_deref() {
        Some("invalid_number") => Err(NotSent::InvalidNumber),
        Some("blocked") => {
            let reason = answer.reason.unwrap_or_else(|| "suspicious".to_owned());
            let reason = reason.chars().filter(|c| !c.is_control()).take(REASON).collect();
            Err(NotSent::Blocked { reason })
        }
        None | Some("sent") => {
            let channel = answer.channel.as_deref().and_then(Channel::of).unwrap_or(asked);
            Ok(Sent { channel })
        }
        Some(_) => Err(NotSent::Unavailable("the answer's status is not one of ours".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn twilio_took_it_only_when_it_names_the_message() {
        assert_eq!(read_twilio_answer(201, br#"{"sid":"SM1"}"#), Ok(Sent { channel: Channel::Sms }));
        assert!(matches!(read_twilio_answer(200, b"<html>"), Err(NotSent::Unavailable(_))));
        assert!(matches!(read_twilio_answer(200, br#"{"sid":null}"#), Err(NotSent::Unavailable(_))));
        assert_eq!(read_twilio_answer(400, br#"{"code":21614}"#), Err(NotSent::InvalidNumber));
        let spam = NotSent::Blocked { reason: "spam".into() };
        assert_eq!(read_twilio_answer(400, br#"{"code":21610}"#), Err(spam));
        for (status, body) in [(401, r#"{"code":20003}"#), (429, ""), (500, r#"{"sid":"SM1"}"#), (302, "")] {
            let answer = read_twilio_answer(status, body.as_bytes());
            assert!(matches!(answer, Err(NotSent::Unavailable(_))), "{status} {body}");
        }
    }

    #[test]
    fn a_hook_may_block_a_number_and_name_the_channel() {
        let sms = Channel::Sms;
        assert_eq!(read_hook_answer(204, b"", sms), Ok(Sent { channel: sms }));
        let whatsapp = read_hook_answer(200, br#"{"status":"sent","channel":"whatsapp"}"#, sms);
        assert_eq!(whatsapp, Ok(Sent { channel: Channel::Whatsapp }));
        let blocked = read_hook_answer(200, br#"{"status":"blocked","reason":"repeated_attempts"}"#, sms);
        assert_eq!(blocked, Err(NotSent::Blocked { reason: "repeated_attempts".into() }));
        assert_eq!(
            read_hook_answer(200, br#"{"status":"invalid_number"}"#, sms),
            Err(NotSent::InvalidNumber)
        );
        assert!(read_hook_answer(200, br#"{"status":"perhaps"}"#, sms).is_err());
        assert!(read_hook_answer(503, br#"{"status":"sent"}"#, sms).is_err());
    }

    proptest! {
        #[test]
        fn whatever_a_provider_answers_is_read_without_a_panic(status: u16, body: Vec<u8>, text in r#"\{"(sid|code|status|reason|channel)":.{0,20}\}"#) {
            for bytes in [body.as_slice(), text.as_bytes()] {
                let taken = read_twilio_answer(status, bytes).is_ok() || read_hook_answer(status, bytes, Channel::Sms).is_ok();
                prop_assert!(!taken || (200..=299).contains(&status));
            }
        }
    }
}
