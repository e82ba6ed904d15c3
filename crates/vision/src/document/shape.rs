//! The proportions that documents have.

/// What a document is, as far as its proportions tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A card of 85.6 by 53.98 mm (ISO/IEC 7810 ID-1).
    Card,
    /// A page of 125 by 88 mm (ID-3), a larger card of 105 by 74 mm (ID-2) or a sheet of A4: all 1 to √2.
    Page,
    /// A sheet of 8.5 by 11 inches.
    Letter,
}

impl Shape {
    const ALL: [Self; 3] = [Self::Card, Self::Page, Self::Letter];

    /// Longer side over shorter side.
    pub fn proportion(self) -> f32 {
        match self {
            Self::Card => 1.586,
            Self::Page => 1.416,
            Self::Letter => 1.294,
        }
    }

    /// The shape nearest to a width over height, lying or standing, and the logarithm of the factor between them.
    pub(super) fn nearest(proportion: f32) -> (Self, f32) {
        let long = proportion.max(1.0 / proportion.max(1e-3)).ln();
        let gap = |shape: Self| (long - shape.proportion().ln()).abs();
        let best = Self::ALL.into_iter().min_by(|a, b| gap(*a).total_cmp(&gap(*b))).unwrap_or(Self::Card);
        (best, gap(best))
    }
}
