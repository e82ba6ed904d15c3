//! Pieces of text on a page, put together to lines.

use hayro_syntax::page::Page;

use super::walk::{self, Mark};

/// A line of text on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub text: String,
    /// Top left, top right, bottom right and bottom left, in fractions of the page's width and height.
    pub corners: [(f32, f32); 4],
}

/// Pieces of one page.
const MOST: usize = 20_000;
/// A gap of this many letter heights parts words, and of this many columns.
const WORD: f64 = 0.16;
const COLUMN: f64 = 1.6;

#[derive(Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) from: (f64, f64),
    pub(super) to: f64,
    pub(super) size: f64,
}

/// The pieces of a page that run from left to right.
fn pieces(page: &Page<'_>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    walk::page(page, &mut |mark| {
        if let Mark::Text { text, from, to, size, .. } = mark {
            let along = (to.1 - from.1).abs() <= 0.2 * (to.0 - from.0).abs() + 1.0;
            if along && to.0 >= from.0 && size > 1.0 && size < 400.0 && pieces.len() < MOST {
                pieces.push(Piece { text, from, to: to.0, size });
            }
        }
    });
    pieces
}

/// The lines of a page from the top.
pub(super) fn of(page: &Page<'_>) -> Vec<Line> {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width).max(1.0), f64::from(height).max(1.0));
    let mut pieces = pieces(page);
    pieces.sort_by(|a, b| {
        let row = |piece: &Piece| (piece.from.1 * 2.0).round();
        row(a).total_cmp(&row(b)).then(a.from.0.total_cmp(&b.from.0))
    });
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let row = rows.iter_mut().rev().take(4).find(|row| {
            let last = &row[row.len() - 1];
            (last.from.1 - piece.from.1).abs() < 0.35 * last.size.max(piece.size)
        });
        match row {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    let mut lines = Vec::new();
    for mut row in rows {
        row.sort_by(|a, b| a.from.0.total_cmp(&b.from.0));
        for part in columns(row) {
            lines.extend(line(&part, width, height));
        }
    }
    lines
}

/// Parts a row where a wide gap is.
fn columns(row: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut parts: Vec<Vec<Piece>> = Vec::new();
    for piece in row {
        let near = parts
            .last()
            .and_then(|part| part.last())
            .is_some_and(|last| piece.from.0 - last.to < COLUMN * last.size.max(piece.size));
        match parts.last_mut() {
            Some(part) if near => part.push(piece),
            _ => parts.push(vec![piece]),
        }
    }
    parts
}

fn line(part: &[Piece], width: f64, height: f64) -> Option<Line> {
    let mut text = String::new();
    let mut end = f64::MIN;
    for piece in part {
        let gap = piece.from.0 - end;
        let parted = text.is_empty() || text.ends_with(' ') || piece.text.starts_with(' ');
        if !parted && gap > WORD * piece.size {
            text.push(' ');
        }
        // Bold by printing twice: the same text in the same place is one.
        if !(gap < -0.5 * (piece.to - piece.from.0) && text.ends_with(piece.text.as_str())) {
            text.push_str(&piece.text);
        }
        end = end.max(piece.to);
    }
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = part.first()?;
    let size = part.iter().map(|piece| piece.size).fold(0.0, f64::max);
    let (left, right) = ((first.from.0 / width) as f32, (end / width) as f32);
    let (top, bottom) =
        (((first.from.1 - 0.8 * size) / height) as f32, ((first.from.1 + 0.2 * size) / height) as f32);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    (!text.is_empty()).then_some(Line { text, corners })
}
