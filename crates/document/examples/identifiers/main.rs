//! National numbers beside python-stdnum: the same values, valid and not, asked of both in one run.
//!
//! `cargo xtask bench identifiers`. Values are random in form, with every check digit that could stand there, so that
//! neither side's arithmetic decides which are asked; then with one character changed or two exchanged.

#[path = "../../../testkit/src/scorecard.rs"]
#[expect(unreachable_pub, reason = "the test kit's own module, which this crate's example cannot depend on")]
mod scorecard;

mod peer;
mod template;

use std::collections::BTreeMap;
use std::fmt::Write;

use document::identifier::check_scheme;

use template::{Dice, TEMPLATES, values};

/// How often each answer came.
#[derive(Default)]
struct Tally {
    asked: usize,
    both_valid: usize,
    both_invalid: usize,
    only_we: Vec<String>,
    only_they: Vec<String>,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let bodies: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(100);
    let write = arguments.any(|argument| argument == "--write");
    let mut dice = Dice(0x5eed);
    let mut questions = Vec::new();
    for row in TEMPLATES {
        questions.extend(values(row, bodies, &mut dice).into_iter().map(|value| (row, value)));
    }
    let asked: Vec<(&str, &str)> = questions.iter().map(|(row, value)| (row.peer, value.as_str())).collect();
    let answers = peer::ask(&asked);
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for ((row, value), theirs) in questions.iter().zip(answers) {
        let ours = check_scheme(row.scheme, value).expect("a known scheme").valid();
        let tally = tallies.entry(row.scheme).or_default();
        tally.asked += 1;
        match (ours, theirs) {
            (true, true) => tally.both_valid += 1,
            (false, false) => tally.both_invalid += 1,
            (true, false) => tally.only_we.push(value.clone()),
            (false, true) => tally.only_they.push(value.clone()),
        }
    }
    let text = report(bodies, &tallies);
    println!("{text}");
    for (scheme, tally) in &tallies {
        for (who, values) in [("only we", &tally.only_we), ("only they", &tally.only_they)] {
            if let Some(first) = values.first() {
                println!("{scheme}: {who} call {} valid, such as {first}", values.len());
            }
        }
    }
    if write {
        scorecard::write("National numbers", &text);
    }
}

fn report(bodies: usize, tallies: &BTreeMap<&str, Tally>) -> String {
    let mut text = format!(
        "`cargo xtask bench identifiers -n {bodies}`: {} values of {} schemes, asked of `document::identifier` and of \
         python-stdnum {} in the same run. Per scheme {bodies} bodies, random within the form and with a date where the \
         number has one, each with every check digit or letter that could stand there, and as many again with one \
         character changed or two neighbours exchanged. Where the two differ, the last column says why.\n\n\
         | scheme | values | both valid | both invalid | only we | only python-stdnum | why |\n\
         |---|---:|---:|---:|---:|---:|---|\n",
        tallies.values().map(|tally| tally.asked).sum::<usize>(),
        tallies.len(),
        peer::VERSION,
    );
    for row in TEMPLATES {
        let tally = &tallies[row.scheme];
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            row.scheme,
            tally.asked,
            tally.both_valid,
            tally.both_invalid,
            tally.only_we.len(),
            tally.only_they.len(),
            if tally.only_we.is_empty() && tally.only_they.is_empty() { "" } else { row.why },
        );
    }
    text
}
