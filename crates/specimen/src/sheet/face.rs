//! One side of a document: paper, heading, portrait, rows, bar codes, machine-readable zone, marking.

use super::rows::{Setting, shares};
use super::{Content, Sheet, codes, lines, rows, table};
use crate::attack::Medium;
use crate::bearer::Bearer;
use crate::canvas::{Area, Canvas, area};
use crate::catalogue::{Face, Labels, Layout, Says, Size};
use crate::dice::Dice;
use crate::document::Side;
use crate::fonts::Fonts;
use crate::item::Item;
use crate::layout::{self, Heading};
use crate::scheme::Scheme;
use crate::{guilloche, machine_zone, marking, portrait};

/// Draws one side.
pub(super) fn draw(
    layout: &Layout,
    face: &Face,
    side: Side,
    bearer: &Bearer,
    seed: u64,
    fonts: &Fonts,
) -> Sheet {
    // What is the issuer's comes from the layout's name, what is the holder's from the seed.
    let mut design = Dice::new(side as u64, layout.name);
    let scheme = Scheme::of(&layout.look, design.bits());
    let setting = Setting { layout, bearer, scheme: &scheme, fonts };
    let mut dice = Dice::new(seed, "holder");
    let (width_mm, height_mm) = layout.size.mm();
    let mut canvas = Canvas::new(width_mm, height_mm);
    scheme.lay_paper(&mut canvas);
    guilloche::draw(&mut canvas, scheme.lines, &mut design);
    let whole = canvas.whole();
    let zone_height = if face.zone.is_some() { machine_zone::HEIGHT_MM } else { 0.0 };
    let visual = area(0.0, 0.0, whole.width, whole.height - zone_height);
    let mut content = Content::default();
    let top = if side == Side::Front { heading(&mut canvas, layout, &setting) } else { 2.0 };
    let mut text = area(5.0, top + 1.2, visual.width - 9.0, visual.height - top - 3.4);
    if face.portrait {
        let frame = layout::portrait_frame(visual, top, 0.8, &scheme);
        text = beside(frame, text, &scheme);
        picture(&mut canvas, &setting, (frame, text), &mut dice);
        content.portrait = Some(shares(&canvas, frame));
    }
    if let Some([left, top, width, height]) = face.text {
        text = area(left, top, width, height);
    }
    content.fields = if face.table {
        let place = area(28.0, 3.5, 54.0, visual.height - 9.0);
        let place = if face.codes.is_empty() { place } else { area(6.0, 3.5, 58.0, visual.height - 8.0) };
        table::draw(&mut canvas, place, &setting)
    } else {
        rows::set(&mut canvas, text, face, &setting)
    };
    if face.portrait {
        sign(&mut canvas, text, face, &mut dice);
    }
    marking::draw(&mut canvas, visual, fonts);
    machine_readable(&mut canvas, face, &setting, &mut content, &mut dice);
    Sheet {
        layout: layout.name,
        kind: layout.category.name(),
        country: layout.country,
        subdivision: layout.subdivision,
        side,
        image: canvas.image,
        width_mm,
        height_mm,
        corner_mm: layout.size.corner_mm(),
        content,
        medium: Medium::Genuine,
    }
}

/// The bar codes and the machine-readable zone.
fn machine_readable(
    canvas: &mut Canvas,
    face: &Face,
    setting: &Setting,
    content: &mut Content,
    dice: &mut Dice,
) {
    let (layout, bearer) = (setting.layout, setting.bearer);
    // A licence's number need not fit a machine-readable zone.
    let written = face.zone.is_some() || face.codes.iter().any(|code| code.says == Says::Lines);
    let lines = if written { lines(layout, face.zone.unwrap_or("ID"), bearer) } else { Vec::new() };
    for code in face.codes {
        content.barcodes.extend(codes::draw(canvas, code, layout, bearer, &lines));
    }
    if face.zone.is_some() {
        let kind = if layout.size == Size::Page { crate::Kind::Passport } else { crate::Kind::IdCard };
        let zone = machine_zone::draw(canvas, kind, &lines, setting.scheme, setting.fonts, dice);
        content.machine_zone = Some(shares(canvas, zone));
        content.format = Some(layout.format());
        content.mrz = lines;
    }
}

/// The heading with the names of the state and the document; returns its lower edge.
fn heading(canvas: &mut Canvas, layout: &Layout, setting: &Setting) -> f32 {
    let nation = setting.bearer.person.nation;
    let state = match (layout.subdivision, nation.native_name, nation.name) {
        ("", native, english) if native == english || layout.second.is_none() => native.to_uppercase(),
        ("", native, english) => format!("{} · {}", native.to_uppercase(), english.to_uppercase()),
        (subdivision, _, english) => format!("{} · {subdivision}", english.to_uppercase()),
    };
    let title = match layout.titles {
        [native, ""] => native.to_uppercase(),
        [native, english] => format!("{native} · {english}").to_uppercase(),
    };
    let share = if layout.size == Size::Card { 0.165 } else { 0.125 };
    let heading = Heading { state: crate::script::drawn(&state), title: crate::script::drawn(&title), share };
    layout::heading(canvas, &heading, setting.scheme, setting.fonts)
}

/// What is left of the text area beside the portrait.
fn beside(frame: Area, text: Area, scheme: &Scheme) -> Area {
    if scheme.portrait_right {
        area(text.left, text.top, frame.left - 3.0 - text.left, text.height)
    } else {
        area(frame.right() + 3.5, text.top, text.right() - frame.right() - 3.5, text.height)
    }
}

fn picture(canvas: &mut Canvas, setting: &Setting, (frame, text): (Area, Area), dice: &mut Dice) {
    let person = &setting.bearer.person;
    let face = portrait::draw(person.sex, person.issued.year() - person.birth.year, dice);
    layout::place_portrait(canvas, &face, frame, setting.scheme);
    if setting.layout.look.chip {
        layout::chip(canvas, text);
    } else if setting.layout.look.ghost {
        layout::ghost(canvas, &face, text, setting.scheme);
    }
}

/// The holder's signature in the cell that the face keeps for one.
fn sign(canvas: &mut Canvas, text: Area, face: &Face, dice: &mut Dice) {
    let Some((index, row)) = face.rows.iter().enumerate().find(|(_, row)| row.contains(&Item::Signature))
    else {
        return;
    };
    let pitch = text.height / face.rows.len() as f32;
    let total: f32 = row.iter().map(|item| item.share()).sum();
    let before: f32 = row.iter().take_while(|item| **item != Item::Signature).map(|item| item.share()).sum();
    let cell_left = text.left + text.width * before / total + 1.0;
    let cell_width = text.width * Item::Signature.share() / total;
    let label = if face.labels == Labels::Above { 0.2 } else { 0.0 };
    // The pen takes a quarter of the width it is given, from a little before its middle.
    let width = (cell_width * 2.6).min(76.0);
    let (bottom, height) = (text.top + pitch * (index as f32 + 0.85 + label), pitch * 5.0);
    layout::signature(canvas, area(cell_left - width * 0.46, bottom - height, width, height), dice);
}
