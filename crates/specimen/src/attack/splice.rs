//! Changes on a genuine document: another face, another text, nothing where something was.

use crate::canvas::{Area, Canvas, Colour, DOTS_PER_MM, Lettering, area, mix};
use crate::dice::Dice;
use crate::fonts::Fonts;
use crate::item::Item;
use crate::person::Sex;
use crate::photograph::{compress, decompress};
use crate::portrait;
use crate::script::drawn;
use crate::sheet::{Place, Printed, Sheet, shares};
use image::{GenericImage, RgbImage};

/// Pastes another face over the portrait: a little larger, askew, with other light, grain and an edge.
pub(super) fn replace_portrait(sheet: &mut Sheet, dice: &mut Dice) -> Option<Place> {
    let place = sheet.content.portrait?;
    let sex = *dice.pick(&[Sex::Female, Sex::Male]);
    let face = portrait::draw(sex, dice.whole(20, 70) as i16, dice);
    let frame = millimetres(sheet, place);
    let grow = dice.between(-0.4, 1.2);
    let shift = (dice.between(-0.7, 0.7), dice.between(-0.7, 0.7));
    let frame = area(frame.left + shift.0, frame.top + shift.1, frame.width, frame.height).grown(grow);
    let (sin, cos) = dice.between(-2.5, 2.5).to_radians().sin_cos();
    let gains: Colour = [dice.between(0.8, 1.2), dice.between(0.85, 1.1), dice.between(0.75, 1.2)];
    let (slope, grain) = (dice.between(-0.35, 0.35), dice.between(2.0, 16.0));
    let edge = *dice.pick(&[Some([252.0; 3]), Some([252.0; 3]), Some([70.0; 3]), None]);
    let border = dice.between(0.25, 0.8);
    let noise: Vec<f32> = (0..4096).map(|_| dice.between(-grain, grain)).collect();
    let source = face.whole();
    let mut canvas = Canvas { image: std::mem::take(&mut sheet.image) };
    let (x0, y0) = frame.centre();
    canvas.paint(frame.grown(2.5), |x, y| {
        let (u, v) = ((x - x0) * cos + (y - y0) * sin + x0, (y - y0) * cos - (x - x0) * sin + y0);
        let outside = frame.distance(u, v, 0.0);
        if outside > 0.0 {
            // The shadow of the paper's edge, below and to the right.
            let below = frame.distance(u - 0.25, v - 0.3, 0.0);
            return ([40.0; 3], (0.35 - below * 0.9).clamp(0.0, 0.35));
        }
        let (across, down) = ((u - frame.left) / frame.width, (v - frame.top) / frame.height);
        let seen = face.average(across * source.width, down * source.height, source.width / frame.width);
        let index = (x * DOTS_PER_MM) as usize * 67 + (y * DOTS_PER_MM) as usize * 131;
        let speck = noise[index & 4095];
        let light = 1.0 + slope * (across - 0.5);
        let colour = std::array::from_fn(|channel| seen[channel] * gains[channel] * light + speck);
        match edge {
            Some(edge) if outside > -border => (mix(colour, edge, 0.9), 1.0),
            _ => (colour, 1.0),
        }
    });
    sheet.image = canvas.image;
    Some(shares(sheet, frame))
}

/// Fills the portrait's place with paper.
pub(super) fn remove_portrait(sheet: &mut Sheet) -> Option<Place> {
    let place = sheet.content.portrait.take()?;
    wipe(&mut sheet.image, place);
    Some(place)
}

/// Wipes out a value and writes another one; returns where, and what stood there.
pub(super) fn edit_field(sheet: &mut Sheet, fonts: &Fonts, dice: &mut Dice) -> Option<(Place, String)> {
    const WORTH: [Item; 8] = [
        Item::BirthDate,
        Item::ExpiryDate,
        Item::Number,
        Item::Surname,
        Item::GivenNames,
        Item::FullName,
        Item::PersonalNumber,
        Item::Address,
    ];
    let worth = |field: &Printed| WORTH.contains(&field.item) && field.text.chars().count() > 2;
    let candidates: Vec<usize> =
        (0..sheet.content.fields.len()).filter(|index| worth(&sheet.content.fields[*index])).collect();
    if candidates.is_empty() {
        return None;
    }
    let index = *dice.pick(&candidates);
    let before = sheet.content.fields[index].clone();
    let date = matches!(before.item, Item::BirthDate | Item::ExpiryDate);
    let text = altered(&before.text, date, dice);
    let place = before.place;
    let room = millimetres(sheet, place);
    let wiped = shares(sheet, room.grown(0.25));
    wipe(&mut sheet.image, wiped);
    let font = if dice.chance(0.6) { &fonts.text_bold } else { &fonts.ocr_b };
    let size = room.height / 1.2 * dice.between(0.9, 1.1);
    let tone = dice.between(0.0, 70.0);
    let colour = [tone, tone, tone + dice.between(0.0, 40.0)];
    let letters = drawn(&text);
    let set = Lettering { font, size, colour, tracking: 0.06 }.fitted(&letters, room.width * 1.06);
    let baseline = room.top + room.height * 0.79 + dice.between(-0.3, 0.3);
    let mut canvas = Canvas { image: std::mem::take(&mut sheet.image) };
    canvas.text(&letters, room.left + dice.between(-0.3, 0.3), baseline, set);
    sheet.image = canvas.image;
    // What an image editor saves it compresses again.
    let saved = shares(sheet, room.grown(dice.between(1.0, 3.0)));
    recompress(&mut sheet.image, saved, dice.whole(18, 45) as u8);
    let field = &mut sheet.content.fields[index];
    field.value = match (year(&before.text), year(&text)) {
        (Some(from), Some(to)) if date => before.value.replacen(&before.text[from], &text[to], 1),
        _ => text.clone(),
    };
    field.text = text;
    Some((place, before.text))
}

/// Where four digits stand together in a date.
fn year(text: &str) -> Option<std::ops::Range<usize>> {
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    let start = text.as_bytes().windows(4).position(digits)?;
    let alone = text.bytes().filter(u8::is_ascii_digit).count() <= 8 && text.len() >= 10;
    alone.then_some(start..start + 4)
}

/// The same text with one to three letters or digits of its kind changed; of a date, the end of its year.
fn altered(text: &str, date: bool, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let changeable: Vec<usize> = match year(text) {
        Some(year) if date => (year.start + 2..year.end).collect(),
        _ => (0..letters.len()).filter(|index| letters[*index].is_ascii_alphanumeric()).collect(),
    };
    for _ in 0..dice.whole(1, 3) {
        let Some(&index) = (!changeable.is_empty()).then(|| dice.pick(&changeable)) else { break };
        letters[index] = match letters[index] {
            digit @ '0'..='9' => char::from(b'0' + (digit as u8 - b'0' + 1 + dice.whole(0, 7) as u8) % 10),
            letter => {
                let first = if letter.is_ascii_uppercase() { b'A' } else { b'a' };
                char::from(first + (letter as u8 - first + 1 + dice.whole(0, 23) as u8) % 26)
            }
        };
    }
    let after: String = letters.into_iter().collect();
    // Two changes of one place may undo each other, and some scripts have nothing to change.
    if after == text { format!("{text} 7") } else { after }
}

/// Fills a box with what is around it, as an editor's eraser does: smooth, without the fine lines.
fn wipe(image: &mut RgbImage, place: Place) {
    let (left, top, right, bottom) = dots(image, place);
    let column = |x: u32| (top..bottom).map(|y| around(image, x, y)).collect::<Vec<Colour>>();
    let row = |y: u32| (left..right).map(|x| around(image, x, y)).collect::<Vec<Colour>>();
    let (lefts, rights, tops, bottoms) = (column(left), column(right), row(top), row(bottom));
    for y in top..bottom {
        for x in left..right {
            let across = (x - left) as f32 / (right - left).max(1) as f32;
            let down = (y - top) as f32 / (bottom - top).max(1) as f32;
            let (column, row) = ((x - left) as usize, (y - top) as usize);
            let sides = mix(lefts[row], rights[row], across);
            let ends = mix(tops[column], bottoms[column], down);
            let nearer_side = across.min(1.0 - across) < down.min(1.0 - down);
            let colour = mix(sides, ends, if nearer_side { 0.35 } else { 0.65 });
            image.get_pixel_mut(x, y).0 = colour.map(|value| value as u8);
        }
    }
}

/// The mean colour of the dots in a square around one.
fn around(image: &RgbImage, x: u32, y: u32) -> Colour {
    const REACH: u32 = 5;
    let (mut sum, mut count) = ([0.0; 3], 0.0_f32);
    for row in (y.saturating_sub(REACH)..=(y + REACH).min(image.height() - 1)).step_by(2) {
        for column in (x.saturating_sub(REACH)..=(x + REACH).min(image.width() - 1)).step_by(2) {
            let pixel = image.get_pixel(column, row).0;
            sum = std::array::from_fn(|channel| sum[channel] + f32::from(pixel[channel]));
            count += 1.0;
        }
    }
    sum.map(|total| total / count.max(1.0))
}

fn recompress(image: &mut RgbImage, place: Place, quality: u8) {
    let (left, top, right, bottom) = dots(image, place);
    if right <= left || bottom <= top {
        return;
    }
    let cut = image::imageops::crop_imm(image, left, top, right - left, bottom - top).to_image();
    let again = decompress(&compress(&cut, quality));
    image.copy_from(&again, left, top).expect("it is put back where it was cut out");
}

/// A box in whole dots, inside the image by at least one.
fn dots(image: &RgbImage, [left, top, right, bottom]: Place) -> (u32, u32, u32, u32) {
    let dot = |share: f32, most: u32| ((share * most as f32).max(0.0) as u32).min(most.saturating_sub(1));
    let (width, height) = image.dimensions();
    (dot(left, width), dot(top, height), dot(right, width), dot(bottom, height))
}

fn millimetres(sheet: &Sheet, [left, top, right, bottom]: Place) -> Area {
    let (width, height) = (sheet.width_mm, sheet.height_mm);
    area(left * width, top * height, (right - left) * width, (bottom - top) * height)
}
