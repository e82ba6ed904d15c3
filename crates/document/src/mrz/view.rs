//! The forms in which a zone leaves the program.

use serde_json::{Value, json};

use super::field::{CheckName, Field};
use super::finding::Finding;
use super::resolve::Resolved;
use super::zone::Mrz;

impl Mrz {
    /// The digit found for a check, empty where the format has none.
    fn digit(&self, name: CheckName) -> String {
        self.checks
            .iter()
            .find(|check| check.name == name)
            .map(|check| check.found.to_string())
            .unwrap_or_default()
    }

    /// What access to the chip is derived from (ICAO 9303-11 §4.3.3 and appendix D.2): document number, birth date
    /// and expiry date, each with its check digit; a number of less than nine characters is filled up. Empty where
    /// the format has no expiry date.
    pub fn key(&self) -> String {
        if self.fields.expiry_date.is_empty() {
            return String::new();
        }
        // A number with fillers within it keeps them, so it is taken from the line; a long one has none.
        let number = match self.format.span(Field::DocumentNumber) {
            Some(span) if self.fields.document_number.len() <= span.end - span.start => {
                self.lines[span.line].chars().skip(span.start).take(span.end - span.start).collect()
            }
            _ => self.fields.document_number.clone(),
        };
        [
            number,
            self.digit(CheckName::DocumentNumber),
            self.fields.birth_date.clone(),
            self.digit(CheckName::BirthDate),
            self.fields.expiry_date.clone(),
            self.digit(CheckName::ExpiryDate),
        ]
        .concat()
    }

    /// The `mrz` object of an identity verification in the v3 API. `warnings` are findings a valid zone may have,
    /// `errors` those that make it invalid.
    pub fn contract_object(&self, findings: &[Finding]) -> Value {
        let fields = &self.fields;
        let messages = |breaking: bool| -> Vec<String> {
            findings
                .iter()
                .filter(|finding| finding.breaks_validity() == breaking)
                .map(Finding::message)
                .collect()
        };
        json!({
            "surname": fields.surname,
            "name": fields.given_names,
            "country": fields.issuing_state,
            "nationality": fields.nationality,
            "birth_date": fields.birth_date,
            "expiry_date": fields.expiry_date,
            "sex": fields.sex.map_or("", super::sex::Sex::code),
            "document_type": fields.document_code,
            "document_number": fields.document_number,
            "optional_data": fields.optional_data,
            "optional_data_2": fields.optional_data_2,
            "birth_date_hash": self.digit(CheckName::BirthDate),
            "expiry_date_hash": self.digit(CheckName::ExpiryDate),
            "document_number_hash": self.digit(CheckName::DocumentNumber),
            "final_hash": self.digit(CheckName::Composite),
            "personal_number": fields.personal_number,
            "warnings": messages(false),
            "errors": messages(true),
            "mrz_type": self.format.name(),
            "mrz_string": self.lines.join("\n"),
            "mrz_key": self.key(),
        })
    }

    /// Fields by name, dates both as in the zone and as ISO 8601 days.
    fn fields_object(&self) -> Value {
        let fields = &self.fields;
        json!({
            "document_code": fields.document_code,
            "issuing_state": fields.issuing_state,
            "document_number": fields.document_number,
            "nationality": fields.nationality,
            "birth_date": fields.birth_date,
            "date_of_birth": fields.date_of_birth,
            "sex": fields.sex,
            "expiry_date": fields.expiry_date,
            "expiration_date": fields.expiration_date,
            "optional_data": fields.optional_data,
            "optional_data_2": fields.optional_data_2,
            "personal_number": fields.personal_number,
            "surname": fields.surname,
            "given_names": fields.given_names,
            "last_name": fields.surname,
            "first_name": fields.given_names,
            "names_truncated": fields.names_truncated,
        })
    }
}

impl Resolved {
    /// What `bonafide inspect document --json` prints under `mrz`; null if there is no zone. Lines and columns of
    /// `repaired` and `findings` count from 0.
    pub fn inspection(&self) -> Value {
        let Some(mrz) = &self.mrz else { return Value::Null };
        json!({
            "format": mrz.format,
            "lines": mrz.lines,
            "valid": mrz.valid,
            "fields": mrz.fields_object(),
            "checks": mrz.checks,
            "confidence": mrz.confidence,
            "repaired": self.repaired,
            "findings": self.findings,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::mrz::parse;

    const PASSPORT: [&str; 2] =
        ["P<BRAALVES<TEIXEIRA<<MARINA<CAROLINA<<<<<<<<", "FZ000123<4BRA9104174F310902912345678909<<<46"];

    #[test]
    fn the_contracts_example_comes_out_as_documented() {
        let parsed = parse(&PASSPORT, date(2026, 11, 22));
        let mrz = parsed.mrz.expect("a passport");
        assert!(mrz.valid, "{:?}", parsed.findings);
        let object = mrz.contract_object(&parsed.findings);
        for (key, value) in [
            ("surname", "ALVES TEIXEIRA"),
            ("name", "MARINA CAROLINA"),
            ("country", "BRA"),
            ("birth_date", "910417"),
            ("expiry_date", "310902"),
            ("sex", "F"),
            ("document_type", "P"),
            ("document_number", "FZ000123"),
            ("optional_data", "12345678909"),
            ("optional_data_2", ""),
            ("birth_date_hash", "4"),
            ("expiry_date_hash", "9"),
            ("document_number_hash", "4"),
            ("final_hash", "6"),
            ("personal_number", "12345678909"),
            ("mrz_type", "TD3"),
            ("mrz_key", "FZ000123<491041743109029"),
        ] {
            assert_eq!(object[key], value, "{key}");
        }
        assert_eq!(object["mrz_string"], PASSPORT.join("\n"));
        assert_eq!(object["warnings"], serde_json::json!([]));
        assert_eq!(object["errors"], serde_json::json!([]));
    }

    #[test]
    fn the_key_of_a_long_number_is_the_standards() {
        // ICAO 9303-11 appendix D.2.
        let zone = [
            "I<UTOD23145890<7349<<<<<<<<<<<",
            "3407127M9507122UTO<<<<<<<<<<<2",
            "STEVENSON<<PETER<JOHN<<<<<<<<<",
        ];
        let mrz = parse(&zone, date(2026, 11, 22)).mrz.expect("a card");
        assert!(mrz.valid);
        assert_eq!(mrz.key(), "D23145890734934071279507122");
    }
}
