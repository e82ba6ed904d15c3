//! Follows what a page draws, forms within it included: where pictures are placed, which text is shown where, and what
//! is painted over.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use super::font::{Font, Fonts};

/// Instructions of one page.
const MOST: usize = 400_000;
/// Forms within forms.
const DEEPEST: usize = 8;

/// A map of the plane: `x' = a x + c y + e`, `y' = b x + d y + f` (ISO 32000-1 §8.3.3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one first, then the other.
    pub(super) fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Self([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    fn of(numbers: [Number; 6]) -> Self {
        Self(numbers.map(|number| number.as_f64()))
    }
}

/// Something that a page shows, in page points from the upper left.
pub(super) enum Mark<'m, 'a> {
    /// A picture, drawn on the unit square under this map.
    Picture { stream: &'m Stream<'a>, resources: &'m Resources<'a>, place: Matrix },
    /// Text along its baseline.
    Text { text: String, from: (f64, f64), to: (f64, f64), size: f64, font: &'m str },
    /// An area painted in one colour: its corners.
    Area { corners: [(f64, f64); 2], white: bool },
}

/// What is in force while drawing.
#[derive(Clone)]
struct State {
    map: Matrix,
    white: bool,
    font: Option<std::rc::Rc<Font>>,
    size: f64,
    spacing: (f64, f64),
    scale: f64,
    leading: f64,
    rise: f64,
}

impl State {
    /// The colour of what is painted and the setting of text (ISO 32000-1 §8.6.8, §9.3).
    fn follow(&mut self, operation: &Op<'_, '_>) {
        match operation {
            Op::NonStrokeColorDeviceGray(op) => self.white = is_white(&[op.0]),
            Op::NonStrokeColorDeviceRgb(op) => self.white = is_white(&[op.0, op.1, op.2]),
            Op::NonStrokeColorCmyk(op) => {
                self.white = [op.0, op.1, op.2, op.3].iter().all(|ink| ink.as_f64() < 0.02);
            }
            Op::NonStrokeColor(op) => self.white = is_white(&op.0),
            Op::NonStrokeColorNamed(op) => self.white = op.1.is_none() && is_white(&op.0),
            Op::CharacterSpacing(op) => self.spacing.0 = op.0.as_f64(),
            Op::WordSpacing(op) => self.spacing.1 = op.0.as_f64(),
            Op::HorizontalScaling(op) => self.scale = op.0.as_f64() / 100.0,
            Op::TextLeading(op) => self.leading = op.0.as_f64(),
            Op::TextRise(op) => self.rise = op.0.as_f64(),
            _ => {}
        }
    }
}

/// Where the line began, and where text is shown next.
struct At {
    line: Matrix,
    text: Matrix,
}

impl At {
    /// The next line begins so far from the beginning of this one.
    fn below(&mut self, x: f64, y: f64) {
        self.line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.line);
        self.text = self.line;
    }
}

struct Walk<'w, 'a> {
    tell: &'w mut dyn FnMut(Mark<'_, 'a>),
    fonts: Fonts,
    left: usize,
}

/// Tells of everything that a page draws.
pub(super) fn page<'a>(page: &Page<'a>, tell: &mut dyn FnMut(Mark<'_, 'a>)) {
    let start = State {
        map: Matrix(page.initial_transform(true).as_coeffs()),
        white: false,
        font: None,
        size: 0.0,
        spacing: (0.0, 0.0),
        scale: 1.0,
        leading: 0.0,
        rise: 0.0,
    };
    let mut walk = Walk { tell, fonts: Fonts::default(), left: MOST };
    walk.content(page.typed_operations(), page.resources(), &start, DEEPEST);
}

impl<'a> Walk<'_, 'a> {
    fn content(
        &mut self,
        mut operations: TypedIter<'_>,
        resources: &Resources<'a>,
        start: &State,
        depth: usize,
    ) {
        let mut stack: Vec<State> = Vec::new();
        let mut state = start.clone();
        let mut at = At { line: Matrix::ONE, text: Matrix::ONE };
        let mut areas: Vec<[(f64, f64); 2]> = Vec::new();
        while let Some(operation) = operations.next() {
            self.left = self.left.saturating_sub(1);
            if self.left == 0 {
                return;
            }
            match operation {
                Op::SaveState(_) if stack.len() < 512 => stack.push(state.clone()),
                Op::RestoreState(_) => state = stack.pop().unwrap_or(state),
                Op::Transform(op) => {
                    state.map = Matrix::of([op.0, op.1, op.2, op.3, op.4, op.5]).then(state.map);
                }
                // Inline images are small by rule (§8.9.7): passed over.
                Op::XObject(op) => self.object(op.0, resources, &state, depth),
                Op::RectPath(op) => areas.push(corners(state.map, [op.0, op.1, op.2, op.3])),
                Op::FillPathNonZero(_)
                | Op::FillPathNonZeroCompatibility(_)
                | Op::FillPathEvenOdd(_)
                | Op::FillAndStrokeNonZero(_)
                | Op::FillAndStrokeEvenOdd(_) => {
                    for corners in areas.drain(..) {
                        (self.tell)(Mark::Area { corners, white: state.white });
                    }
                }
                Op::EndPath(_) | Op::StrokePath(_) | Op::CloseAndStrokePath(_) => areas.clear(),
                Op::TextFont(op) => {
                    state.font = resources.get_font(op.0).map(|font| self.fonts.get(&font));
                    state.size = op.1.as_f64();
                }
                other => {
                    state.follow(&other);
                    self.write(&other, &mut state, &mut at);
                }
            }
        }
    }

    /// Moves to where text is shown next, and shows it (ISO 32000-1 §9.4).
    fn write(&mut self, operation: &Op<'_, '_>, state: &mut State, at: &mut At) {
        match operation {
            Op::BeginText(_) => *at = At { line: Matrix::ONE, text: Matrix::ONE },
            Op::SetTextMatrix(op) => {
                let line = Matrix::of([op.0, op.1, op.2, op.3, op.4, op.5]);
                *at = At { line, text: line };
            }
            Op::NextLine(op) => at.below(op.0.as_f64(), op.1.as_f64()),
            Op::NextLineAndSetLeading(op) => {
                state.leading = -op.1.as_f64();
                at.below(op.0.as_f64(), op.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => at.below(0.0, -state.leading),
            Op::ShowText(op) => self.show(op.0.as_bytes(), state, &mut at.text),
            Op::NextLineAndShowText(op) => {
                at.below(0.0, -state.leading);
                self.show(op.0.as_bytes(), state, &mut at.text);
            }
            Op::ShowTextWithParameters(op) => {
                state.spacing = (op.1.as_f64(), op.0.as_f64());
                at.below(0.0, -state.leading);
                self.show(op.2.as_bytes(), state, &mut at.text);
            }
            Op::ShowTexts(op) => self.show_parts(op.0, state, &mut at.text),
            _ => {}
        }
    }

    /// A picture, or a form with content of its own.
    fn object(&mut self, name: &Name<'_>, resources: &Resources<'a>, state: &State, depth: usize) {
        let Some(stream) = resources.get_x_object(name) else { return };
        let dict = stream.dict().clone();
        let kind = dict.get::<Name<'_>>("Subtype");
        match kind.as_ref().map(Name::as_str) {
            Some("Image") => {
                (self.tell)(Mark::Picture { stream: &stream, resources, place: state.map });
            }
            Some("Form") if depth > 0 => {
                let Ok(data) = stream.decoded_data() else { return };
                let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
                let map = dict.get::<[f64; 6]>("Matrix").map_or(Matrix::ONE, Matrix);
                let inside = State { map: map.then(state.map), ..state.clone() };
                self.content(TypedIter::new(&data), own.as_ref().unwrap_or(resources), &inside, depth - 1);
            }
            _ => {}
        }
    }

    fn show(&mut self, codes: &[u8], state: &State, text: &mut Matrix) {
        let Some(font) = &state.font else { return };
        let (shown, advance, count, spaces) = font.decode(codes);
        let (extra, word) = state.spacing;
        let width = (advance * state.size + extra * count as f64 + word * spaces as f64) * state.scale;
        let map = text.then(state.map);
        let (from, to) = (map.apply(0.0, state.rise), map.apply(width, state.rise));
        let (up_x, up_y) = map.apply(0.0, state.rise + state.size);
        let size = (up_x - from.0).hypot(up_y - from.1);
        if !shown.is_empty() && size.is_finite() {
            (self.tell)(Mark::Text { text: shown, from, to, size, font: &font.name });
        }
        *text = Matrix([1.0, 0.0, 0.0, 1.0, width, 0.0]).then(*text);
    }

    fn show_parts(&mut self, parts: &Array<'_>, state: &State, text: &mut Matrix) {
        for part in parts.iter::<Object<'_>>() {
            match part {
                Object::String(codes) => self.show(codes.as_bytes(), state, text),
                Object::Number(shift) => {
                    let by = -shift.as_f64() / 1000.0 * state.size * state.scale;
                    *text = Matrix([1.0, 0.0, 0.0, 1.0, by, 0.0]).then(*text);
                }
                _ => {}
            }
        }
    }
}

fn corners(map: Matrix, [x, y, width, height]: [Number; 4]) -> [(f64, f64); 2] {
    let (x, y) = (x.as_f64(), y.as_f64());
    [map.apply(x, y), map.apply(x + width.as_f64(), y + height.as_f64())]
}

fn is_white(components: &[Number]) -> bool {
    !components.is_empty() && components.iter().all(|component| component.as_f64() > 0.98)
}
