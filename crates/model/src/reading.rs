//! What a recogniser saw, character by character, before anyone decided what it means.
//!
//! `vision` produces these, `document` resolves them with check digits; neither needs the other.

/// One possible character for a cell and how sure the recogniser is of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// `A`–`Z`, `0`–`9` or the filler `<`.
    pub character: char,
    /// Probability in `0.0..=1.0`; the candidates of one glyph sum to at most 1.
    pub confidence: f32,
}

/// One character cell of a machine-readable line.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// At least one candidate, most likely first.
    pub candidates: Vec<Candidate>,
}

impl Glyph {
    /// A glyph that is certain, for text that did not come from pixels.
    pub fn certain(character: char) -> Self {
        Self { candidates: vec![Candidate { character, confidence: 1.0 }] }
    }

    /// The most likely character and its confidence; the filler with no confidence if the recogniser broke its
    /// promise and left the cell empty.
    pub fn best(&self) -> Candidate {
        self.candidates.first().copied().unwrap_or(Candidate { character: '<', confidence: 0.0 })
    }
}

/// One line of text as recognised, left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct LineReading {
    /// 30, 36 or 44 glyphs for a machine-readable line that was read whole; fewer or more otherwise.
    pub glyphs: Vec<Glyph>,
}

impl LineReading {
    /// The line made of each cell's most likely character.
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.best().character).collect()
    }

    /// A certain line, for text that did not come from pixels.
    pub fn certain(text: &str) -> Self {
        Self { glyphs: text.chars().map(Glyph::certain).collect() }
    }
}
