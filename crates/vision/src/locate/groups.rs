//! Chains that lie one below the other like the lines of a machine-readable zone.

use super::chains::Chain;
use crate::geometry::Point;

/// Parallel rows from the top of the page down, if read in the direction of `direction`.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) chains: Vec<Chain>,
    /// How much speaks for it: cells seen, weighted.
    pub(crate) support: f32,
}

impl Group {
    /// The row in which most cells were seen.
    pub(crate) fn lead(&self) -> &Chain {
        self.chains.iter().max_by_key(|chain| chain.seen).expect("a group has a chain")
    }
}

/// Joins chains that continue one another: a glare or a stamp cut a row in two.
pub(super) fn join_fragments(mut chains: Vec<Chain>) -> Vec<Chain> {
    chains.sort_by_key(|chain| std::cmp::Reverse(chain.seen));
    let mut joined: Vec<Chain> = Vec::new();
    'next: for chain in chains {
        for kept in &mut joined {
            if let Some(longer) = continuation(kept, &chain) {
                *kept = longer;
                continue 'next;
            }
        }
        joined.push(chain);
    }
    joined
}

/// Cells between two fragments at most.
const WIDEST_CUT: f32 = 16.0;
/// Cells in the longest line, and a few for specks beside it.
const LONGEST_ROW: f32 = 47.0;

fn continuation(kept: &Chain, other: &Chain) -> Option<Chain> {
    if other.seen > kept.seen || !alike(kept.pitch(), other.pitch(), 1.12) || !alike(kept.cap, other.cap, 1.6)
    {
        return None;
    }
    let direction = kept.direction();
    if direction.cross(other.direction()).abs() > 0.08 {
        return None;
    }
    let other_ends =
        [kept.row.nearest(other.row.at(other.first)), kept.row.nearest(other.row.at(other.last))];
    let low = other_ends[0].min(other_ends[1]);
    let high = other_ends[0].max(other_ends[1]);
    let cut = (low - kept.last).max(kept.first - high);
    if !(-3.0..=WIDEST_CUT).contains(&cut) || high.max(kept.last) - low.min(kept.first) > LONGEST_ROW {
        return None;
    }
    let near_end = if low > kept.last { low } else { high };
    let beside = (other.centre() - kept.row.at(kept.row.nearest(other.centre()))).length();
    let tolerance = kept.pitch() * (0.45 + 0.02 * cut.max(0.0));
    if beside > tolerance || !near_end.is_finite() {
        return None;
    }
    let mut cells = kept.cells.clone();
    for &(_, point) in &other.cells {
        let cell = kept.row.nearest(point).round();
        if !cells.iter().any(|&(taken, _)| (taken - cell).abs() < 0.5) {
            cells.push((cell, point));
        }
    }
    Chain::from_cells(cells, kept.cap)
}

fn alike(one: f32, other: f32, factor: f32) -> bool {
    one < other * factor && other < one * factor
}

/// Distance between neighbouring lines in pitches. ICAO 9303 has 2.5 (TD3) and 2.5 (TD1); prints differ.
const LINE_SPACING: std::ops::RangeInclusive<f32> = 1.3..=4.6;

/// Rows considered at most, best supported first: a bound on the pairs to compare, far above what a page has.
const MOST_ROWS: usize = 80;

/// Groups of one, two and three rows, the best supported first.
pub(super) fn groups(mut chains: Vec<Chain>) -> Vec<Group> {
    chains.sort_by(|a, b| support(b).total_cmp(&support(a)));
    chains.truncate(MOST_ROWS);
    let mut groups = Vec::new();
    for top in &chains {
        let below = next_below(top, &chains);
        for second in &below {
            for third in next_below(second, &chains) {
                if even(top, second, third) {
                    groups.push(group(&[top, second, third]));
                }
            }
            groups.push(group(&[top, second]));
        }
        groups.push(group(&[top]));
    }
    groups
}

fn group(chains: &[&Chain]) -> Group {
    let support = chains.iter().map(|chain| support(chain)).sum();
    Group { chains: chains.iter().map(|&chain| chain.clone()).collect(), support }
}

/// Cells seen, less where many cells between them are empty: running text leaves holes where words end.
fn support(chain: &Chain) -> f32 {
    let coverage = chain.seen as f32 / (chain.last - chain.first + 1.0);
    (chain.seen as f32).min(44.0) * coverage
}

/// Offset from one chain to another across the reading direction, in pitches, positive downwards.
fn offset(from: &Chain, to: &Chain) -> f32 {
    let beside = to.row.at(to.row.nearest(from.centre()));
    (beside - from.centre()).dot(from.direction().down()) / from.pitch()
}

fn next_below<'chains>(top: &Chain, chains: &'chains [Chain]) -> Vec<&'chains Chain> {
    chains
        .iter()
        .filter(|below| {
            alike(top.pitch(), below.pitch(), 1.12)
                && alike(top.cap, below.cap, 1.6)
                && top.direction().dot(below.direction()) > 0.99
                && LINE_SPACING.contains(&offset(top, below))
                && overlap(top, below) > 0.3
        })
        .collect()
}

/// Share of the shorter chain that lies beside the longer one.
fn overlap(one: &Chain, other: &Chain) -> f32 {
    let direction = one.direction();
    let span = |chain: &Chain| {
        let along = |point: Point| point.dot(direction);
        let (a, b) = (along(chain.row.at(chain.first)), along(chain.row.at(chain.last)));
        (a.min(b), a.max(b))
    };
    let (one, other) = (span(one), span(other));
    let shared = one.1.min(other.1) - one.0.max(other.0);
    shared / (one.1 - one.0).min(other.1 - other.0).max(1.0)
}

fn even(top: &Chain, second: &Chain, third: &Chain) -> bool {
    alike(offset(top, second), offset(second, third), 1.25)
}
