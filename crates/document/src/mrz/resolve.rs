//! From what a recogniser saw to a zone that may be believed.
//!
//! The steps: cut the lines to a format ([`align`]), let each cell hold only what may stand there ([`draft`]), let
//! check digits choose between close readings ([`repair`]), and doubt what too little vouches for ([`doubt`]). Every
//! character that differs from the recogniser's first choice is reported. The rule above all: a zone is never called
//! valid on a guess.

mod align;
mod doubt;
mod draft;
mod posterior;
mod repair;

use jiff::civil::Date;
use model::reading::LineReading;
use serde::Serialize;

use self::draft::Draft;
use self::repair::Attempt;
use super::decode::decode;
use super::finding::{Finding, Unsupported};
use super::format::Format;
use super::parse::unsupported;
use super::zone::Mrz;

/// Lines may differ from their format's length by this much.
const SLIP: usize = 2;

/// Readings of one zone that are tried at most, when its lines had to be aligned.
const MOST_ALIGNMENTS: usize = 256;

/// What became of the recogniser's lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// `None` if the lines fit no format or one that is not decoded.
    pub mrz: Option<Mrz>,
    /// Characters that differ from the recogniser's first choice, in reading order.
    pub repaired: Vec<Repair>,
    pub findings: Vec<Finding>,
}

/// Why a character differs from the recogniser's first choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RepairReason {
    /// The first choice may not stand there: a letter in a date, a digit in a name.
    CharacterClass,
    /// Only this reading satisfies the check digits.
    CheckDigit,
    /// Only this reading is a document or country code that exists.
    Code,
    /// A lone letter among the fillers after the names.
    Filler,
}

/// One character that was changed. Line and column count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Repair {
    pub line: usize,
    pub column: usize,
    pub from: char,
    pub to: char,
    pub reason: RepairReason,
}

/// Resolves the lines of one zone, top to bottom. Lines above or below it may be among them.
pub fn resolve(lines: &[LineReading], today: Date) -> Resolved {
    let texts: Vec<Vec<char>> = lines.iter().map(|line| line.text().chars().collect()).collect();
    if let Some(zone) = unsupported(&texts) {
        return nothing(Finding::Unsupported { zone });
    }
    let mut best: Option<Outcome> = None;
    for format in Format::ALL {
        let (count, _) = format.size();
        for window in lines.windows(count) {
            if let Some(outcome) = read_as(format, window, today) {
                best = Some(match best {
                    Some(best) => best.or_better(outcome),
                    None => outcome,
                });
            }
        }
    }
    best.map_or_else(|| nothing(Finding::NoFormat), Outcome::into_resolved)
}

fn nothing(finding: Finding) -> Resolved {
    Resolved { mrz: None, repaired: Vec::new(), findings: vec![finding] }
}

/// One way to read the lines.
struct Outcome {
    mrz: Mrz,
    repaired: Vec<Repair>,
    findings: Vec<Finding>,
}

impl Outcome {
    /// Less is better: what breaks validity, then what is merely odd.
    fn faults(&self) -> (usize, usize) {
        let breaking = self.findings.iter().filter(|finding| finding.breaks_validity()).count();
        (breaking, self.findings.len() + self.repaired.len())
    }

    /// The better of two; two different valid readings leave none.
    fn or_better(mut self, other: Self) -> Self {
        if self.mrz.valid && other.mrz.valid && self.mrz.lines != other.mrz.lines {
            self.findings.push(Finding::AmbiguousRepair);
            self.mrz.valid = false;
            return self;
        }
        if other.faults() < self.faults() { other } else { self }
    }

    fn into_resolved(self) -> Resolved {
        Resolved { mrz: Some(self.mrz), repaired: self.repaired, findings: self.findings }
    }
}

fn read_as(format: Format, lines: &[LineReading], today: Date) -> Option<Outcome> {
    let (_, length) = format.size();
    let slips = lines.iter().any(|line| line.glyphs.len() != length);
    if lines.iter().any(|line| line.glyphs.len().abs_diff(length) > SLIP) || !draft::may_begin(format, lines)
    {
        return None;
    }
    if slips {
        return read_aligned(format, lines, today);
    }
    let mut draft = Draft::new(format, lines.iter().map(|line| line.glyphs.as_slice()));
    let attempt = repair::by_check_digits(&mut draft, today);
    let mut outcome = finish(draft, today);
    if attempt == Attempt::Ambiguous {
        outcome.findings.push(Finding::AmbiguousRepair);
        outcome.mrz.valid = false;
    }
    Some(outcome)
}

/// Tries the ways in which fillers may be put in or taken away. A zone that had to be aligned is not repaired as
/// well: two guesses on top of each other vouch for nothing.
fn read_aligned(format: Format, lines: &[LineReading], today: Date) -> Option<Outcome> {
    let (_, length) = format.size();
    let variants: Vec<_> = lines.iter().map(|line| align::variants(&line.glyphs, length)).collect();
    let mut outcomes: Vec<(usize, Outcome)> = align::combinations(&variants, MOST_ALIGNMENTS)
        .into_iter()
        .map(|chosen| {
            let cost = chosen.iter().map(|variant| variant.cost).sum();
            let draft = Draft::new(format, chosen.iter().map(|variant| variant.glyphs.as_slice()));
            let mut outcome = finish(draft, today);
            doubt::aligned_names(format, lines, &mut outcome.mrz, &mut outcome.findings);
            (cost, outcome)
        })
        .collect();
    let rank = |(cost, outcome): &(usize, Outcome)| (outcome.faults(), *cost);
    outcomes.sort_by_key(rank);
    let (first, others) = outcomes.split_first()?;
    let tied = others.iter().any(|other| {
        other.1.mrz.lines != first.1.mrz.lines
            && (rank(other) == rank(first) || other.1.mrz.valid && differ_under_checks(format, first, other))
    });
    let (_, mut best) = outcomes.into_iter().next()?;
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.glyphs.len() != length) {
        let found = line.glyphs.len();
        best.findings.push(if tied || !best.mrz.valid {
            Finding::Misaligned { line: index, found }
        } else {
            Finding::Realigned { line: index, found }
        });
    }
    best.mrz.valid &= !tied;
    Some(best)
}

/// Whether two readings differ in a line that has check digits: both being right is then no evidence for the cheaper.
fn differ_under_checks(format: Format, (_, one): &(usize, Outcome), (_, other): &(usize, Outcome)) -> bool {
    format.checks().iter().any(|check| one.mrz.lines[check.digit.line] != other.mrz.lines[check.digit.line])
}

fn finish(mut draft: Draft, today: Date) -> Outcome {
    draft.settle_codes();
    let (mut mrz, mut findings) = decode(&draft.sheet(), today);
    mrz.confidence = draft.confidence();
    doubt::unsure(&draft, &mut findings);
    mrz.valid = !findings.iter().any(Finding::breaks_validity);
    Outcome { mrz, repaired: draft.into_repaired(), findings }
}

impl Resolved {
    /// Whether these lines are a zone of a kind that is recognised but not decoded.
    pub fn unsupported(&self) -> Option<Unsupported> {
        self.findings.iter().find_map(|finding| match finding {
            Finding::Unsupported { zone } => Some(*zone),
            _ => None,
        })
    }
}
