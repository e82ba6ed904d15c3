//! Labelled values set in rows, and where each came to stand.

use super::values::value;
use super::{Place, Printed};
use crate::bearer::Bearer;
use crate::canvas::{Area, Canvas, Lettering, area};
use crate::catalogue::{Face, Labels, Layout};
use crate::fonts::Fonts;
use crate::item::Item;
use crate::scheme::Scheme;
use crate::script::drawn;
use crate::words::Language;

/// Value of the visual zone, near black.
const INK: [f32; 3] = [26.0, 26.0, 34.0];

/// What the rows of one face are set with.
pub(super) struct Setting<'a> {
    pub(super) layout: &'a Layout,
    pub(super) bearer: &'a Bearer,
    pub(super) scheme: &'a Scheme,
    pub(super) fonts: &'a Fonts,
}

/// An area as shares of its sheet.
pub(crate) fn shares(canvas: &Canvas, place: Area) -> Place {
    let whole = canvas.whole();
    [
        place.left / whole.width,
        place.top / whole.height,
        place.right() / whole.width,
        place.bottom() / whole.height,
    ]
    .map(|share| share.clamp(0.0, 1.0))
}

/// Sets all rows of a face into `place`.
pub(super) fn set(canvas: &mut Canvas, place: Area, face: &Face, setting: &Setting) -> Vec<Printed> {
    let mut printed = Vec::new();
    let pitch = place.height / face.rows.len().max(1) as f32;
    for (index, row) in face.rows.iter().enumerate() {
        let total: f32 = row.iter().map(|item| item.share()).sum();
        let mut left = place.left;
        for item in *row {
            let width = place.width * item.share() / total;
            let cell = area(left, place.top + pitch * index as f32, width - 1.0, pitch);
            if *item != Item::Signature {
                printed.extend(setting.cell(canvas, cell, *item, face.labels));
            } else if face.labels == Labels::Above {
                setting.label(canvas, cell, *item);
            }
            left += width;
        }
    }
    printed
}

impl Setting<'_> {
    /// One label with its value.
    fn cell(&self, canvas: &mut Canvas, cell: Area, item: Item, labels: Labels) -> Option<Printed> {
        let value = value(item, self.layout, self.bearer);
        if value.text.is_empty() {
            return None;
        }
        let (label, place) = match labels {
            Labels::Above => {
                let label_height = label_size(cell);
                let size = (cell.height * 0.5).clamp(1.9, 3.1);
                let baseline = cell.top + label_height + size * 1.08;
                (self.label(canvas, cell, item), self.value(canvas, cell, baseline, size, &value.text))
            }
            Labels::Beside => {
                let label = format!("{}:", self.words(item).0);
                self.line(canvas, cell, &label, cell.width * 0.42, &value.text)
            }
            Labels::Numbered => {
                let room =
                    if matches!(item, Item::NativeSurname | Item::NativeGivenNames) { 0.0 } else { 4.2 };
                self.line(canvas, cell, european_number(item), room, &value.text)
            }
            Labels::Coded => {
                let label = american_code(item);
                let room = self.small(cell).width(label).min(cell.width * 0.6) + 1.0;
                self.line(canvas, cell, label, room, &value.text)
            }
        };
        let language = if value.text.is_ascii() { self.layout.language } else { self.language(item) };
        Some(Printed { item, label, language, text: value.text, value: value.plain, place })
    }

    /// A label at the left and the value after `room` millimetres, on one line.
    fn line(&self, canvas: &mut Canvas, cell: Area, label: &str, room: f32, text: &str) -> (String, Place) {
        let size = (cell.height * 0.62).clamp(1.8, 3.0);
        let baseline = cell.top + cell.height * 0.72;
        canvas.text(label, cell.left, baseline, self.small(cell).fitted(label, (room - 0.8).max(1.0)));
        let rest = area(cell.left + room, cell.top, cell.width - room, cell.height);
        (label.to_owned(), self.value(canvas, rest, baseline, size, text))
    }

    /// Sets a value on a baseline and returns the box around its ink.
    fn value(&self, canvas: &mut Canvas, cell: Area, baseline: f32, size: f32, text: &str) -> Place {
        let font = if self.layout.look.bold { &self.fonts.text_bold } else { &self.fonts.text };
        let text = drawn(text);
        let set = Lettering { font, size, colour: INK, tracking: 0.06 }.fitted(&text, cell.width);
        let width = set.width(&text);
        canvas.text(&text, cell.left, baseline, set);
        shares(canvas, area(cell.left, baseline - set.size * 0.95, width, set.size * 1.2))
    }

    fn small(&self, cell: Area) -> Lettering<'_> {
        let size = (cell.height * 0.34).clamp(1.2, 1.8);
        Lettering { font: &self.fonts.text, size, colour: self.scheme.label, tracking: 0.02 }
    }

    /// Sets the label over a value and returns it.
    fn label(&self, canvas: &mut Canvas, cell: Area, item: Item) -> String {
        let (first, second) = self.words(item);
        let label = if second.is_empty() || second == first {
            first.to_owned()
        } else {
            format!("{first} / {second}")
        };
        let size = label_size(cell);
        let set = Lettering { size, ..self.small(cell) };
        let text = drawn(&label);
        canvas.text(&text, cell.left, cell.top + size, set.fitted(&text, cell.width));
        label
    }

    /// The label of an item in the layout's languages.
    fn words(&self, item: Item) -> (&'static str, &'static str) {
        let second = self.layout.second.map_or("", |language| language.label(item));
        match item {
            Item::NativeSurname | Item::NativeGivenNames | Item::NativeFullName => {
                (self.layout.language.label(item), "")
            }
            // Beside the name in the national script stands the Latin one under an English label.
            Item::Surname | Item::GivenNames if self.bearer.native.is_some() => (second, ""),
            _ => (self.layout.language.label(item), second),
        }
    }

    fn language(&self, item: Item) -> Language {
        match item {
            Item::Surname | Item::GivenNames if self.bearer.native.is_some() => Language::English,
            _ => self.layout.language,
        }
    }
}

fn label_size(cell: Area) -> f32 {
    (cell.height * 0.27).clamp(1.15, 1.75)
}

/// The numbers of a European driving licence.
fn european_number(item: Item) -> &'static str {
    match item {
        Item::Surname | Item::NativeSurname => "1.",
        Item::GivenNames | Item::NativeGivenNames => "2.",
        Item::PlaceAndBirth | Item::BirthDate => "3.",
        Item::IssueDate => "4a.",
        Item::ExpiryDate => "4b.",
        Item::Authority => "4c.",
        Item::PersonalNumber => "4d.",
        Item::Number => "5.",
        Item::Signature => "7.",
        Item::Address => "8.",
        Item::Categories => "9.",
        _ => "",
    }
}

/// The numbers and words of a North American one.
fn american_code(item: Item) -> &'static str {
    match item {
        Item::Surname => "1 LN",
        Item::GivenNames => "2 FN",
        Item::BirthDate => "3 DOB",
        Item::IssueDate => "4a ISS",
        Item::ExpiryDate => "4b EXP",
        Item::Number => "4d DL",
        Item::Discriminator => "5 DD",
        Item::Street => "8",
        Item::Class => "9 CLASS",
        Item::Endorsements => "9a END",
        Item::Restrictions => "12 REST",
        Item::Sex => "15 SEX",
        Item::Height => "16 HGT",
        Item::Weight => "17 WGT",
        Item::Eyes => "18 EYES",
        Item::Hair => "19 HAIR",
        _ => "",
    }
}
