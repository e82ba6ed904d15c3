//! Bills and bank statements: one sheet of paper, drawn and as a PDF whose text can be copied.

mod pdf;
mod setting;
mod words;

use crate::attack::Medium;
use crate::bearer::Bearer;
use crate::canvas::{Area, Canvas, Colour, Lettering, area};
use crate::catalogue::{Layout, Symbology};
use crate::dice::Dice;
use crate::document::Side;
use crate::fonts::Fonts;
use crate::item::Item;
use crate::scheme::Scheme;
use crate::sheet::{Barcode, Content, Printed, Sheet, put_code, shares};
use crate::{guilloche, marking};
use jiff::civil::Date;

/// What is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    Electricity,
    Gas,
    Water,
    Telephone,
    Bank,
}

/// Who sends a bill, and what is on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bill {
    pub(crate) issuer: &'static str,
    pub(crate) issuer_address: &'static str,
    pub(crate) service: Service,
    /// The sign of the currency.
    pub(crate) money: &'static str,
    /// A square code to pay with.
    pub(crate) qr: bool,
    /// The addressee's window at the right instead of the left.
    pub(crate) address_right: bool,
}

/// Text on paper, in millimetres.
struct Run {
    text: String,
    left: f32,
    baseline: f32,
    size: f32,
    bold: bool,
    colour: Colour,
}

/// A field of the truth before its place is known in shares.
struct Field {
    item: Item,
    label: String,
    text: String,
    value: String,
    place: Area,
}

/// Everything on the sheet.
#[derive(Default)]
struct Leaf {
    runs: Vec<Run>,
    rules: Vec<(Area, Colour)>,
    fields: Vec<Field>,
    /// What the square code says, and where it stands: left, top, width, height.
    code: Option<(String, [f32; 4])>,
}

/// A bill drawn, and as a file.
pub(crate) struct Drawn {
    pub(crate) sheet: Sheet,
    pub(crate) pdf: Option<Vec<u8>>,
}

/// Draws the bill of a layout.
pub(crate) fn draw(
    layout: &Layout,
    bill: &Bill,
    bearer: &Bearer,
    seed: u64,
    dates: Dates,
    fonts: &Fonts,
) -> Drawn {
    let mut design = Dice::new(0, layout.name);
    let scheme = Scheme::of(&layout.look, design.bits());
    let (width_mm, height_mm) = layout.size.mm();
    let leaf = setting::set(layout, bill, bearer, &scheme, dates, fonts, &mut Dice::new(seed, "bill"));
    let mut canvas = Canvas::new(width_mm, height_mm);
    for (place, colour) in &leaf.rules {
        canvas.fill(*place, 0.0, *colour, 1.0);
    }
    guilloche::emblem(&mut canvas, (24.0, 22.0), 8.0, scheme.strong, scheme.emblem_seed);
    for run in &leaf.runs {
        let font = if run.bold { &fonts.text_bold } else { &fonts.text };
        let lettering = Lettering { font, size: run.size, colour: run.colour, tracking: 0.0 };
        canvas.text(&run.text, run.left, run.baseline, lettering);
    }
    let code = leaf.code.as_ref().and_then(|(payload, place)| {
        let place = put_code(&mut canvas, Symbology::Qr, payload, *place)?;
        Some(Barcode { symbology: Symbology::Qr, payload: payload.clone(), place })
    });
    marking::draw(&mut canvas, area(0.0, 0.0, width_mm, height_mm), fonts);
    let mut sheet = Sheet {
        layout: layout.name,
        kind: layout.category.name(),
        country: layout.country,
        subdivision: layout.subdivision,
        side: Side::Front,
        image: canvas.image,
        width_mm,
        height_mm,
        corner_mm: layout.size.corner_mm(),
        content: Content { barcodes: code.into_iter().collect(), ..Content::default() },
        medium: Medium::Genuine,
    };
    sheet.content.fields = leaf.fields.iter().map(|field| printed(field, layout, &sheet)).collect();
    let pdf = pdf::write(&leaf, (width_mm, height_mm));
    Drawn { sheet, pdf }
}

fn printed(field: &Field, layout: &Layout, sheet: &Sheet) -> Printed {
    Printed {
        item: field.item,
        label: field.label.clone(),
        language: layout.language,
        text: field.text.clone(),
        value: field.value.clone(),
        place: shares(sheet, field.place),
    }
}

/// The days of a bill: it is written on one, for the time before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dates {
    pub(crate) issued: Date,
    pub(crate) from: Date,
    pub(crate) until: Date,
    pub(crate) due: Date,
}

impl Dates {
    /// Written in the last 80 days, or so long ago that nobody takes it any more.
    pub(crate) fn draw(today: Date, stale: bool, dice: &mut Dice) -> Dates {
        let ago = if stale { dice.whole(200, 900) } else { dice.whole(2, 80) };
        let back = |date: Date, days: i32| date.saturating_sub(jiff::Span::new().days(days));
        let issued = back(today, ago);
        let until = back(issued, dice.whole(2, 6));
        Dates { issued, from: back(until, 30), until, due: issued.saturating_add(jiff::Span::new().days(14)) }
    }
}
