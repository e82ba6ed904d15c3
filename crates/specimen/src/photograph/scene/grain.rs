//! A tile of noise that repeats, looked up instead of computed for every pixel.

use crate::dice::Dice;

const SIDE: usize = 256;

pub(crate) struct Grain(Vec<f32>);

impl Grain {
    pub(crate) fn new(dice: &mut Dice) -> Grain {
        Grain((0..SIDE * SIDE).map(|_| dice.between(0.0, 1.0)).collect())
    }

    /// Independent from one whole number to the next, 0 to 1.
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        self.cell(floor(x), floor(y))
    }

    /// Smooth between whole numbers, 0 to 1.
    pub(crate) fn smooth(&self, x: f32, y: f32) -> f32 {
        let (column, row) = (floor(x), floor(y));
        let ease = |share: f32| share * share * (3.0 - 2.0 * share);
        let (u, v) = (ease(x - column as f32), ease(y - row as f32));
        let upper = self.cell(column, row) * (1.0 - u) + self.cell(column + 1, row) * u;
        let lower = self.cell(column, row + 1) * (1.0 - u) + self.cell(column + 1, row + 1) * u;
        upper * (1.0 - v) + lower * v
    }

    fn cell(&self, column: i32, row: i32) -> f32 {
        // The side is a power of two, so wrapping is a mask, for negative numbers too.
        self.0[(row as usize & (SIDE - 1)) * SIDE + (column as usize & (SIDE - 1))]
    }
}

/// `f32::floor` is a library call on processors that we may not assume the newest of.
pub(crate) fn floor(value: f32) -> i32 {
    let whole = value as i32;
    whole - i32::from((whole as f32) > value)
}
