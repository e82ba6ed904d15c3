//! A whole document: its machine-readable lines, and its pages drawn.

use crate::canvas::{Area, Canvas, DOTS_PER_MM};
use crate::dice::Dice;
use crate::fonts::Fonts;
use crate::kind::Kind;
use crate::person::{Person, Sex};
use crate::scheme::Scheme;
use crate::{layout, machine_zone};
use ::document::mrz::{self, Format, PartialDate, Record};
use image::RgbImage;
use serde::Serialize;

/// Which side of a document a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Front,
    Back,
}

/// One side of a document, drawn at 300 dots per inch of its true size.
#[derive(Clone, Debug)]
pub struct Page {
    pub kind: Kind,
    pub side: Side,
    pub image: RgbImage,
    pub width_mm: f32,
    pub height_mm: f32,
    /// Left, top, right and bottom of the machine-readable characters in dots of `image`; `None` on the front of
    /// an ID card.
    pub machine_zone: Option<[f32; 4]>,
    /// The lines printed on this side; empty when there is no zone.
    pub mrz: Vec<String>,
    pub person: Person,
    pub document_number: String,
}

/// A drawn document.
#[derive(Clone, Debug)]
pub struct Document {
    pub kind: Kind,
    /// The machine-readable lines, by `document::mrz::compose`.
    pub mrz: Vec<String>,
    /// The number on this document: the person's long number where they have one and the format can hold it.
    pub document_number: String,
    pub front: Page,
    /// Only ID cards have one.
    pub back: Option<Page>,
}

impl Document {
    /// The side with the machine-readable zone.
    pub fn machine_readable(&self) -> &Page {
        self.back.as_ref().unwrap_or(&self.front)
    }

    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        std::iter::once(&self.front).chain(&self.back)
    }
}

/// What a layout needs to know of the holder.
pub(crate) struct Holder<'a> {
    pub(crate) person: &'a Person,
    pub(crate) number: String,
    /// Completed years when the document was issued.
    pub(crate) age: i16,
}

/// Draws a document for `person`. The seed chooses its design, not its data.
pub fn document(kind: Kind, person: &Person, seed: u64, fonts: &Fonts) -> Document {
    let mut dice = Dice::new(seed, "document");
    let scheme = Scheme::new(&mut dice);
    let number = document_number(kind, person);
    let lines = lines(kind, person, &number);
    let holder = Holder { person, number: number.clone(), age: person.issued.year() - person.birth.year };
    let mut canvas = layout::front(kind, &holder, &scheme, fonts, &mut dice);
    let page = |canvas: Canvas, side, zone: Option<Area>| Page {
        kind,
        side,
        width_mm: kind.size_mm().0,
        height_mm: kind.size_mm().1,
        machine_zone: zone
            .map(|zone| [zone.left, zone.top, zone.right(), zone.bottom()].map(|mm| mm * DOTS_PER_MM)),
        mrz: zone.map(|_| lines.clone()).unwrap_or_default(),
        image: canvas.image,
        person: person.clone(),
        document_number: number.clone(),
    };
    let mut zone = |canvas: &mut Canvas| machine_zone::draw(canvas, kind, &lines, &scheme, fonts, &mut dice);
    let (front, back) = if kind == Kind::IdCard {
        let front = page(canvas, Side::Front, None);
        let mut canvas = layout::back(kind, &holder, &scheme, fonts, &mut Dice::new(seed, "back"));
        let zone = zone(&mut canvas);
        (front, Some(page(canvas, Side::Back, Some(zone))))
    } else {
        let zone = zone(&mut canvas);
        (page(canvas, Side::Front, Some(zone)), None)
    };
    Document { kind, mrz: lines.clone(), document_number: number.clone(), front, back }
}

fn document_number(kind: Kind, person: &Person) -> String {
    match (kind, &person.long_number) {
        (Kind::IdCard | Kind::Td2, Some(long)) => long.clone(),
        _ => person.document_number.clone(),
    }
}

fn lines(kind: Kind, person: &Person, number: &str) -> Vec<String> {
    let code = match kind {
        Kind::Passport => "P",
        Kind::IdCard | Kind::Td2 => "ID",
        Kind::VisaA | Kind::VisaB => "V",
    };
    record_lines(kind.format(), code, person, number)
}

/// The machine-readable lines of a person's document in a format.
pub(crate) fn record_lines(format: Format, code: &str, person: &Person, number: &str) -> Vec<String> {
    let room = match format {
        Format::Td1 => 15,
        Format::Td2 => 7,
        Format::Td3 => 14,
        Format::MrvA => 16,
        _ => 8,
    };
    // The rest of a long number takes the place of the optional data.
    let optional_data = match &person.personal_number {
        Some(personal) if number.len() <= 9 => personal.chars().take(room).collect(),
        _ => String::new(),
    };
    let record = Record {
        document_code: code.to_owned(),
        issuing_state: person.nation.code.to_owned(),
        nationality: person.nation.code.to_owned(),
        document_number: number.to_owned(),
        surname: plain(&person.surname),
        given_names: plain(&person.given_names),
        birth_date: PartialDate {
            year: Some(person.birth.year),
            month: person.birth.month,
            day: person.birth.day,
        },
        expiry_date: person.expires,
        sex: match person.sex {
            Sex::Female => mrz::Sex::Female,
            Sex::Male => mrz::Sex::Male,
            Sex::Unspecified => mrz::Sex::Unspecified,
        },
        optional_data,
        optional_data_2: String::new(),
    };
    mrz::compose(format, &record).expect("the tables hold only letters and numbers that fit")
}

/// Vietnamese tone marks are not in the standard's table; issuers drop them.
fn plain(name: &str) -> String {
    const TONES: [(&str, char); 7] = [
        ("ạảấầẩẫậắằẳẵặ", 'a'),
        ("ẹẻẽếềểễệ", 'e'),
        ("ỉị", 'i'),
        ("ọỏốồổỗộớờởỡợ", 'o'),
        ("ụủứừửữự", 'u'),
        ("ỳỵỷỹ", 'y'),
        ("Ạ", 'A'),
    ];
    let bare =
        |letter| TONES.iter().find(|(marked, _)| marked.contains(letter)).map_or(letter, |(_, bare)| *bare);
    name.chars().map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::{Kind, document_number, lines};
    use crate::person::{PersonOptions, person};
    use jiff::civil::date;

    #[test]
    fn people_of_every_nation_fit_every_kind() {
        for seed in 0..2000 {
            let person = person(seed, date(2026, 11, 22), &PersonOptions::default());
            for kind in Kind::ALL {
                let number = document_number(kind, &person);
                let text = lines(kind, &person, &number).concat();
                let (count, length) = kind.format().size();
                assert_eq!(text.len(), count * length, "{text}");
                assert!(
                    text.contains(person.nation.code) && text.contains(&number[..9.min(number.len())]),
                    "{text}"
                );
            }
        }
    }
}
