//! One call from a seed to a photographed document.

use crate::difficulty::Difficulty;
use crate::document::{Document, document};
use crate::fonts::Fonts;
use crate::kind::Kind;
use crate::person::{Person, PersonOptions, person};
use crate::photograph::{Photograph, photograph};
use jiff::civil::Date;

/// A made-up person, their document and one photograph of each of its sides.
#[derive(Clone, Debug)]
pub struct Made {
    pub person: Person,
    pub document: Document,
    pub front: Photograph,
    /// Only ID cards have one.
    pub back: Option<Photograph>,
}

impl Made {
    /// The photograph of the side with the machine-readable zone.
    pub fn machine_readable(&self) -> &Photograph {
        self.back.as_ref().unwrap_or(&self.front)
    }

    pub fn photographs(&self) -> impl Iterator<Item = &Photograph> {
        std::iter::once(&self.front).chain(&self.back)
    }
}

/// Makes up an adult with a valid document and photographs it.
pub fn make(kind: Kind, difficulty: Difficulty, seed: u64, today: Date, fonts: &Fonts) -> Made {
    make_with(kind, difficulty, seed, today, &PersonOptions::default(), fonts)
}

/// The same for a person of a certain age, nation or state of their document.
pub fn make_with(
    kind: Kind,
    difficulty: Difficulty,
    seed: u64,
    today: Date,
    options: &PersonOptions,
    fonts: &Fonts,
) -> Made {
    let person = person(seed, today, options);
    let document = document(kind, &person, seed, fonts);
    let front = photograph(&document.front, difficulty, seed);
    // The back is another photograph: another pose, another light.
    let back = document.back.as_ref().map(|page| photograph(page, difficulty, seed.wrapping_add(1 << 48)));
    Made { person, document, front, back }
}
