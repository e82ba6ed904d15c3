//! One photograph, read as the document check reads it, against the truth.

use std::time::Duration;

use document::mrz::{self, Fields, Format, Mrz};
use jiff::civil::{Date, date};
use specimen::{Difficulty, Fonts, Kind, PersonOptions, make_with};
use vision::reader::LineReader;
use vision::{Limits, Upload, read_mrz};

use crate::processor::Processor;

/// The day on which everything is made and read.
pub(crate) const TODAY: Date = date(2026, 11, 22);

/// Reads on one core.
pub(crate) struct Worker {
    reader: LineReader,
    processor: Processor,
    fonts: Fonts,
}

/// What became of one photograph.
#[derive(Debug)]
pub(crate) struct Trial {
    pub(crate) kind: Kind,
    pub(crate) difficulty: Difficulty,
    pub(crate) seed: u64,
    pub(crate) truth: Vec<String>,
    /// Nothing if no zone was found.
    pub(crate) zone: Option<Mrz>,
    /// What speaks against the zone.
    pub(crate) objections: Vec<String>,
    pub(crate) time: Duration,
    /// What the fields that check digits cover should be.
    covered: Covered,
    names: (String, String),
}

/// Document number, dates and, where a digit covers them, the optional data.
#[derive(Debug, PartialEq)]
struct Covered(Vec<String>);

impl Worker {
    pub(crate) fn new() -> Self {
        let (reader, processor) = Processor::watching(|| LineReader::new().expect("the network loads"));
        Self { reader, processor, fonts: fonts() }
    }

    /// The file of this seed, for other programs to read.
    pub(crate) fn photograph(&self, kind: Kind, difficulty: Difficulty, seed: u64) -> Vec<u8> {
        let made = make_with(kind, difficulty, seed, TODAY, &PersonOptions::default(), &self.fonts);
        made.machine_readable().jpeg.clone()
    }

    /// Makes the photograph of this seed and reads it. Decoding the JPEG belongs to the time.
    pub(crate) fn read(&self, kind: Kind, difficulty: Difficulty, seed: u64) -> Trial {
        let made = make_with(kind, difficulty, seed, TODAY, &PersonOptions::default(), &self.fonts);
        let photograph = made.machine_readable();
        let begin = self.processor.time();
        let picture = Upload::new(&photograph.jpeg).decode(Limits::default()).expect("a good JPEG");
        let reading = read_mrz(&picture, &self.reader);
        let resolved = (!reading.is_empty()).then(|| mrz::resolve(&reading.lines, TODAY));
        let time = self.processor.time().saturating_sub(begin);
        let objections = resolved.iter().flat_map(|resolved| &resolved.findings);
        let objections =
            objections.filter(|finding| finding.breaks_validity()).map(mrz::Finding::message).collect();
        let zone = resolved.and_then(|resolved| resolved.mrz);
        let truth = photograph.truth.mrz.clone();
        let lines: Vec<&str> = truth.iter().map(String::as_str).collect();
        let correct = mrz::parse(&lines, TODAY).mrz.expect("the specimen's own zone parses");
        let (covered, names) = (Covered::of(&correct), names(&correct.fields));
        Trial { kind, difficulty, seed, truth, zone, objections, time, covered, names }
    }
}

impl Trial {
    fn valid(&self) -> Option<&Mrz> {
        self.zone.as_ref().filter(|zone| zone.valid)
    }

    /// Valid, and everything that check digits cover is the truth.
    pub(crate) fn is_right(&self) -> bool {
        self.valid()
            .is_some_and(|zone| Covered::of(zone) == self.covered && zone.format == self.kind.format())
    }

    /// The one thing that must never be.
    pub(crate) fn is_valid_but_wrong(&self) -> bool {
        self.valid().is_some() && !self.is_right()
    }

    /// Valid, and no character differs from the truth.
    pub(crate) fn is_whole(&self) -> bool {
        self.is_right() && self.is_read()
    }

    /// No character differs from the truth, whether or not that may be believed.
    pub(crate) fn is_read(&self) -> bool {
        self.zone.as_ref().is_some_and(|zone| zone.lines == self.truth)
    }

    /// Both names are the truth, whatever else.
    pub(crate) fn has_names(&self) -> bool {
        self.zone.as_ref().is_some_and(|zone| names(&zone.fields) == self.names)
    }
}

impl Covered {
    fn of(zone: &Mrz) -> Self {
        let fields = &zone.fields;
        let mut covered = vec![&fields.document_number, &fields.birth_date, &fields.expiry_date];
        if matches!(zone.format, Format::Td1 | Format::Td2 | Format::Td3) {
            covered.extend([&fields.optional_data, &fields.optional_data_2]);
        }
        Self(covered.into_iter().cloned().collect())
    }
}

fn names(fields: &Fields) -> (String, String) {
    (fields.surname.clone(), fields.given_names.clone())
}

#[expect(clippy::disallowed_methods, reason = "the library is given the typefaces of this machine")]
fn fonts() -> Fonts {
    let read = |path: &str| {
        std::fs::read(path)
            .unwrap_or_else(|error| panic!("{path}: {error}; install fonts-ocr-b and fonts-dejavu-core"))
    };
    Fonts::parse(
        read("/usr/share/fonts/opentype/ocr-b/OCRB.otf"),
        read("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
        read("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
    )
    .expect("Debian's fonts parse")
}
