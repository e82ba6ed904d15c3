//! The network's answer: for every column of four pixels, log-probabilities of "nothing" and of the 37 characters.

use rten::Value;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

/// "Nothing here" first, then the characters in the order of [`ALPHABET`].
pub(super) const CLASSES: usize = 38;
pub(super) const ALPHABET: [u8; CLASSES - 1] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

/// Log-probabilities by column.
pub(super) struct Scores {
    columns: Vec<[f32; CLASSES]>,
}

impl Scores {
    /// Takes the network's `[1, columns, 38]`; nothing if its shape or type is another.
    pub(super) fn from_output(output: Value) -> Option<Self> {
        let tensor: NdTensor<f32, 3> = output.try_into().ok()?;
        let values = tensor.to_vec();
        let columns: Vec<[f32; CLASSES]> = values.as_chunks::<CLASSES>().0.to_vec();
        (tensor.size(2) == CLASSES && !columns.is_empty()).then_some(Self { columns })
    }

    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn column(&self, at: usize) -> &[f32; CLASSES] {
        &self.columns[at]
    }

    /// Probability that a column shows the middle of a character.
    pub(super) fn written(&self, at: usize) -> f32 {
        (1.0 - self.columns[at][0].exp()).clamp(0.0, 1.0)
    }
}
