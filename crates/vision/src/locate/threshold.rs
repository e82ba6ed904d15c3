//! Which pixels are ink: darker than their neighbourhood by enough.

use image::GrayImage;

/// How ink is told from paper.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    /// Half the side of the square neighbourhood, in pixels.
    pub(super) radius: usize,
    /// How many standard deviations of the neighbourhood ink is darker than its mean. Thin background patterns
    /// under the text stay above this, the text itself does not.
    pub(super) deviations: f32,
    /// Grey levels that ink is darker than the mean at least, against noise on plain paper.
    pub(super) contrast: i32,
}

/// One byte per pixel: 1 for ink.
pub(super) fn ink(image: &GrayImage, rule: Ink) -> Vec<u8> {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let source = image.as_raw();
    let mut mask = vec![0u8; width * height];
    let mut sums = vec![0u32; width];
    let mut squares = vec![0u32; width];
    let add = |sums: &mut [u32], squares: &mut [u32], y: usize| {
        for ((sum, square), &v) in sums.iter_mut().zip(squares.iter_mut()).zip(&source[y * width..][..width])
        {
            *sum += u32::from(v);
            *square += u32::from(v) * u32::from(v);
        }
    };
    let remove = |sums: &mut [u32], squares: &mut [u32], y: usize| {
        for ((sum, square), &v) in sums.iter_mut().zip(squares.iter_mut()).zip(&source[y * width..][..width])
        {
            *sum -= u32::from(v);
            *square -= u32::from(v) * u32::from(v);
        }
    };
    for y in 0..rule.radius.min(height) {
        add(&mut sums, &mut squares, y);
    }
    for y in 0..height {
        if y + rule.radius < height {
            add(&mut sums, &mut squares, y + rule.radius);
        }
        if y > rule.radius {
            remove(&mut sums, &mut squares, y - rule.radius - 1);
        }
        let rows = (y + rule.radius).min(height - 1) + 1 - y.saturating_sub(rule.radius);
        let row = y * width..(y + 1) * width;
        mark(&source[row.clone()], (&sums, &squares), rows, rule, &mut mask[row]);
    }
    mask
}

/// One row, with the column sums of its neighbourhood.
fn mark(source: &[u8], (sums, squares): (&[u32], &[u32]), rows: usize, rule: Ink, mask: &mut [u8]) {
    let width = source.len();
    let mut sum: u32 = sums[..rule.radius.min(width)].iter().sum();
    let mut square: u32 = squares[..rule.radius.min(width)].iter().sum();
    let spread = rule.deviations * rule.deviations;
    for x in 0..width {
        if x + rule.radius < width {
            sum += sums[x + rule.radius];
            square += squares[x + rule.radius];
        }
        if x > rule.radius {
            sum -= sums[x - rule.radius - 1];
            square -= squares[x - rule.radius - 1];
        }
        let columns = (x + rule.radius).min(width - 1) + 1 - x.saturating_sub(rule.radius);
        let share = 1.0 / (rows * columns) as f32;
        let mean = sum as f32 * share;
        let variance = square as f32 * share - mean * mean;
        let darker = mean - f32::from(source[x]);
        mask[x] = u8::from(darker >= rule.contrast as f32 && darker * darker > spread * variance);
    }
}
