//! Reads one rectified line of a machine-readable zone: a small network of ours says for every four pixel columns
//! which character stands there, and a fixed-pitch grid laid over its answers says how many there are.
//!
//! The network and how it was trained: `training/mrz_reader/README.md`.

mod cells;
mod grid;
mod scores;
mod strip;

#[cfg(test)]
mod tests;

use image::GrayImage;
use model::reading::LineReading;
use rten::Model;
use thiserror::Error;

use crate::workers::Workers;
use grid::Grid;
use scores::Scores;

const NETWORK: &[u8] = include_bytes!("../models/mrz_reader.onnx");

/// The score of a strip in which nothing can be read.
pub const UNREADABLE: f32 = -10.0;

/// A line read at this score or better needs no second look.
const GOOD: f32 = -0.2;

/// Below this there is no text of ours in the strip, and other scales will not find it.
const HOPELESS: f32 = -3.5;

/// The distance between characters, in pixels of the network's input, at which it reads best.
const COMFORTABLE_PITCH: f32 = 18.0;

/// Why the line reader could not be built or run: the committed network does not fit this program.
#[derive(Debug, Error)]
pub enum ReaderError {
    /// The network's file is not one that the engine can load.
    #[error("the line reader's network does not load: {0}")]
    Load(String),
}

/// A line and how sure the reader is that it is one.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// 30, 36 or 44 glyphs where a whole machine-readable line was found.
    pub line: LineReading,
    /// Mean log-probability per cell that these characters, and nothing else, stand on an even grid: above −0.3 for
    /// a clear line, below −1 for text that is not a machine-readable line, [`UNREADABLE`] for an empty strip.
    pub score: f32,
}

/// The network, loaded once and shared between threads; each reading computes on one thread of its own.
pub struct LineReader {
    network: Model,
    workers: Workers,
}

impl LineReader {
    /// Loads the network that is part of the program.
    pub fn new() -> Result<Self, ReaderError> {
        let network =
            Model::load_static_slice(NETWORK).map_err(|error| ReaderError::Load(error.to_string()))?;
        Ok(Self { network, workers: Workers::new() })
    }

    /// Reads an upright grey crop of one text line: capitals 45–80 % of its height, some margin left and right.
    /// Any size is accepted; below 12 pixels of height little can be read.
    pub fn read(&self, strip: &GrayImage) -> Scored {
        if strip.width() == 0 || strip.height() == 0 {
            return nothing();
        }
        let (mut best, grid) = self.read_at(strip, strip::Window::whole(strip));
        if best.score >= GOOD || best.score <= HOPELESS {
            return best;
        }
        for window in strip::Window::alternatives(strip, grid.map(|grid| grid.pitch_px() / COMFORTABLE_PITCH))
        {
            let (other, _) = self.read_at(strip, window);
            if other.score > best.score {
                best = other;
            }
        }
        best
    }

    fn read_at(&self, strip: &GrayImage, window: strip::Window) -> (Scored, Option<Grid>) {
        let Some(scores) = self.scores(window.input(strip)) else {
            return (nothing(), None);
        };
        let Some(grid) = Grid::fit(&scores) else {
            return (nothing(), None);
        };
        let (line, certainty) = cells::read(&scores, &grid);
        let cells = grid.centres.len() as f32;
        let score = ((certainty + grid.spacing_fit) / cells).max(UNREADABLE);
        (Scored { line, score }, Some(grid))
    }

    /// The network's answer, or nothing if the engine refuses the strip, which no strip of ours has made it do.
    fn scores(&self, input: strip::Input) -> Option<Scores> {
        let output =
            self.workers.run(|options| self.network.run_one(input.tensor.into(), Some(options))).ok()?;
        Scores::from_output(output)
    }
}

fn nothing() -> Scored {
    Scored { line: LineReading { glyphs: Vec::new() }, score: UNREADABLE }
}
