//! The same sheet as a PDF 1.4 file: text as text in the readers' own Helvetica, the square code as squares.
//!
//! Plain and uncompressed on purpose: the file is read by what Bonafide reads with and edited by hand in trials.

use super::Leaf;
use crate::canvas::Colour;
use crate::catalogue::Symbology;
use crate::sheet::squares;
use std::fmt::Write;

/// Points to the millimetre.
const POINTS: f32 = 72.0 / 25.4;

/// What Windows-1252 has between 128 and 159.
const BEYOND_LATIN: [(char, u8); 11] = [
    ('€', 128),
    ('Š', 138),
    ('Œ', 140),
    ('Ž', 142),
    ('‘', 145),
    ('’', 146),
    ('–', 150),
    ('—', 151),
    ('š', 154),
    ('œ', 156),
    ('ž', 158),
];

/// The bytes of the file; `None` if its alphabet is not that of Western Europe, which is all that readers have a
/// typeface for without one in the file.
pub(super) fn write(leaf: &Leaf, size_mm: (f32, f32)) -> Option<Vec<u8>> {
    let (width, height) = (size_mm.0 * POINTS, size_mm.1 * POINTS);
    let content = content(leaf, size_mm)?;
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2} {height:.2}] /Contents 4 0 R /Resources << \
             /Font << /F0 5 0 R /F1 6 0 R >> /ExtGState << /Pale << /ca 0.25 >> >> >> >>"
        )
        .into_bytes(),
        [format!("<< /Length {} >>\nstream\n", content.len()).as_bytes(), &content, b"\nendstream"].concat(),
        font("Helvetica"),
        font("Helvetica-Bold"),
        b"<< /Producer (Bonafide specimen) /Title (SPECIMEN) >>".to_vec(),
    ];
    Some(file(&objects))
}

fn font(name: &str) -> Vec<u8> {
    format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>").into_bytes()
}

/// Objects with their numbers, the table of where each begins, and the trailer (ISO 32000-1 §7.5).
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(table.bytes());
    let (size, info) = (objects.len() + 1, objects.len());
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R /Info {info} 0 R >>\n").bytes());
    file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    file
}

fn content(leaf: &Leaf, size_mm: (f32, f32)) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    for (place, colour) in &leaf.rules {
        rectangle(&mut out, [place.left, place.top, place.width, place.height], *colour, size_mm.1);
    }
    if let Some((payload, place)) = &leaf.code {
        for square in squares(Symbology::Qr, payload, *place) {
            rectangle(&mut out, square, [0.0; 3], size_mm.1);
        }
    }
    for run in &leaf.runs {
        let place = (run.left, size_mm.1 - run.baseline, run.size);
        text(&mut out, &run.text, place, run.bold, run.colour)?;
    }
    out.extend(b"/Pale gs\n");
    let marking = (size_mm.0 * 0.1, size_mm.1 * 0.35, size_mm.0 * 0.15);
    text(&mut out, "SPECIMEN", marking, true, crate::marking::RED)?;
    Some(out)
}

/// Left, height above the lower edge, and size in millimetres.
fn text(out: &mut Vec<u8>, text: &str, place: (f32, f32, f32), bold: bool, colour: Colour) -> Option<()> {
    let (left, base, size) = (place.0 * POINTS, place.1 * POINTS, place.2 * POINTS);
    out.extend(
        format!("{} BT /F{} {size:.2} Tf {left:.2} {base:.2} Td (", ink(colour), u8::from(bold)).bytes(),
    );
    for letter in text.chars() {
        let byte = encoded(letter)?;
        if b"()\\".contains(&byte) {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.extend(b") Tj ET\n");
    Some(())
}

/// A letter in Windows-1252.
fn encoded(letter: char) -> Option<u8> {
    match letter {
        ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(letter)).ok(),
        '−' => Some(b'-'),
        _ => BEYOND_LATIN.iter().find(|(known, _)| *known == letter).map(|(_, byte)| *byte),
    }
}

/// Left, top, width and height in millimetres.
fn rectangle(out: &mut Vec<u8>, [left, top, width, height]: [f32; 4], colour: Colour, page: f32) {
    let [left, base, width, height] = [left, page - top - height, width, height].map(|side| side * POINTS);
    out.extend(format!("{} {left:.2} {base:.2} {width:.2} {height:.2} re f\n", ink(colour)).bytes());
}

fn ink(colour: Colour) -> String {
    let [red, green, blue] = colour.map(|value| (value / 255.0).clamp(0.0, 1.0));
    format!("{red:.3} {green:.3} {blue:.3} rg")
}

#[cfg(test)]
mod tests {
    use super::{encoded, file};

    #[test]
    fn letters_of_western_europe_have_their_byte_and_others_none() {
        assert_eq!(
            ["A", "ü", "€", "’"].map(|text| text.chars().next().and_then(encoded)),
            [65, 252, 128, 146].map(Some)
        );
        assert_eq!(encoded('Ж'), None);
    }

    #[test]
    fn the_table_says_where_every_object_begins() {
        let file = file(&[b"<< >>".to_vec(), b"[1]".to_vec()]);
        let text = String::from_utf8_lossy(&file);
        let start: usize = text.lines().rev().nth(1).and_then(|line| line.parse().ok()).unwrap();
        assert!(file[start..].starts_with(b"xref"));
        let rows: Vec<usize> = text
            .lines()
            .filter(|line| line.ends_with(" n "))
            .map(|line| line[..10].parse().unwrap())
            .collect();
        assert!(file[rows[0]..].starts_with(b"1 0 obj") && file[rows[1]..].starts_with(b"2 0 obj"));
    }
}
