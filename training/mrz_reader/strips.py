"""Synthetic line strips: 32-row grey windows and, for each output column, what stands there."""

import cv2
import numpy as np

import glyphs
import text
from camera import Camera
from glyphs import CAP, CELL_H, CELL_W
from layout import BLANK, HEIGHT, IGNORE, centres_of_columns
from paper import Paper

WINDOW = 512
CANVAS_H = 5 * CAP
CLASS = {char: i + 1 for i, char in enumerate(text.ALPHABET)}
# Characters that are, or resemble, a character when turned by 180 degrees.
TURNABLE = "0OHINSXZ8B6953EMWUQD17L"
# What the locator aims at: cap height and pitch in pixels of the strip.
USUAL_CAP, USUAL_PITCH = 19.0, 18.5


class Generator(Paper, Camera):
    def __init__(self, seed, level=1.0):
        """`level` scales every disturbance: 0.4 is a clean scan, 1 a bad photograph."""
        self.rng = np.random.default_rng(seed)
        self.level = level
        self.width = WINDOW
        self.faces, self.weights = glyphs.load_all()

    # ---- the line as a mask -------------------------------------------------------------------

    def paste_line(self, canvas, line, face, start, row, pitch, jitter, scale):
        """Draws `line` with its first cell centre at `start`; returns the centres."""
        rng = self.rng
        if face.proportional:
            widths = np.array([face.advances[c] for c in line]) * pitch / face.advance
            centres = start + np.cumsum(widths) - widths / 2 - widths[0] / 2
        else:
            centres = start + np.arange(len(line)) * pitch
        centres = centres + rng.normal(0, jitter * pitch, len(line))
        rows = row + rng.normal(0, jitter * 8, len(line)) + np.cumsum(rng.normal(0, jitter, len(line)))
        width = max(8, round(CELL_W * scale))
        for char, x, y in zip(line, centres, rows):
            mask = face.masks[char]
            if width != CELL_W:
                mask = cv2.resize(mask, (width, CELL_H), interpolation=cv2.INTER_LINEAR)
            left, top = round(x - width / 2), round(y - CELL_H / 2)
            a, b = max(left, 0), min(left + width, canvas.shape[1])
            if a >= b or top < 0 or top + CELL_H > CANVAS_H:
                continue
            spot = canvas[top : top + CELL_H, a:b]
            np.maximum(spot, mask[:, a - left : b - left], out=spot)
        return centres

    def stroke(self, canvas):
        """Heavier or lighter ink."""
        kind = self.rng.random()
        if kind < 0.30:
            size = int(self.rng.integers(2, 4 if kind < 0.2 else 5))
            return cv2.dilate(canvas, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
        if kind < 0.42:
            return cv2.erode(canvas, np.ones((2, 2), np.uint8))
        if kind < 0.5:
            # dry or broken print
            holes = (self.rng.random((CANVAS_H // 3, canvas.shape[1] // 3)) < self.uniform(0.05, 0.3)).astype(np.uint8)
            holes = cv2.resize(holes * 255, (canvas.shape[1], CANVAS_H), interpolation=cv2.INTER_LINEAR)
            return cv2.subtract(canvas, cv2.GaussianBlur(holes, (0, 0), 1.2))
        return canvas

    def maps(self, cap, pitch_scale, start_x):
        """The sampling maps canvas <- strip, with tilt, bend, perspective, slant and a little elasticity."""
        rng, level = self.rng, self.level
        x = np.arange(self.width, dtype=np.float32)
        u = x / self.width - 0.5
        per_px = CAP / cap
        stretch = rng.normal(0, 0.05 * level)
        along = (x + stretch * self.width * (u * u - 0.25)) * per_px / pitch_scale + start_x
        free = (HEIGHT - cap) / 2
        offset = np.clip(rng.normal(0, 0.45), -1.1, 1.1) * free * 0.8
        drift = np.clip(rng.normal(0, 0.35 * level), -0.9, 0.9) * max(free, 2.0)
        bend = rng.normal(0, 0.25 * level) * free
        middle = HEIGHT / 2 + offset + drift * u + bend * (u * u * 4 - 0.5)
        grow = 1 + rng.normal(0, 0.06 * level) * u
        y = np.arange(HEIGHT, dtype=np.float32)[:, None]
        map_y = (y + 0.5 - middle) * per_px * grow + CANVAS_H / 2
        slant = rng.normal(0, 0.06 * level)
        map_x = along[None, :] + slant * (map_y - CANVAS_H / 2)
        if self.chance(0.5 * level):
            warp = rng.normal(0, self.uniform(0.2, 1.0), (2, 4, 40)).astype(np.float32)
            map_x = map_x + cv2.resize(warp[0], (self.width, HEIGHT), interpolation=cv2.INTER_CUBIC)
            map_y = map_y + cv2.resize(warp[1], (self.width, HEIGHT), interpolation=cv2.INTER_CUBIC)
        return map_x.astype(np.float32), map_y.astype(np.float32), along

    def scales(self, face):
        """Cap height, pitch on the canvas, stretch along the line and glyph size of a new line."""
        rng = self.rng
        spacing = self.uniform(0.9, 1.18) if self.chance(0.85) else self.uniform(0.8, 1.45)
        glyph_scale = self.uniform(0.85, 1.12) if spacing < 1.2 else self.uniform(0.9, 1.3)
        pitch = face.advance * spacing
        if self.chance(0.75):
            cap = np.clip(USUAL_CAP * rng.normal(1, 0.13), 13, 26)
            return cap, pitch, USUAL_PITCH * np.clip(rng.normal(1, 0.06), 0.8, 1.25) / (pitch * cap / CAP), glyph_scale
        cap = self.uniform(13, 25.5)
        natural = pitch * cap / CAP
        return cap, pitch, np.clip(self.uniform(0.85, 1.25), 11.5 / natural, 30 / natural), glyph_scale

    def begin(self, length):
        """Where the window starts relative to the line: anywhere from before it to well before its end."""
        kind = self.rng.random()
        if kind < 0.4:
            return -self.uniform(0, 90)
        if kind < 0.75:
            return length - self.width + self.uniform(0, 90)
        return self.uniform(-60, max(length - self.width + 60, 0))

    def line_mask(self, line, whole=False):
        """Ink coverage of a window over a line (or of the whole line), its labels and its cap height."""
        rng, level = self.rng, self.level
        face = self.faces[rng.choice(len(self.faces), p=self.weights)]
        cap, pitch, pitch_scale, glyph_scale = self.scales(face)
        length = len(line) * pitch * cap / CAP * pitch_scale
        begin = self.begin(length)
        if whole:
            begin = -self.uniform(5, 40)
            self.width = int(length - begin + self.uniform(5, 40)) // 4 * 4
        per_px = CAP / cap / pitch_scale
        canvas_w = int(self.width * per_px * 1.25) + 2 * CELL_W
        start_x = canvas_w * 0.1
        first = start_x - begin * per_px + pitch / 2
        canvas = np.zeros((CANVAS_H, canvas_w), np.uint8)
        jitter = abs(rng.normal(0, 0.02)) * level
        centres = self.paste_line(canvas, line, face, first, CANVAS_H / 2, pitch, jitter, glyph_scale)
        gap = self.uniform(1.6, 2.6) * CAP
        for side in (-1, 1):
            row = CANVAS_H / 2 + side * gap
            if self.chance(0.45) and CELL_H / 2 < row < CANVAS_H - CELL_H / 2:
                self.paste_line(canvas, text.line(rng), face, first, row, pitch, jitter, glyph_scale)
        canvas = self.stroke(canvas)
        map_x, map_y, along = self.maps(cap, pitch_scale, start_x)
        mask = self.sample(canvas, map_x, map_y, max(per_px, CAP / cap))
        where = np.interp(centres_of_columns(self.width), np.arange(self.width), along)
        return mask, self.labels(line, centres, where), cap

    def turned(self, mask, labels):
        """The same line upside down: nothing, except where a turned character may pass for another."""
        turnable = np.isin(labels, [CLASS[c] for c in TURNABLE])
        return mask[::-1, ::-1], np.where((labels == IGNORE) | turnable, IGNORE, BLANK).astype(np.uint8)[::-1]

    def sample(self, canvas, map_x, map_y, shrink):
        sigma = 0.38 * shrink * self.uniform(0.7, 1.2)
        canvas = cv2.GaussianBlur(canvas, (0, 0), sigma)
        return cv2.remap(canvas, map_x, map_y, cv2.INTER_LINEAR, borderValue=0).astype(np.float32) / 255

    @staticmethod
    def labels(line, centres, where):
        """Character near a cell's centre, blank between cells and outside, unknown at the cell's shoulders."""
        order = np.argsort(centres)
        centres = centres[order]
        classes = np.array([CLASS[c] for c in line], np.uint8)[order]
        gaps = np.diff(centres)
        room = np.minimum(np.append(gaps, gaps[-1]), np.insert(gaps, 0, gaps[0]))
        nearest = np.abs(where[:, None] - centres[None, :]).argmin(1)
        distance = np.abs(where - centres[nearest]) / room[nearest]
        out = np.where(distance < 0.27, classes[nearest], IGNORE)
        return np.where(distance > 0.40, BLANK, out).astype(np.uint8)

    def prose_mask(self):
        rng = self.rng
        cap = self.uniform(10, 24)
        canvas = np.zeros((CANVAS_H, int(self.width * CAP / cap * 1.3) + 100), np.uint8)
        x = int(self.uniform(0, 60))
        path = glyphs.PROSE_FACES[rng.integers(len(glyphs.PROSE_FACES))]
        while x < canvas.shape[1] - 40:
            part = glyphs.prose_mask(rng, text.prose(rng), path, CANVAS_H)
            width = min(part.shape[1], canvas.shape[1] - x)
            canvas[:, x : x + width] = part[:, :width]
            x += width + int(self.uniform(10, 200))
        map_x, map_y, _ = self.maps(cap, 1.0, 10)
        return self.sample(canvas, map_x, map_y, CAP / cap), np.full(self.width // 4, BLANK, np.uint8), cap

    def photograph(self, mask, labels, cap):
        image = self.ink(self.paper(), mask)
        image, labels = self.cover(np.ascontiguousarray(image, np.float32), labels)
        return self.resample(self.blur(image.astype(np.float32), cap), cap), labels

    def window(self):
        """One training window (uint8, 32 x 512) and its 128 column labels."""
        self.width = WINDOW
        kind = self.rng.random()
        if kind < 0.90:
            mask, labels, cap = self.line_mask(text.line(self.rng))
        elif kind < 0.935:
            mask, labels, cap = self.line_mask(text.line(self.rng))
            mask, labels = self.turned(mask, labels)
        elif kind < 0.985:
            mask, labels, cap = self.prose_mask()
        else:
            mask = np.zeros((HEIGHT, WINDOW), np.float32)
            labels, cap = np.full(WINDOW // 4, BLANK, np.uint8), 20.0
        return self.photograph(mask, labels, cap)

    def whole_line(self, line):
        """A strip with the whole line and a little margin, for evaluation."""
        mask, labels, cap = self.line_mask(line, whole=True)
        return self.photograph(mask, labels, cap)[0]

    def batch(self, count):
        pairs = [self.window() for _ in range(count)]
        return np.stack([p[0] for p in pairs]), np.stack([p[1] for p in pairs])
