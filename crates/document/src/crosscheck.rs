//! Whether the parts of a document tell the same story: machine-readable zone, visual zone, barcode, front and back.
//!
//! Names are compared under the transliterations of ICAO 9303-3 §6 and the truncation of 9303-3 §4.6 and 9303-4
//! §4.2.3: a zone that says `MUELLER` agrees with `Müller`, and one that was cut off with the whole of the name.

mod evidence;
mod name;
mod number;
mod transliteration;

use serde::Serialize;

pub use evidence::{Evidence, Source};
pub use name::{Agreement, compare_names};

use crate::printed::Printed;
use crate::{aamva, mrz};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparedField {
    Surname,
    GivenNames,
    /// Where one side has the whole name in one.
    FullName,
    BirthDate,
    Sex,
    Nationality,
    DocumentNumber,
    PersonalNumber,
    IssueDate,
    ExpiryDate,
}

/// How much a disagreement means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A character or two, or a reading of little confidence: more likely a misreading than a forgery.
    Doubtful,
    Conflict,
}

/// What one side says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    pub source: Source,
    pub text: String,
}

/// Two sides that say different things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    pub field: ComparedField,
    pub left: Statement,
    pub right: Statement,
    pub severity: Severity,
}

/// Below this confidence a reading of the visual zone is doubted before the document is.
const SURE: f32 = 0.6;

/// Compares the machine-readable zone, the visual zones of front and back, and the barcode, each with each.
///
/// ```
/// use document::crosscheck::{Evidence, Source, compare_all};
///
/// let zone = Evidence { surname: "MUELLER".into(), ..Evidence::new(Source::Mrz) };
/// let card = Evidence { surname: "Müller".into(), ..Evidence::new(Source::Front) };
/// assert!(compare_all(&[zone, card]).is_empty());
/// ```
pub fn compare(
    zone: Option<&mrz::Fields>,
    front: Option<&Printed>,
    back: Option<&Printed>,
    barcode: Option<&aamva::Fields>,
) -> Vec<Disagreement> {
    let sides = [
        zone.map(Evidence::of_zone),
        front.map(|printed| Evidence::of_printed(Source::Front, printed)),
        back.map(|printed| Evidence::of_printed(Source::Back, printed)),
        barcode.map(Evidence::of_barcode),
    ];
    compare_all(&sides.into_iter().flatten().collect::<Vec<_>>())
}

/// Compares every pair of sides.
pub fn compare_all(sides: &[Evidence]) -> Vec<Disagreement> {
    let mut out = Vec::new();
    for (at, left) in sides.iter().enumerate() {
        for right in &sides[at + 1..] {
            Pair { left, right }.compare(&mut out);
        }
    }
    out
}

struct Pair<'a> {
    left: &'a Evidence,
    right: &'a Evidence,
}

impl Pair<'_> {
    fn compare(&self, out: &mut Vec<Disagreement>) {
        self.names(out);
        for (field, date) in [
            (ComparedField::BirthDate, Evidence::birth as fn(&Evidence) -> Option<jiff::civil::Date>),
            (ComparedField::IssueDate, |side| side.issue_date),
            (ComparedField::ExpiryDate, |side| side.expiry_date),
        ] {
            if let (Some(left), Some(right)) = (date(self.left), date(self.right))
                && left != right
            {
                let (left, right) = (left.to_string(), right.to_string());
                let one_digit = left.chars().zip(right.chars()).filter(|(a, b)| a != b).count() <= 1;
                self.add(out, field, left, right, one_digit);
            }
        }
        if let (Some(left), Some(right)) = (self.left.sex, self.right.sex)
            && left != right
        {
            self.add(out, ComparedField::Sex, left.code().to_owned(), right.code().to_owned(), false);
        }
        let (left, right) = (&self.left.nationality, &self.right.nationality);
        if !left.is_empty() && !right.is_empty() && !number::same_nationality(left, right) {
            self.add(out, ComparedField::Nationality, left.clone(), right.clone(), false);
        }
        for (field, text) in [
            (ComparedField::DocumentNumber, Evidence::document as fn(&Evidence) -> &str),
            (ComparedField::PersonalNumber, |side| &side.personal_number),
        ] {
            let (left, right) = (text(self.left), text(self.right));
            match number::compare(left, right) {
                Agreement::Same | Agreement::Incomparable => {}
                other => self.add(out, field, left.to_owned(), right.to_owned(), other == Agreement::Near),
            }
        }
    }

    /// Surname with surname and given names with given names; where that fails or one side has only the whole, the
    /// whole with the whole, in either order.
    fn names(&self, out: &mut Vec<Disagreement>) {
        let (left, right) = (self.left, self.right);
        let cut = left.names_truncated || right.names_truncated;
        let parts = [
            (ComparedField::Surname, &left.surname, &right.surname),
            (ComparedField::GivenNames, &left.given_names, &right.given_names),
        ]
        .map(|(field, left, right)| (field, left, right, compare_names(left, right, cut)));
        let told = |agreement: Agreement| matches!(agreement, Agreement::Same | Agreement::Incomparable);
        let both = !left.surname.is_empty() && !right.surname.is_empty();
        if both && parts.iter().all(|(_, _, _, agreement)| told(*agreement)) {
            return;
        }
        let (whole_left, whole_right) = (left.whole_names(), right.whole_names());
        let pairs = || whole_left.iter().flat_map(|a| whole_right.iter().map(move |b| (a, b)));
        let best = pairs().map(|(a, b)| compare_names(a, b, cut)).min();
        match best {
            None | Some(Agreement::Same | Agreement::Incomparable) => {}
            Some(_) if both => {
                for (field, left, right, agreement) in parts {
                    if !told(agreement) {
                        self.add(out, field, left.clone(), right.clone(), agreement == Agreement::Near);
                    }
                }
            }
            Some(agreement) => {
                let (left, right) = (whole_left[0].clone(), whole_right[0].clone());
                self.add(out, ComparedField::FullName, left, right, agreement == Agreement::Near);
            }
        }
    }

    fn add(
        &self,
        out: &mut Vec<Disagreement>,
        field: ComparedField,
        left: String,
        right: String,
        near: bool,
    ) {
        let unsure = self.left.confidence(field).min(self.right.confidence(field)) < SURE;
        out.push(Disagreement {
            field,
            left: Statement { source: self.left.source, text: left },
            right: Statement { source: self.right.source, text: right },
            severity: if near || unsure { Severity::Doubtful } else { Severity::Conflict },
        });
    }
}
