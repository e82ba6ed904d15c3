//! Where things stand on a page: heading, portrait, labelled values, signature.

mod fields;

use crate::canvas::{Area, Canvas, Lettering, Strokes, area, length, mix};
use crate::dice::Dice;
use crate::document::Holder;
use crate::fonts::Fonts;
use crate::kind::Kind;
use crate::scheme::Scheme;
use crate::{guilloche, machine_zone, marking, portrait};
pub(crate) use fields::{back_rows, front_rows, sex, upper};

/// Value of the visual zone, near black.
const INK: [f32; 3] = [26.0, 26.0, 34.0];

/// One labelled value; `share` is its part of the row's width.
pub(crate) struct Field {
    pub(crate) label: &'static str,
    pub(crate) value: String,
    pub(crate) share: f32,
}

/// The side that carries the portrait. Draws no machine-readable zone.
pub(crate) fn front(kind: Kind, holder: &Holder, scheme: &Scheme, fonts: &Fonts, dice: &mut Dice) -> Canvas {
    let mut canvas = sheet(kind, scheme, dice);
    let visual = visual_zone(&canvas, kind != Kind::IdCard);
    let heading = heading(&mut canvas, &words(kind, holder), scheme, fonts);
    let face = portrait::draw(holder.person.sex, holder.age, dice);
    let share = if kind.is_visa() { 0.74 } else { 0.82 };
    let frame = portrait_frame(visual, heading, share, scheme);
    place_portrait(&mut canvas, &face, frame, scheme);
    let left = if scheme.portrait_right { 5.0 } else { frame.right() + 4.0 };
    let right = if scheme.portrait_right { frame.left - 3.0 } else { visual.width - 3.0 };
    let text = area(left, heading + 1.6, right - left, visual.height - heading - 3.2);
    if kind == Kind::IdCard && dice.chance(0.4) {
        chip(&mut canvas, text);
    } else {
        ghost(&mut canvas, &face, text, scheme);
    }
    rows(&mut canvas, text, &front_rows(kind, holder, scheme), scheme, fonts);
    signature(&mut canvas, text, dice);
    marking::draw(&mut canvas, visual, fonts);
    canvas
}

/// The back of a card of credit-card size, without its machine-readable zone.
pub(crate) fn back(kind: Kind, holder: &Holder, scheme: &Scheme, fonts: &Fonts, dice: &mut Dice) -> Canvas {
    let mut canvas = sheet(kind, scheme, dice);
    let visual = visual_zone(&canvas, true);
    let text = area(5.0, 3.0, visual.width - 10.0, visual.height - 5.0);
    rows(&mut canvas, text, &back_rows(holder, scheme), scheme, fonts);
    if scheme.emblem {
        guilloche::emblem(
            &mut canvas,
            (visual.width - 11.0, 10.0),
            6.0,
            mix(scheme.strong, [255.0; 3], 0.4),
            scheme.emblem_seed,
        );
    }
    marking::draw(&mut canvas, visual, fonts);
    canvas
}

fn sheet(kind: Kind, scheme: &Scheme, dice: &mut Dice) -> Canvas {
    let (width, height) = kind.size_mm();
    let mut canvas = Canvas::new(width, height);
    scheme.lay_paper(&mut canvas);
    guilloche::draw(&mut canvas, scheme.lines, dice);
    canvas
}

/// Everything above the machine-readable zone, or the whole side if it has none.
fn visual_zone(canvas: &Canvas, with_machine_zone: bool) -> Area {
    let whole = canvas.whole();
    let lower = if with_machine_zone { machine_zone::HEIGHT_MM } else { 0.0 };
    area(0.0, 0.0, whole.width, whole.height - lower)
}

/// The words at the top of a page, and how much of its height they take.
pub(crate) struct Heading {
    pub(crate) state: String,
    pub(crate) title: String,
    pub(crate) share: f32,
}

fn words(kind: Kind, holder: &Holder) -> Heading {
    let nation = holder.person.nation;
    let state = match (nation.native_name, nation.name) {
        (native, english) if native == english => english.to_uppercase(),
        (native, english) => format!("{} · {}", native.to_uppercase(), english.to_uppercase()),
    };
    Heading { state, title: title(kind, holder), share: if kind == Kind::IdCard { 0.165 } else { 0.125 } }
}

/// Returns the lower edge of the heading.
pub(crate) fn heading(canvas: &mut Canvas, heading: &Heading, scheme: &Scheme, fonts: &Fonts) -> f32 {
    let whole = canvas.whole();
    let height = whole.height * heading.share;
    let colour = if scheme.band { [252.0; 3] } else { scheme.strong };
    if scheme.band {
        let strong = scheme.strong;
        canvas.paint(area(0.0, 0.0, whole.width, height - 0.6), |x, _| {
            (mix(strong, mix(strong, scheme.lines[1], 0.6), x / whole.width), 0.92)
        });
    } else {
        canvas.fill(area(4.0, height - 0.7, whole.width - 8.0, 0.25), 0.0, scheme.strong, 0.7);
    }
    let mut left = 5.0;
    if scheme.emblem {
        let radius = height * 0.36;
        guilloche::emblem(canvas, (left + radius, height * 0.47), radius, colour, scheme.emblem_seed);
        left += radius * 2.0 + 2.0;
    }
    let (state, title) = (&heading.state, &heading.title);
    let bold = Lettering { font: &fonts.text_bold, size: height * 0.38, colour, tracking: 0.15 };
    let half = (whole.width - left - 5.0) / 2.0;
    let title_set = bold.fitted(title, half * 0.9);
    canvas.text(state, left, height * 0.62, bold.fitted(state, half * 1.05));
    canvas.text(title, whole.width - 5.0 - title_set.width(title), height * 0.62, title_set);
    height
}

fn title(kind: Kind, holder: &Holder) -> String {
    let nation = holder.person.nation;
    let (english, native) = match kind {
        Kind::Passport => ("Passport", nation.passport),
        Kind::IdCard => ("Identity card", nation.id_card),
        Kind::Td2 => ("Residence card", ""),
        Kind::VisaA | Kind::VisaB => ("Visa", ""),
    };
    let both = if native.is_empty() || native == english {
        english.to_owned()
    } else {
        format!("{native} · {english}")
    };
    both.to_uppercase()
}

/// Where the portrait stands below the heading; `share` is its part of the height.
pub(crate) fn portrait_frame(visual: Area, heading: f32, share: f32, scheme: &Scheme) -> Area {
    let room = visual.height - heading;
    let height = (room * share).min(44.0);
    let width = height * 35.0 / 45.0;
    let left = if scheme.portrait_right { visual.width - width - 5.0 } else { 5.0 };
    area(left, heading + (room - height) * 0.42, width, height)
}

pub(crate) fn place_portrait(canvas: &mut Canvas, face: &Canvas, frame: Area, scheme: &Scheme) {
    let tint = scheme.lines[0];
    // Dissolves into the background at its edges, as laser engraving and security printing do.
    canvas.paste(frame, face, |colour, u, v| {
        let edge = u.min(1.0 - u).min(v).min(1.0 - v);
        (mix(colour, tint, 0.06), (edge / 0.03).clamp(0.35, 1.0))
    });
}

/// A small pale second portrait.
pub(crate) fn ghost(canvas: &mut Canvas, face: &Canvas, text: Area, scheme: &Scheme) {
    let height = text.height * 0.36;
    let width = height * 35.0 / 45.0;
    let place = area(text.right() - width, text.bottom() - height - 1.0, width, height);
    let (dark, light) = (scheme.strong, [255.0; 3]);
    canvas.paste(place, face, |colour, u, v| {
        let grey = (colour[0] + colour[1] + colour[2]) / 765.0;
        let oval = 1.0 - length(u * 2.0 - 1.0, v * 2.0 - 1.0);
        (mix(dark, light, grey), 0.45 * (oval * 3.0).clamp(0.0, 1.0))
    });
}

fn rows(canvas: &mut Canvas, place: Area, rows: &[Vec<Field>], scheme: &Scheme, fonts: &Fonts) {
    let pitch = place.height / rows.len() as f32;
    let label_size = (pitch * 0.27).clamp(1.15, 1.75);
    let value_size = (pitch * 0.5).clamp(1.9, 3.1);
    for (index, row) in rows.iter().enumerate() {
        let top = place.top + pitch * index as f32;
        let total: f32 = row.iter().map(|field| field.share).sum();
        let mut left = place.left;
        for field in row {
            let width = place.width * field.share / total;
            let label = scheme.label_text(field.label);
            let small =
                Lettering { font: &fonts.text, size: label_size, colour: scheme.label, tracking: 0.02 };
            canvas.text(&label, left, top + label_size, small.fitted(&label, width - 1.2));
            let large = Lettering { font: &fonts.text, size: value_size, colour: INK, tracking: 0.08 };
            // Room for the marks of capitals between label and value.
            let baseline = top + label_size + value_size * 1.08;
            canvas.text(&field.value, left, baseline, large.fitted(&field.value, width - 1.2));
            left += width;
        }
    }
}

/// A squiggle in blue or black ink across the lower right of the text.
pub(crate) fn signature(canvas: &mut Canvas, text: Area, dice: &mut Dice) {
    let mut strokes = Strokes::over(canvas);
    let width = text.width * dice.between(0.22, 0.3);
    let (left, base) = (text.left + text.width * 0.46, text.bottom() - text.height * 0.055);
    let height = text.height * dice.between(0.045, 0.07);
    let turns: Vec<(f32, f32)> = (0..9).map(|_| (dice.between(0.5, 1.5), dice.between(0.4, 1.6))).collect();
    let steps = 220;
    let points = (0..steps).map(|step| {
        let along = step as f32 / steps as f32;
        let (speed, swing) = turns[(along * 8.0) as usize];
        let (next_speed, next_swing) = turns[(along * 8.0) as usize + 1];
        let share = (along * 8.0).fract();
        let swing = swing + (next_swing - swing) * share;
        let speed = speed + (next_speed - speed) * share;
        let angle = along * 52.0 + speed;
        let fade = 1.15 - along * 0.7;
        (
            left + width * along + height * 0.55 * angle.cos() * fade,
            base - height * swing * angle.sin() * fade,
        )
    });
    strokes.line(points, 0.24);
    let ink = *dice.pick(&[[30.0, 36.0, 90.0], [24.0, 24.0, 30.0]]);
    canvas.ink(&strokes, |_, _| ink, 0.85);
}

/// The contacts of a chip card (ISO/IEC 7816-2), schematically.
pub(crate) fn chip(canvas: &mut Canvas, text: Area) {
    let place = area(text.right() - 12.0, text.bottom() - 15.6, 11.0, 8.6);
    let gold = [214.0, 178.0, 98.0];
    canvas.shape(
        place.grown(0.1),
        |x, y| place.distance(x, y, 1.4),
        |x, y| (mix(gold, [250.0, 232.0, 180.0], ((x + y) * 0.35).sin() * 0.5 + 0.5), 1.0),
    );
    let mut lines = Strokes::over(canvas);
    for share in [0.33, 0.67] {
        lines.line(
            [
                (place.left, place.top + place.height * share),
                (place.right(), place.top + place.height * share),
            ],
            0.15,
        );
    }
    for share in [0.36, 0.64] {
        lines.line(
            [
                (place.left + place.width * share, place.top),
                (place.left + place.width * share, place.bottom()),
            ],
            0.15,
        );
    }
    canvas.ink(&lines, |_, _| [120.0, 92.0, 40.0], 0.9);
}
