//! What the two corrections of document data have in common: how their fields are read and what is answered.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use engine::sessions::{CorrectRefused, Correction, is_issuing_state};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::body::fields::{Parsed, wrong};
use crate::body::{Fields, values};
use crate::problem::{Code, Problem};

const PARTS: [&str; 7] = ["address_type", "city", "region", "street_1", "street_2", "postal_code", "country"];

/// ISO 3166-1 alpha-2.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ \
     BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES \
     ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO \
     IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK \
     ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR \
     PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK \
     TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// The node to correct, which may stand in the query.
#[derive(Default, Deserialize)]
pub(super) struct AtNode {
    node_id: Option<String>,
}

pub(super) fn with_node(mut correction: Correction, at: Result<Query<AtNode>, QueryRejection>) -> Correction {
    let named = at.ok().and_then(|Query(at)| at.node_id).filter(|node| !node.is_empty());
    correction.node = named.or(correction.node);
    correction
}

/// Reads the fields of a correction and keeps what is given.
pub(super) struct Reader<'fields> {
    fields: &'fields mut Fields,
    correction: Correction,
    sound: bool,
}

impl<'fields> Reader<'fields> {
    pub(super) fn of(fields: &'fields mut Fields) -> Self {
        let mut reader = Self { fields, correction: Correction::default(), sound: true };
        match reader.fields.optional("node_id", values::opaque(200)) {
            Some(node) => reader.correction.node = node,
            None => reader.sound = false,
        }
        reader
    }

    /// A field that null empties.
    pub(super) fn nullable<T: Into<Value>>(&mut self, name: &str, parse: impl FnOnce(&Value) -> Parsed<T>) {
        if self.fields.is_null(name) {
            self.correction.fields.insert(name.to_owned(), Value::Null);
        } else {
            self.given(name, parse);
        }
    }

    /// A field that cannot be empty.
    pub(super) fn given<T: Into<Value>>(&mut self, name: &str, parse: impl FnOnce(&Value) -> Parsed<T>) {
        match self.fields.given(name, parse) {
            Some(Some(value)) => {
                self.correction.fields.insert(name.to_owned(), value.into());
            }
            Some(None) => {}
            None => self.sound = false,
        }
    }

    pub(super) fn extra_fields(&mut self, check: impl FnOnce(&Map<String, Value>) -> Parsed<()>) {
        let parse = |value: &Value| match value {
            Value::Object(object) => check(object).map(|()| object.clone()),
            _ => wrong("This field must be a JSON object."),
        };
        self.correction.extra_fields = self.part("extra_fields", parse);
    }

    pub(super) fn parsed_address(&mut self, name: &str) {
        self.correction.parsed_address = self.part(name, parsed_address);
    }

    #[expect(clippy::option_option, reason = "a part that is absent, null or given means three things")]
    fn part<T>(&mut self, name: &str, parse: impl FnOnce(&Value) -> Parsed<T>) -> Option<Option<T>> {
        if self.fields.is_null(name) {
            return Some(None);
        }
        let given = self.fields.given(name, parse);
        self.sound &= given.is_some();
        given?.map(Some)
    }

    pub(super) fn finish(self) -> Option<Correction> {
        self.sound.then_some(self.correction)
    }
}

pub(super) fn issuing_state(value: &Value) -> Parsed<String> {
    let code = value.as_str().map(str::to_ascii_uppercase).filter(|code| is_issuing_state(code));
    code.map_or_else(|| wrong("Invalid ISO 3166-1 alpha-3 country code for issuing_state."), Ok)
}

/// One of these, spelled exactly.
pub(super) fn exactly(options: &'static [&'static str]) -> impl Fn(&Value) -> Parsed<&'static str> {
    move |value| {
        let found = value.as_str().and_then(|text| options.iter().find(|option| **option == text));
        found.map_or_else(
            || wrong(format!("\"{}\" is not a valid choice.", values::plain(value))),
            |name| Ok(*name),
        )
    }
}

fn parsed_address(value: &Value) -> Parsed<Map<String, Value>> {
    let Value::Object(given) = value else { return wrong("This field must be a JSON object.") };
    let mut errors = Map::new();
    let mut parts = Map::new();
    for (name, value) in given {
        match part(name, value) {
            Ok(value) => parts.insert(name.clone(), value),
            Err(message) => errors.insert(name.chars().take(100).collect(), json!(message)),
        };
    }
    if errors.is_empty() { Ok(parts) } else { Err(json!(errors)) }
}

fn part(name: &str, value: &Value) -> Result<Value, String> {
    if !PARTS.contains(&name) {
        return Err(format!("Unsupported key. Allowed keys: {}", PARTS.join(", ")));
    }
    match value {
        Value::Null => Ok(Value::Null),
        Value::String(text) if name == "country" && !text.is_empty() => {
            let code = text.to_ascii_uppercase();
            let known = code.len() == 2 && COUNTRIES.split_whitespace().any(|country| country == code);
            if known { Ok(json!(code)) } else { Err("Invalid ISO 3166-1 alpha-2 country code.".to_owned()) }
        }
        Value::String(text) if text.contains('\0') => Err("Null characters are not allowed.".to_owned()),
        Value::String(text) if text.chars().count() <= 255 => Ok(json!(text)),
        Value::String(_) => Err("Ensure this field has no more than 255 characters.".to_owned()),
        _ => Err("Not a valid string.".to_owned()),
    }
}

/// A refused correction; `record` is what the contract calls the data: `KYC` or `POA`.
pub(super) fn refusal(refused: CorrectRefused, record: &str) -> Problem {
    let missing = |sentence: String| Problem::detail(Code::NotFound, sentence);
    match refused {
        CorrectRefused::NotFound => Problem::new(Code::NotFound),
        CorrectRefused::NotNow => missing("No Session matches the given query.".to_owned()),
        CorrectRefused::NoReport(None) => missing(format!("The session does not have a {record}.")),
        CorrectRefused::NoReport(Some(node)) => {
            missing(format!("The session does not have a {record} for node '{node}'."))
        }
        CorrectRefused::Store(error) => Problem::server_error(&error),
    }
}
