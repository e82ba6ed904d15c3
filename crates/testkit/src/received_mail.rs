//! Reading a received message: headers, both bodies, the code in it.

use base64::{Engine, prelude::BASE64_STANDARD};

/// A message as it arrived, over SMTP or as an `.eml` file.
#[derive(Debug, Clone)]
pub struct ReceivedMail {
    /// Recipients named on the envelope; empty for a file.
    pub recipients: Vec<String>,
    /// The message as sent, headers first.
    pub raw: String,
}

impl ReceivedMail {
    pub fn new(recipients: Vec<String>, raw: String) -> Self {
        Self { recipients, raw }
    }

    /// The header of this name, unfolded, encoded words decoded (RFC 2047, base64 form); empty if
    /// there is none.
    pub fn header(&self, name: &str) -> String {
        header_of(&self.raw, name).split(' ').map(decode_word).collect::<Vec<_>>().join(" ")
    }

    /// The decoded `text/plain` body; empty if there is none.
    pub fn text(&self) -> String {
        self.part("text/plain")
    }

    /// The decoded `text/html` body; empty if there is none.
    pub fn html(&self) -> String {
        self.part("text/html")
    }

    /// The verification code: the first line of the text that holds 4 to 8 capitals or digits and
    /// nothing else.
    pub fn code(&self) -> Option<String> {
        let is_code = |line: &&str| {
            (4..=8).contains(&line.len())
                && line.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        self.text().lines().map(str::trim).find(is_code).map(str::to_owned)
    }

    fn part(&self, media_type: &str) -> String {
        let content_type = header_of(&self.raw, "Content-Type");
        let Some((_, after)) = content_type.split_once("boundary=\"") else {
            return if content_type.starts_with(media_type) { decode_body(&self.raw) } else { String::new() };
        };
        let delimiter = format!("--{}", after.split('"').next().unwrap_or_default());
        let wanted = |part: &&str| header_of(part.trim_start(), "Content-Type").starts_with(media_type);
        self.raw
            .split(&delimiter)
            .skip(1)
            .find(wanted)
            .map(|part| decode_body(part.trim_start()))
            .unwrap_or_default()
    }
}

fn header_of(raw: &str, name: &str) -> String {
    let head = raw.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ").replace("\r\n\t", " ");
    let value = head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    });
    value.unwrap_or_default()
}

fn decode_word(word: &str) -> String {
    let encoded = word.strip_prefix("=?utf-8?b?").and_then(|rest| rest.strip_suffix("?="));
    let decoded = encoded.and_then(|text| BASE64_STANDARD.decode(text).ok());
    decoded.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| word.to_owned())
}

fn decode_body(part: &str) -> String {
    let body = part.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let bytes = match header_of(part, "Content-Transfer-Encoding").to_ascii_lowercase().as_str() {
        "quoted-printable" => decode_quoted_printable(body),
        "base64" => {
            let packed: String = body.split_whitespace().collect();
            BASE64_STANDARD.decode(packed).expect("a base64 body is base64")
        }
        _ => body.as_bytes().to_vec(),
    };
    String::from_utf8_lossy(&bytes).replace("\r\n", "\n")
}

/// RFC 2045 §6.7.
fn decode_quoted_printable(body: &str) -> Vec<u8> {
    let joined = body.replace("=\r\n", "");
    let mut pieces = joined.split('=');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        match piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(&piece.as_bytes()[2..]);
            }
            None => bytes.extend_from_slice(format!("={piece}").as_bytes()),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = concat!(
        "Subject: =?utf-8?b?VHUgY8OzZGlnbw==?= Bonafide\r\n",
        "Content-Type: multipart/alternative;\r\n boundary=\"frontier\"\r\n\r\n",
        "--frontier\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
        "Tu c=C3=B3digo es=\r\n este:\r\n\r\n  A1B2C3\r\n\r\n",
        "--frontier\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        "PGI+QTFCMkMz\r\nPC9iPg==\r\n--frontier--\r\n",
    );

    #[test]
    fn both_bodies_the_subject_and_the_code_are_read_from_a_multipart_message() {
        let mail = ReceivedMail::new(vec![], MAIL.to_owned());
        assert_eq!(mail.header("subject"), "Tu código Bonafide");
        assert_eq!(mail.text().trim_end(), "Tu código es este:\n\n  A1B2C3");
        assert_eq!(mail.html(), "<b>A1B2C3</b>");
        assert_eq!(mail.code().as_deref(), Some("A1B2C3"));
    }
}
