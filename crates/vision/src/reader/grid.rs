//! How many characters, and where: the most probable row of evenly spaced cells over the network's answers.
//!
//! Machine-readable lines are monospaced, and 30, 36 or 44 characters long. A run of fillers has nothing but its
//! spacing to count it by, so the cells are placed all together: dynamic programming over their centres rewards a
//! character at each, nothing between them and nothing beside the line, and charges for uneven steps.

use super::scores::Scores;

/// Positions are half columns.
const PER_COLUMN: usize = 2;
const PX_PER_COLUMN: f32 = 4.0;
/// Cell counts of machine-readable lines.
const WHOLE: [usize; 3] = [30, 36, 44];
const MAX_CELLS: usize = 50;
/// How much better a count that no document has must explain the strip before it is believed (nats).
const ODD_COUNT: f32 = 7.0;
/// A row this good per cell (nats) leaves nothing for another pitch to explain.
const CLEAR: f32 = -0.25;
/// No single column may count for more than this against a grid (nats): covers, scratches, glare.
const WORST: f32 = -5.0;
/// A step 10 % off the pitch costs a hundredth of this.
const UNEVEN: f32 = 25.0;
/// Steps considered, relative to the pitch.
const TOLERANCE: f32 = 0.22;
/// Distances between characters considered, in columns.
const PITCHES: (f32, f32) = (2.5, 9.5);

/// The cells of a line.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// Centre of each cell in columns of the network's answer.
    pub(super) centres: Vec<f32>,
    /// Mean distance between neighbours in columns.
    pub(super) pitch: f32,
    /// Log-probability of everything but the characters: nothing between the cells nor beside the line, even steps.
    pub(super) spacing_fit: f32,
}

impl Grid {
    /// The best grid, or nothing if the strip is narrower than a character.
    pub(super) fn fit(scores: &Scores) -> Option<Self> {
        let evidence = Evidence::of(scores);
        let mut best: Option<(f32, Row)> = None;
        for pitch in likely_pitches(scores) {
            let Some(row) = best_row(&evidence, pitch * PER_COLUMN as f32) else {
                continue;
            };
            let rank = row.total - if WHOLE.contains(&row.centres.len()) { 0.0 } else { ODD_COUNT };
            let clear = rank > CLEAR * row.centres.len() as f32;
            if best.as_ref().is_none_or(|(other, _)| rank > *other) {
                best = Some((rank, row));
            }
            if clear {
                break;
            }
        }
        best.map(|(_, row)| row.into_grid(&evidence))
    }

    /// Distance between characters in pixels of the network's input.
    pub(super) fn pitch_px(&self) -> f32 {
        self.pitch * PX_PER_COLUMN
    }
}

/// Log-probabilities at half columns that something, and that nothing, is written there.
struct Evidence {
    written: Vec<f32>,
    empty: Vec<f32>,
}

impl Evidence {
    fn of(scores: &Scores) -> Self {
        let last = scores.len() - 1;
        let halves = (0..=last * PER_COLUMN).map(|at| {
            let (left, right) = (at / PER_COLUMN, at.div_ceil(PER_COLUMN));
            f32::midpoint(scores.written(left), scores.written(right.min(last)))
        });
        let (written, empty) = halves.map(|p| (p.ln().max(WORST), (1.0 - p).ln().max(WORST))).unzip();
        Self { written, empty }
    }

    fn len(&self) -> usize {
        self.written.len()
    }

    /// Running sums of "nothing here", so that a pitch's width of margin weighs as much as a cell and its border.
    fn margins(&self, pitch: f32) -> Vec<f32> {
        let mut sum = 0.0;
        let mut sums = vec![0.0];
        for empty in &self.empty {
            sum += empty * 2.0 / pitch;
            sums.push(sum);
        }
        sums
    }
}

/// A placed row: centres in half columns and its log-probability.
struct Row {
    centres: Vec<usize>,
    total: f32,
}

impl Row {
    fn into_grid(self, evidence: &Evidence) -> Grid {
        let written: f32 = self.centres.iter().map(|&at| evidence.written[at]).sum();
        let span = self.centres.last().unwrap_or(&0) - self.centres.first().unwrap_or(&0);
        let pitch = (span as f32 / (self.centres.len().max(2) - 1) as f32).max(1.0) / PER_COLUMN as f32;
        let centres = self.centres.iter().map(|&at| at as f32 / PER_COLUMN as f32).collect();
        Grid { centres, pitch, spacing_fit: self.total - written }
    }
}

/// The pitches at which "written" repeats most strongly (its spectrum's highest peaks).
fn likely_pitches(scores: &Scores) -> Vec<f32> {
    const STEPS: usize = 72;
    let written: Vec<f32> = (0..scores.len()).map(|at| scores.written(at)).collect();
    let mean = written.iter().sum::<f32>() / written.len() as f32;
    let pitch_at = |step: usize| PITCHES.0 * (PITCHES.1 / PITCHES.0).powf(step as f32 / (STEPS - 1) as f32);
    let power: Vec<f32> = (0..STEPS)
        .map(|step| {
            // Horner's scheme on the unit circle: one rotation per column
            let (sin, cos) = (std::f32::consts::TAU / pitch_at(step)).sin_cos();
            let turn = |(re, im): (f32, f32)| (re * cos - im * sin, re * sin + im * cos);
            let wave = written.iter().fold((0.0, 0.0), |wave, value| {
                let (re, im) = turn(wave);
                (re + value - mean, im)
            });
            wave.0.hypot(wave.1)
        })
        .collect();
    let mut peaks: Vec<usize> = (0..STEPS)
        .filter(|&i| (i == 0 || power[i] >= power[i - 1]) && (i + 1 == STEPS || power[i] > power[i + 1]))
        .collect();
    peaks.sort_by(|&a, &b| power[b].total_cmp(&power[a]));
    peaks.truncate(3);
    peaks.into_iter().map(pitch_at).collect()
}

/// The best row for this pitch (in half columns) over all cell counts.
fn best_row(evidence: &Evidence, pitch: f32) -> Option<Row> {
    let margins = evidence.margins(pitch);
    let half = (pitch / 2.0).round() as usize;
    let steps = Steps::around(pitch);
    let mut totals: Vec<f32> =
        (0..evidence.len()).map(|at| margins[at.saturating_sub(half)] + evidence.written[at]).collect();
    let mut back: Vec<Vec<u8>> = Vec::new();
    let mut best: Option<(f32, f32, usize, usize)> = None;
    for count in 1..=MAX_CELLS {
        let closing = |at: usize| margins[evidence.len()] - margins[(at + half).min(evidence.len())];
        let end = (0..totals.len())
            .max_by(|&a, &b| (totals[a] + closing(a)).total_cmp(&(totals[b] + closing(b))))?;
        let total = totals[end] + closing(end);
        let rank = total - if WHOLE.contains(&count) { 0.0 } else { ODD_COUNT };
        if total.is_finite() && best.is_none_or(|(other, ..)| rank > other) {
            best = Some((rank, total, count, end));
        }
        let (next, from) = steps.advance(evidence, &totals);
        totals = next;
        back.push(from);
    }
    let (_, total, count, end) = best?;
    Some(Row { centres: trace(&back[..count - 1], end), total })
}

fn trace(back: &[Vec<u8>], end: usize) -> Vec<usize> {
    let mut at = end;
    let mut centres = vec![at];
    for from in back.iter().rev() {
        at -= usize::from(from[at]);
        centres.push(at);
    }
    centres.reverse();
    centres
}

/// The distances a neighbour may have and what each costs.
struct Steps(Vec<(usize, f32)>);

impl Steps {
    fn around(pitch: f32) -> Self {
        let shortest = ((pitch * (1.0 - TOLERANCE)).ceil() as usize).max(1);
        let longest = (pitch * (1.0 + TOLERANCE)).floor() as usize;
        let cost = |step: usize| UNEVEN * ((step as f32 - pitch) / pitch).powi(2);
        Self((shortest..=longest.max(shortest)).map(|step| (step, cost(step))).collect())
    }

    /// One more cell to the right: best totals by its centre, and how far back its neighbour is.
    fn advance(&self, evidence: &Evidence, totals: &[f32]) -> (Vec<f32>, Vec<u8>) {
        let mut next = vec![f32::NEG_INFINITY; totals.len()];
        let mut from = vec![0; totals.len()];
        for &(step, cost) in &self.0 {
            for at in step..totals.len() {
                let total = totals[at - step] + evidence.empty[at - step / 2] + evidence.written[at] - cost;
                if total > next[at] {
                    next[at] = total;
                    from[at] = step as u8;
                }
            }
        }
        (next, from)
    }
}
