//! Pages: where each line, rule and picture goes, and what it means to a reader that listens.

use krilla::image::Image;
use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::lettering::{Lettering, Weight};

/// ISO 216 A4 in points.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
pub(super) const MARGIN: f32 = 48.0;
const TOP: f32 = 72.0;
const BOTTOM: f32 = HEIGHT - 64.0;
pub(super) const INNER: f32 = WIDTH - 2.0 * MARGIN;
const SIZE: f32 = 9.0;
const LEADING: f32 = 13.0;
const LABELS: f32 = 150.0;
/// Longest side of a thumbnail.
const THUMBNAIL: f32 = 150.0;

/// Red, green, blue.
pub(super) type Colour = (u8, u8, u8);
pub(super) const INK: Colour = (23, 28, 38);
pub(super) const FAINT: Colour = (91, 99, 112);
const LINE: Colour = (217, 221, 227);
const GOOD: Colour = (17, 99, 53);
const BAD: Colour = (158, 27, 27);
const OPEN: Colour = (138, 82, 0);

/// Something on a page.
pub(super) enum Draw {
    Text { text: String, x: f32, y: f32, size: f32, weight: Weight, colour: Colour },
    Rule { x: f32, y: f32, width: f32, height: f32, colour: Colour },
    Picture { image: Image, x: f32, y: f32, width: f32, height: f32 },
}

/// A drawing and the element that it belongs to; none for what only decorates.
pub(super) struct Item {
    pub(super) draw: Draw,
    pub(super) element: Option<usize>,
}

/// An element of the document's structure, in reading order.
pub(super) struct Element {
    pub(super) kind: TagKind,
    pub(super) parent: Option<usize>,
}

/// A thumbnail with what it shows.
pub(super) struct Thumbnail {
    pub(super) image: Image,
    pub(super) shows: String,
}

/// The document as laid out so far.
pub(super) struct Paper {
    pub(super) lettering: Lettering,
    pub(super) pages: Vec<Vec<Item>>,
    pub(super) elements: Vec<Element>,
    /// Headings with the page and height where they stand.
    pub(super) outline: Vec<(String, usize, f32)>,
    y: f32,
}

impl Paper {
    pub(super) fn new() -> Self {
        Self {
            lettering: Lettering::new(),
            pages: vec![Vec::new()],
            elements: Vec::new(),
            outline: Vec::new(),
            y: TOP,
        }
    }

    /// The name of the document, over everything.
    pub(super) fn title(&mut self, text: &str) {
        self.headline(text, 1, 20.0);
    }

    /// A new part; it never stands alone at the foot of a page.
    pub(super) fn heading(&mut self, text: &str, status: Option<&str>) {
        self.y += 14.0;
        self.room(70.0);
        let heading = match status {
            Some(status) => format!("{text}: {status}"),
            None => text.to_owned(),
        };
        self.headline(&heading, 2, 12.5);
        self.put(
            Draw::Rule {
                x: MARGIN,
                y: self.y - 5.0,
                width: INNER,
                height: 0.8,
                colour: status.map_or(LINE, colour_of),
            },
            None,
        );
        self.y += 9.0;
    }

    fn headline(&mut self, text: &str, level: u16, size: f32) {
        let shown = self.lettering.shown(text);
        self.outline.push((shown.clone(), self.pages.len() - 1, self.y));
        let level = std::num::NonZeroU16::new(level).expect("levels begin at one");
        let element = self.element(Tag::Hn(level, Some(shown)), None);
        for line in self.lettering.lines(text, Weight::Bold, size, INNER) {
            self.line(line, MARGIN, (size, Weight::Bold, INK), element);
            self.y += size * 1.45;
        }
    }

    /// Running text.
    pub(super) fn paragraph(&mut self, text: &str, colour: Colour) {
        let element = self.element(Tag::P, None);
        for line in self.lettering.lines(text, Weight::Regular, SIZE, INNER) {
            self.room(LEADING);
            self.line(line, MARGIN, (SIZE, Weight::Regular, colour), element);
            self.y += LEADING;
        }
        self.y += 3.0;
    }

    /// A remark of a check: its severity in words and colour, its code, and what it says.
    pub(super) fn remark(&mut self, severity: &str, risk: &str, says: &str) {
        let element = self.element(Tag::P, None);
        let colour = match severity {
            "error" => BAD,
            "warning" => OPEN,
            _ => FAINT,
        };
        self.room(2.0 * LEADING);
        self.line(
            format!("{}: {risk}", capital(severity)),
            MARGIN + 8.0,
            (SIZE, Weight::Bold, colour),
            element,
        );
        self.y += LEADING;
        for line in self.lettering.lines(says, Weight::Regular, SIZE, INNER - 8.0) {
            self.room(LEADING);
            self.line(line, MARGIN + 8.0, (SIZE, Weight::Regular, INK), element);
            self.y += LEADING;
        }
        self.y += 3.0;
    }

    /// Facts under their names.
    pub(super) fn facts(&mut self, rows: &[(String, String)]) {
        if rows.is_empty() {
            return;
        }
        let table = self.element(Tag::Table, None);
        let columns = [LABELS, INNER - LABELS];
        for (name, value) in rows {
            self.row(table, &[name.clone(), value.clone()], &columns, |column| match column {
                0 => (Tag::TH(TableHeaderScope::Row).into(), Weight::Regular, FAINT),
                _ => (Tag::TD.into(), Weight::Regular, INK),
            });
        }
    }

    /// A table with a head; `shares` of the width add up to one.
    pub(super) fn table(&mut self, head: &[&str], rows: &[Vec<String>], shares: &[f32]) {
        let columns: Vec<f32> = shares.iter().map(|share| share * INNER).collect();
        let table = self.element(Tag::Table, None);
        let head: Vec<String> = head.iter().map(|&name| name.to_owned()).collect();
        self.row(table, &head, &columns, |_| (Tag::TH(TableHeaderScope::Column).into(), Weight::Bold, FAINT));
        for cells in rows {
            self.row(table, cells, &columns, |_| (Tag::TD.into(), Weight::Regular, INK));
        }
    }

    /// One row, as high as its highest cell; a cell that is longer than a page goes on on the next.
    fn row(
        &mut self,
        table: usize,
        cells: &[String],
        columns: &[f32],
        style: impl Fn(usize) -> (TagKind, Weight, Colour),
    ) {
        let row = self.element(Tag::TR, Some(table));
        let mut texts = Vec::new();
        for (index, (cell, width)) in cells.iter().zip(columns).enumerate() {
            let (kind, weight, colour) = style(index);
            let lines = self.lettering.lines(cell, weight, SIZE, width - 8.0);
            texts.push((self.element(kind, Some(row)), lines, weight, colour));
        }
        let height = texts.iter().map(|(_, lines, ..)| lines.len()).max().unwrap_or(1);
        self.room((height.min(6) as f32) * LEADING);
        for at in 0..height {
            self.room(LEADING);
            let mut x = MARGIN;
            for ((element, lines, weight, colour), width) in texts.iter().zip(columns) {
                if let Some(line) = lines.get(at).filter(|line| !line.is_empty()) {
                    self.line(line.clone(), x, (SIZE, *weight, *colour), *element);
                }
                x += width;
            }
            self.y += LEADING;
        }
        self.put(Draw::Rule { x: MARGIN, y: self.y - 9.5, width: INNER, height: 0.4, colour: LINE }, None);
        self.y += 2.5;
    }

    /// Thumbnails side by side, each with its name under it.
    pub(super) fn thumbnails(&mut self, thumbnails: Vec<Thumbnail>) {
        let per_row = (INNER / (THUMBNAIL + 12.0)).floor() as usize;
        let mut left = thumbnails.into_iter().peekable();
        while left.peek().is_some() {
            let row: Vec<Thumbnail> = left.by_ref().take(per_row).collect();
            let height = row.iter().map(|one| fitted(one.image.size()).1).fold(0.0, f32::max);
            self.room(height + 2.0 * LEADING);
            for (index, Thumbnail { image, shows }) in row.into_iter().enumerate() {
                let x = MARGIN + index as f32 * (THUMBNAIL + 12.0);
                let shows = self.lettering.shown(&shows);
                let figure = self.element(Tag::Figure(Some(shows.clone())), None);
                let (width, own) = fitted(image.size());
                self.put(Draw::Picture { image, x, y: self.y - 6.0, width, height: own }, Some(figure));
                let caption = self.element(Tag::P, None);
                let text = self.lettering.lines(&shows, Weight::Regular, 8.0, THUMBNAIL).swap_remove(0);
                let y = self.y + own + 5.0;
                let draw = Draw::Text { text, x, y, size: 8.0, weight: Weight::Regular, colour: FAINT };
                self.put(draw, Some(caption));
            }
            self.y += height + 2.0 * LEADING;
        }
    }

    fn line(&mut self, text: String, x: f32, (size, weight, colour): (f32, Weight, Colour), element: usize) {
        self.put(Draw::Text { text, x, y: self.y, size, weight, colour }, Some(element));
    }

    fn put(&mut self, draw: Draw, element: Option<usize>) {
        self.pages.last_mut().expect("there is a first page").push(Item { draw, element });
    }

    fn element(&mut self, kind: impl Into<TagKind>, parent: Option<usize>) -> usize {
        self.elements.push(Element { kind: kind.into(), parent });
        self.elements.len() - 1
    }

    /// Goes on on the next page if this one has less room.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
    }
}

/// Within the square of a thumbnail, never enlarged.
fn fitted((width, height): (u32, u32)) -> (f32, f32) {
    let (width, height) = (width as f32, height as f32);
    let scale = (THUMBNAIL / width.max(height).max(1.0)).min(1.0);
    (width * scale, height * scale)
}

fn colour_of(status: &str) -> Colour {
    match status {
        "Approved" => GOOD,
        "Declined" => BAD,
        _ => OPEN,
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| format!("{}{}", first.to_uppercase(), letters.as_str())).unwrap_or_default()
}
