"""Paper, ink, light and what lies on the line."""

import cv2
import numpy as np

from layout import BLANK, HEIGHT, IGNORE, Chance, centres_of_columns


class Paper(Chance):
    """What the line is printed on; needs `width` and `level`."""

    def noise_field(self, rows, cols, amplitude):
        field = self.rng.normal(0, amplitude, (max(rows, 1), max(cols, 1))).astype(np.float32)
        return cv2.resize(field, (self.width, HEIGHT), interpolation=cv2.INTER_CUBIC)

    def paper(self):
        """Background in 0..255: shade, security pattern, texture and what lies beside the line."""
        rng, level = self.rng, self.level
        base = self.uniform(120, 255) if self.chance(0.85) else self.uniform(60, 160)
        out = np.full((HEIGHT, self.width), base, np.float32)
        if self.chance(0.7):
            out += self.noise_field(2, int(rng.integers(2, 8)), self.uniform(2, 25) * level)
        if self.chance(0.45 * level):
            out += self.guilloche(self.uniform(4, 45))
        if self.chance(0.35 * level):
            out += self.noise_field(int(rng.integers(4, 16)), int(rng.integers(40, 200)), self.uniform(2, 16))
        if self.chance(0.2 * level):
            period, angle = self.uniform(2.5, 12), self.uniform(0, np.pi)
            x, y = np.meshgrid(np.arange(self.width), np.arange(HEIGHT))
            out += self.uniform(3, 22) * np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / period)
        if self.chance(0.25 * level):
            edge, grey = int(self.uniform(0, 60)), self.uniform(0, 255)
            if self.chance(0.5):
                out[:, :edge] = grey
            else:
                out[:, self.width - edge :] = grey
        if self.chance(0.15 * level):
            row, grey = int(rng.choice([self.uniform(0, 5), self.uniform(27, 32)])), self.uniform(0, 220)
            if row < 16:
                out[:row] = grey
            else:
                out[row:] = grey
        return out

    def guilloche(self, strength):
        rng = self.rng
        layer = np.zeros((HEIGHT, self.width), np.uint8)
        x = np.arange(-8, self.width + 16, 6)
        count = int(rng.integers(2, 14))
        period, amplitude = self.uniform(30, 400), self.uniform(3, 40)
        phase = self.uniform(0, 7)
        slope = rng.normal(0, 0.1)
        spread = self.uniform(3, 14)
        for i in range(count):
            y = (i - count / 2) * spread + 16 + amplitude * np.sin(x / period * 6.28 + phase + i * 0.15) + slope * (x - self.width / 2)
            points = np.stack([x, y], 1).astype(np.int32).reshape(-1, 1, 2)
            cv2.polylines(layer, [points], False, 255, 1, cv2.LINE_AA)
        sign = -1 if self.chance(0.75) else 1
        return layer.astype(np.float32) / 255 * strength * sign

    def ink(self, paper, mask):
        rng = self.rng
        level = float(np.median(paper))
        contrast = self.uniform(0.45, 1.0) if self.chance(0.75) else self.uniform(0.2, 0.5)
        if self.chance(0.03):
            target = level + (255 - level) * contrast if level < 150 else 255 * contrast
            paper = np.minimum(paper, 140) if level >= 150 else paper
        else:
            target = level * (1 - contrast)
        alpha = mask * self.uniform(0.85, 1.0)
        if self.chance(0.15):
            alpha = alpha * (1 + self.noise_field(3, 24, 0.15))
        if target < level and self.chance(0.85):
            return paper * (1 - alpha * contrast)
        return paper * (1 - alpha) + (target + rng.normal(0, 2)) * alpha

    def cover(self, image, labels):
        """Scratches, glare, and things lying on the line; a wholly covered cell reads as nothing."""
        rng, level = self.rng, self.level
        if self.chance(0.10 * level):
            for _ in range(rng.integers(1, 4)):
                a = (int(self.uniform(0, self.width)), int(self.uniform(0, HEIGHT)))
                b = (int(a[0] + self.uniform(-150, 150)), int(self.uniform(0, HEIGHT)))
                cv2.line(image, a, b, self.uniform(0, 255), 1, cv2.LINE_AA)
        if self.chance(0.14 * level):
            x, y = np.meshgrid(np.arange(self.width), np.arange(HEIGHT))
            cx, cy = self.uniform(0, self.width), self.uniform(-10, 42)
            spot = np.exp(-(((x - cx) / self.uniform(10, 80)) ** 2 + ((y - cy) / self.uniform(6, 30)) ** 2))
            image = image + spot * self.uniform(40, 220)
        if self.chance(0.05 * level):
            left = int(self.uniform(0, self.width - 60))
            width = int(self.uniform(12, 90))
            image[:, left : left + width] = self.uniform(0, 255) + rng.normal(0, 6, (HEIGHT, 1))
            columns = centres_of_columns(self.width)
            labels = np.where((columns > left + 3) & (columns < left + width - 3), BLANK, labels)
            shoulder = (np.abs(columns - left) <= 10) | (np.abs(columns - left - width) <= 10)
            labels = np.where(shoulder & (labels != BLANK), IGNORE, labels)
        return image, labels
