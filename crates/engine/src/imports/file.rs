//! Rows of a CSV (RFC 4180) or NDJSON file. Whatever the bytes are, something is made of them or said about them.

use serde_json::{Map, Value};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values under a header.
    Csv,
    /// One JSON object per line.
    Ndjson,
}

impl Format {
    /// As on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Csv, Self::Ndjson].into_iter().find(|format| format.as_str() == name)
    }

    /// What a file's name says of it; CSV where it has no ending.
    pub fn of_name(name: &str) -> Option<Self> {
        match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
            None | Some("csv") => Some(Self::Csv),
            Some("ndjson" | "jsonl") => Some(Self::Ndjson),
            Some(_) => None,
        }
    }
}

/// A row, or what is wrong with it.
pub(super) type Row = Result<Map<String, Value>, String>;

/// Every row in its order; empty lines are none. `Err` if the file as a whole cannot be read.
pub(super) fn rows(format: Format, bytes: &[u8]) -> Result<Vec<Row>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| "The file is not UTF-8.".to_owned())?;
    match format {
        Format::Csv => csv(text),
        Format::Ndjson => Ok(text.lines().filter(|line| !line.trim().is_empty()).map(object).collect()),
    }
}

fn object(line: &str) -> Row {
    match serde_json::from_str(line) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("The row is not a JSON object.".to_owned()),
        Err(error) => Err(format!("The row is not JSON: {error}.")),
    }
}

fn csv(text: &str) -> Result<Vec<Row>, String> {
    let mut records = Records { rest: text };
    let header = records.next().ok_or_else(|| "The file is empty.".to_owned())?;
    let names: Vec<String> = header.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    if !names.iter().any(|name| name == "external_id") {
        return Err("The header has no column external_id.".to_owned());
    }
    Ok(records.filter(|record| *record != [""]).map(|record| named(&names, record)).collect())
}

fn named(names: &[String], record: Vec<String>) -> Row {
    if record.len() > names.len() {
        return Err(format!("The row has {} fields, the header {}.", record.len(), names.len()));
    }
    Ok(names.iter().cloned().zip(record.into_iter().map(Value::from)).collect())
}

/// Records of a CSV text. A quote that is never closed takes the rest.
struct Records<'a> {
    rest: &'a str,
}

impl Iterator for Records<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let (mut record, mut field, mut quoted) = (Vec::new(), String::new(), false);
        let mut letters = self.rest.char_indices().peekable();
        while let Some((index, letter)) = letters.next() {
            match (letter, quoted) {
                ('"', true) if letters.next_if(|(_, next)| *next == '"').is_some() => field.push('"'),
                ('"', true) => quoted = false,
                ('"', false) if field.is_empty() => quoted = true,
                (',', false) => record.push(std::mem::take(&mut field)),
                ('\r', false) if letters.peek().is_some_and(|(_, next)| *next == '\n') => {}
                ('\n', false) => {
                    self.rest = &self.rest[index + 1..];
                    record.push(field);
                    return Some(record);
                }
                (letter, _) => field.push(letter),
            }
        }
        self.rest = "";
        record.push(field);
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> Vec<Row> {
        rows(Format::Csv, text.as_bytes()).expect("a readable file")
    }

    #[test]
    fn quotes_commas_and_line_ends_are_told_apart() {
        let text = "\u{feff}External_ID,name\r\n1,\"Doe, \"\"Jane\"\"\nSmith\"\r\n\r\n2,plain\n3";
        let found: Vec<Value> =
            read(text).into_iter().map(|row| Value::Object(row.expect("a row"))).collect();
        assert_eq!(
            found,
            [
                json!({"external_id": "1", "name": "Doe, \"Jane\"\nSmith"}),
                json!({"external_id": "2", "name": "plain"}),
                json!({"external_id": "3"}),
            ]
        );
    }

    #[test]
    fn a_row_that_is_wrong_does_not_spoil_the_others() {
        let found = read("external_id\n1,2,3\n4\n");
        assert!(found[0].is_err() && found[1].is_ok());
        let found = rows(Format::Ndjson, b"{\"a\":1}\n\n[1]\n{").expect("a readable file");
        assert_eq!(found.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, false]);
    }

    #[test]
    fn what_cannot_be_read_at_all_is_said_so() {
        assert!(rows(Format::Csv, b"").is_err());
        assert!(rows(Format::Csv, b"name\n1").is_err());
        assert!(rows(Format::Ndjson, &[0xff, 0xfe]).is_err());
        assert_eq!(Format::of_name("a.JSONL"), Some(Format::Ndjson));
        assert_eq!(Format::of_name("a.xlsx"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[a\",\r\n\u{e9}]{0,60}") {
            let _ = (rows(Format::Csv, &bytes), rows(Format::Ndjson, &bytes));
            let _ = (rows(Format::Csv, format!("external_id\n{text}").as_bytes()), rows(Format::Ndjson, text.as_bytes()));
        }
    }
}
