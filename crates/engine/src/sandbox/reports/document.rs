//! A made-up passport, read and judged by the real check. What the integrator expects is not compared: the scenario
//! decides.

use document::mrz;
use jiff::ToSpan;
use model::reading::LineReading;
use model::report::Report;
use model::session::Choice;

use super::{COUNTRY, Case, DOCUMENT_NUMBER, FIRST_NAME, LAST_NAME};
use crate::checks::id_verification::{self, Evidence, Side};
use crate::sandbox::scenario::Scenario;

pub(super) fn report(case: &Case<'_>) -> Report {
    let today = case.today();
    let readable = !case.plays(Scenario::DeclineCouldNotRecognizeDocument);
    let reading = readable.then(|| mrz::resolve(&lines(case), today));
    let choice = Some(&Choice { country: COUNTRY.to_owned(), document_type: "P".to_owned() });
    let sides = [Side { side: "front".to_owned(), reading, ..Side::default() }];
    let evidence =
        Evidence { node_id: case.node, config: case.config, choice, sides: &sides, expected: None, today };
    id_verification::judge(&evidence)
}

fn lines(case: &Case<'_>) -> Vec<LineReading> {
    let (today, expired) = (case.today(), case.plays(Scenario::DeclineDocumentExpired));
    let age = if case.plays(Scenario::DeclineMinimumAge) { 15 } else { 34 };
    let passport = mrz::Record {
        document_code: "P".to_owned(),
        issuing_state: COUNTRY.to_owned(),
        nationality: COUNTRY.to_owned(),
        document_number: DOCUMENT_NUMBER.to_owned(),
        surname: LAST_NAME.to_owned(),
        given_names: FIRST_NAME.to_owned(),
        birth_date: today.saturating_sub(age.years()).into(),
        expiry_date: if expired { today.saturating_sub(1.month()) } else { today.saturating_add(5.years()) },
        sex: mrz::Sex::Unspecified,
        optional_data: String::new(),
        optional_data_2: String::new(),
    };
    let mut lines = mrz::compose(mrz::Format::Td3, &passport).expect("the made-up passport can be written");
    // Another digit than the right one at the very end: the check digit over all the others.
    if case.plays(Scenario::DeclineMrzValidation)
        && let Some(line) = lines.last_mut()
    {
        let wrong = if line.pop() == Some('0') { '1' } else { '0' };
        line.push(wrong);
    }
    lines.iter().map(|line| LineReading::certain(line)).collect()
}
