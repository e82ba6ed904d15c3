//! What a file tells of how it was made and changed, without judging it (ISO 32000-1 §7.5.6, §12.8, §14.3).

use std::collections::BTreeSet;

use hayro_syntax::metadata::Metadata;
use hayro_syntax::object::{DateTime, Dict, Name, Object};
use hayro_syntax::page::Page;

use super::dict;
use super::walk::{self, Mark};

/// The facts of a file.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// ISO 8601 as the file says it.
    pub created: Option<String>,
    pub modified: Option<String>,
    /// The program that wrote the document, and the one that made the PDF.
    pub creator: Option<String>,
    pub producer: Option<String>,
    pub is_encrypted: bool,
    /// How often the file was added to after it was first written.
    pub updates: usize,
    pub is_signed: bool,
    /// Whether anything was added after the last signature.
    pub changed_after_signing: bool,
    /// Whether it holds programs.
    pub has_javascript: bool,
    pub has_attachments: bool,
    /// Names of typefaces, sorted.
    pub fonts: Vec<String>,
    /// Text that lies under something white, on which other text was set.
    pub overlays: Vec<Overlay>,
}

/// A place where text was covered and other text set.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    /// From one.
    pub page: usize,
    /// Left, top, width and height in points from the page's upper left.
    pub place: [f64; 4],
    /// Width and height of the page in points.
    pub page_size: [f64; 2],
}

/// Objects whose actions are looked at.
const MOST_OBJECTS: usize = 20_000;

pub(super) fn of<'p, 'a: 'p>(file: &hayro_syntax::Pdf, pages: impl Iterator<Item = &'p Page<'a>>) -> Facts {
    let bytes: &[u8] = file.data().as_ref();
    let Metadata { creation_date, modification_date, creator, producer, .. } = file.metadata();
    let (mut fonts, mut overlays) = (BTreeSet::new(), Vec::new());
    for (index, page) in pages.enumerate() {
        look_at(page, index + 1, &mut fonts, &mut overlays);
    }
    let signed_to = last_signed_byte(bytes);
    let ends = positions(bytes, b"%%EOF");
    let linearised = bytes[..bytes.len().min(2048)].windows(11).any(|word| word == b"/Linearized");
    let marks = Marks::of(file);
    Facts {
        created: creation_date.as_ref().map(instant),
        modified: modification_date.as_ref().map(instant),
        creator: creator.as_deref().map(text),
        producer: producer.as_deref().map(text),
        is_encrypted: !positions(bytes, b"/Encrypt").is_empty(),
        updates: ends.len().saturating_sub(1 + usize::from(linearised)),
        is_signed: signed_to.is_some(),
        // White space may follow.
        changed_after_signing: signed_to.is_some_and(|end| end + 16 < bytes.len()),
        has_javascript: marks.javascript,
        has_attachments: marks.attachments,
        fonts: fonts.into_iter().collect(),
        overlays,
    }
}

#[derive(Default)]
struct Marks {
    javascript: bool,
    attachments: bool,
}

impl Marks {
    fn of(file: &hayro_syntax::Pdf) -> Self {
        let mut marks = Self::default();
        for object in file.objects().into_iter().take(MOST_OBJECTS) {
            let own = match &object {
                Object::Dict(dict) => dict.clone(),
                Object::Stream(stream) => stream.dict().clone(),
                _ => continue,
            };
            marks.javascript |= is_script(&own)
                || ["OpenAction", "A", "AA", "Names"].iter().any(|key| {
                    dict(&own, key.as_bytes())
                        .is_some_and(|inner| is_script(&inner) || inner.contains_key("JavaScript"))
                });
            marks.attachments |= own.contains_key("EmbeddedFiles")
                || own.get::<Name<'_>>("Type").is_some_and(|kind| kind.as_str() == "EmbeddedFile");
        }
        marks
    }
}

fn is_script(dict: &Dict<'_>) -> bool {
    dict.contains_key("JS") || dict.get::<Name<'_>>("S").is_some_and(|kind| kind.as_str() == "JavaScript")
}

fn look_at(page: &Page<'_>, number: usize, fonts: &mut BTreeSet<String>, overlays: &mut Vec<Overlay>) {
    let (width, height) = page.render_dimensions();
    let page_size = [f64::from(width), f64::from(height)];
    let mut texts: Vec<[f64; 4]> = Vec::new();
    let mut covers: Vec<[f64; 4]> = Vec::new();
    walk::page(page, &mut |mark| match mark {
        Mark::Text { from, to, size, font, text } if !text.trim().is_empty() => {
            fonts.insert(font.to_owned());
            let place = [from.0.min(to.0), from.1 - 0.7 * size, from.0.max(to.0), from.1];
            // The same words again, over their cover: somebody set something else here.
            if let Some(cover) = covers.iter().find(|cover| overlap(cover, &place) > 0.5)
                && overlays.len() < 20
            {
                let [left, top, right, bottom] = *cover;
                overlays.push(Overlay {
                    page: number,
                    place: [left, top, right - left, bottom - top],
                    page_size,
                });
            }
            if texts.len() < 5_000 {
                texts.push(place);
            }
        }
        Mark::Area { corners: [(x, y), (u, v)], white: true } if covers.len() < 500 => {
            let area = [x.min(u), y.min(v), x.max(u), y.max(v)];
            let whole = (area[2] - area[0]) * (area[3] - area[1]) > 0.5 * page_size[0] * page_size[1];
            if !whole && texts.iter().any(|text| overlap(&area, text) > 0.6) {
                covers.push(area);
            }
        }
        _ => {}
    });
}

/// The share of `inner` that lies within `outer`.
fn overlap(outer: &[f64; 4], inner: &[f64; 4]) -> f64 {
    let side = |low: usize| (outer[low + 2].min(inner[low + 2]) - outer[low].max(inner[low])).max(0.0);
    let size = (inner[2] - inner[0]) * (inner[3] - inner[1]);
    if size > 0.0 { side(0) * side(1) / size } else { 0.0 }
}

/// Where the last signature's bytes end: `/ByteRange [a b c d]` covers up to `c + d`.
fn last_signed_byte(bytes: &[u8]) -> Option<usize> {
    let ends = positions(bytes, b"/ByteRange").into_iter().filter_map(|at| {
        let rest = &bytes[at..bytes.len().min(at + 200)];
        let list = rest.split(|byte| *byte == b'[').nth(1)?.split(|byte| *byte == b']').next()?;
        let numbers: Vec<usize> = std::str::from_utf8(list)
            .ok()?
            .split_whitespace()
            .filter_map(|number| number.parse().ok())
            .collect();
        match numbers[..] {
            [_, _, start, length] => start.checked_add(length),
            _ => None,
        }
    });
    ends.max()
}

fn positions(bytes: &[u8], word: &[u8]) -> Vec<usize> {
    let found = bytes.windows(word.len()).enumerate().filter(|(_, window)| *window == word);
    found.map(|(at, _)| at).take(1000).collect()
}

/// `PDFDocEncoding`, or UTF-16 with its mark.
fn text(bytes: &[u8]) -> String {
    let decoded = match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> =
                rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        plain => plain.iter().map(|byte| char::from(*byte)).collect(),
    };
    decoded.chars().filter(|character| !character.is_control()).take(200).collect()
}

/// ISO 8601 with the offset that the file gives.
fn instant(at: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, second, .. } = at;
    let sign = if at.utc_offset_hour < 0 { '-' } else { '+' };
    let (hours, minutes) = (at.utc_offset_hour.unsigned_abs(), at.utc_offset_minute);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{sign}{hours:02}:{minutes:02}")
}

#[cfg(test)]
mod tests {
    use super::{last_signed_byte, overlap};

    #[test]
    fn a_byte_range_says_where_the_signature_ends() {
        assert_eq!(last_signed_byte(b"<< /ByteRange [0 100 300 50] >>"), Some(350));
        assert_eq!(last_signed_byte(b"<< /ByteRange [0 1] >>"), None);
    }

    #[test]
    fn what_lies_within_overlaps_whole() {
        assert!((overlap(&[0.0, 0.0, 10.0, 10.0], &[2.0, 2.0, 4.0, 4.0]) - 1.0).abs() < 1e-9);
        assert!(overlap(&[0.0, 0.0, 1.0, 1.0], &[2.0, 2.0, 4.0, 4.0]).abs() < 1e-9);
    }
}
