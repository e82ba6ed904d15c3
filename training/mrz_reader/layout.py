"""Sizes shared by the network and the strips it is taught with."""

import numpy as np

HEIGHT, STRIDE = 32, 4
BLANK, IGNORE = 0, 255


def centres_of_columns(width):
    """Centre of each output column in pixels: the paddings of the two strided convolutions put it at 4 j + 3."""
    return np.arange(width // STRIDE) * STRIDE + 3


class Chance:
    """Draws from `self.rng`."""

    def uniform(self, low, high):
        return self.rng.uniform(low, high)

    def chance(self, probability):
        return self.rng.random() < probability
