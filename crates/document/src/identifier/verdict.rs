//! What came of a check.

use jiff::civil::Date;
use serde::Serialize;

/// Why a value is none of a scheme's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    #[error("wrong number of characters")]
    Length,
    #[error("characters that may not stand there")]
    Format,
    #[error("a check digit fails")]
    CheckDigit,
    /// A part that means something, such as a date or a region, cannot be.
    #[error("a part of it cannot be")]
    Component,
}

/// Sex as numbers encode it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Sex {
    #[serde(rename = "M")]
    Male,
    #[serde(rename = "F")]
    Female,
}

/// A birth date as far as the number has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Birth {
    /// All four digits, or the last two where the number has no century.
    pub year: i16,
    pub century_known: bool,
    /// `None` for the part of a date that the number leaves out.
    pub month: Option<i8>,
    pub day: Option<i8>,
}

impl Birth {
    /// Whether a date may be this one.
    pub fn agrees(&self, date: Date) -> bool {
        let year = if self.century_known { date.year() } else { date.year().rem_euclid(100) };
        year == self.year
            && self.month.is_none_or(|month| month == date.month())
            && self.day.is_none_or(|day| day == date.day())
    }
}

/// What a number says of its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Encoded {
    pub birth: Option<Birth>,
    pub sex: Option<Sex>,
}

impl Encoded {
    /// Whether the holder's data contradicts the number.
    pub fn contradicts(&self, birth: Option<Date>, sex: Option<Sex>) -> bool {
        let other_birth = self.birth.zip(birth).is_some_and(|(encoded, date)| !encoded.agrees(date));
        let other_sex = self.sex.zip(sex).is_some_and(|(encoded, sex)| encoded != sex);
        other_birth || other_sex
    }
}

/// Whether a value is a number of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Verdict {
    pub scheme: &'static str,
    /// `None` if everything holds.
    pub fault: Option<Fault>,
    /// Empty where there is a fault.
    pub encoded: Encoded,
}

impl Verdict {
    /// Whether form, check digits and parts hold.
    pub fn valid(&self) -> bool {
        self.fault.is_none()
    }
}
