//! The table of vehicle categories on the back of a European driving licence (Directive 2006/126/EC, annex I).

use super::Printed;
use super::rows::{Setting, shares};
use super::values::date;
use crate::bearer::CATEGORIES;
use crate::canvas::{Area, Canvas, Lettering, Strokes, area};
use crate::item::Item;

const INK: [f32; 3] = [30.0, 30.0, 38.0];

/// Draws columns 9 (category), 10 (from), 11 (until) and 12 (codes) with a row for every category.
pub(super) fn draw(canvas: &mut Canvas, place: Area, setting: &Setting) -> Vec<Printed> {
    let pitch = place.height / (CATEGORIES.len() + 1) as f32;
    let columns = [0.0, 0.2, 0.5, 0.8, 1.0].map(|share| place.left + place.width * share);
    grid(canvas, place, pitch, &columns, setting);
    let head = Lettering {
        font: &setting.fonts.text,
        size: pitch * 0.62,
        colour: setting.scheme.label,
        tracking: 0.0,
    };
    for (number, left) in ["9.", "10.", "11.", "12."].into_iter().zip(columns) {
        canvas.text(number, left + 0.8, place.top + pitch * 0.75, head);
    }
    let body = Lettering { colour: INK, size: pitch * 0.66, ..head };
    let mut printed = Vec::new();
    for (index, category) in CATEGORIES.into_iter().enumerate() {
        let baseline = place.top + pitch * (index as f32 + 1.78);
        canvas.text(category, columns[0] + 0.8, baseline, body);
        let Some((_, from)) = setting.bearer.categories.iter().find(|(held, _)| *held == category) else {
            canvas.text("—", columns[1] + 0.8, baseline, body);
            continue;
        };
        let until = setting.bearer.person.expires;
        for (item, day, left) in [(Item::IssueDate, *from, columns[1]), (Item::ExpiryDate, until, columns[2])]
        {
            let value = date(day, setting.layout);
            let right = canvas.text(&value.text, left + 0.8, baseline, body);
            let place = area(left + 0.8, baseline - body.size, right - left - 0.8, body.size * 1.2);
            printed.push(Printed {
                item,
                label: category.to_owned(),
                language: setting.layout.language,
                text: value.text,
                value: value.plain,
                place: shares(canvas, place),
            });
        }
    }
    printed
}

fn grid(canvas: &mut Canvas, place: Area, pitch: f32, columns: &[f32], setting: &Setting) {
    let mut strokes = Strokes::over(canvas);
    for row in 0..=CATEGORIES.len() + 1 {
        let y = place.top + pitch * row as f32;
        strokes.line([(place.left, y), (place.right(), y)], 0.12);
    }
    for x in columns {
        strokes.line([(*x, place.top), (*x, place.bottom())], 0.12);
    }
    canvas.ink(&strokes, |_, _| setting.scheme.strong, 0.7);
}
