"""Synthetic line strips: 32 x 512 grey windows and, for each of the 128 output columns, what stands there."""

import cv2
import numpy as np

import glyphs
import text
from glyphs import CAP, CELL_H, CELL_W

HEIGHT, WIDTH, STRIDE = 32, 512, 4
COLUMNS = WIDTH // STRIDE
# Centre of output column j in pixels: the paddings of the two strided convolutions put it at 4 j + 3.
CENTRES = np.arange(COLUMNS) * STRIDE + 3
BLANK, IGNORE = 0, 255
CANVAS_H = 5 * CAP
CLASS = {char: i + 1 for i, char in enumerate(text.ALPHABET)}


class Generator:
    def __init__(self, seed, level=1.0):
        """`level` scales every disturbance: 0.4 is a clean scan, 1 a bad photograph."""
        self.rng = np.random.default_rng(seed)
        self.level = level
        self.faces, self.weights = glyphs.load_all()

    def uniform(self, low, high):
        return self.rng.uniform(low, high)

    def chance(self, probability):
        return self.rng.random() < probability

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
        x = np.arange(WIDTH, dtype=np.float32)
        u = x / WIDTH - 0.5
        per_px = CAP / cap
        stretch = rng.normal(0, 0.05 * level)
        along = (x + stretch * WIDTH * (u * u - 0.25)) * per_px / pitch_scale + start_x
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
            map_x = map_x + cv2.resize(warp[0], (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
            map_y = map_y + cv2.resize(warp[1], (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
        return map_x.astype(np.float32), map_y.astype(np.float32), along

    def line_mask(self):
        """Ink coverage of a window over a line, its labels and its cap height."""
        rng, level = self.rng, self.level
        face = self.faces[rng.choice(len(self.faces), p=self.weights)]
        cap = self.uniform(13.5, 25.5)
        # pitch in canvas pixels: OCR-B's own is 0.83 of the cap height
        spacing = self.uniform(0.9, 1.18) if self.chance(0.85) else self.uniform(0.8, 1.45)
        glyph_scale = self.uniform(0.85, 1.12) if spacing < 1.2 else self.uniform(0.9, 1.3)
        pitch = face.advance * spacing
        pitch_scale = np.clip(self.uniform(0.85, 1.25), 11.5 / (pitch * cap / CAP), 30 / (pitch * cap / CAP))
        line = text.line(rng)
        out_pitch = pitch * cap / CAP * pitch_scale
        length = len(line) * out_pitch
        # the window starts anywhere from well before the line to well before its end
        kind = rng.random()
        if kind < 0.4:
            begin = -self.uniform(0, 120)
        elif kind < 0.75:
            begin = length - WIDTH + self.uniform(0, 120)
        else:
            begin = self.uniform(-60, max(length - WIDTH + 60, 0))
        per_px = CAP / cap / pitch_scale
        canvas_w = int(WIDTH * per_px * 1.25) + 2 * CELL_W
        start_x = canvas_w * 0.1
        first = start_x - begin * per_px + pitch / 2
        canvas = np.zeros((CANVAS_H, canvas_w), np.uint8)
        jitter = abs(rng.normal(0, 0.02)) * level
        centres = self.paste_line(canvas, line, face, first, CANVAS_H / 2, pitch, jitter, glyph_scale)
        gap = self.uniform(1.6, 2.6) * CAP
        for side in (-1, 1):
            row = CANVAS_H / 2 + side * gap
            if self.chance(0.45) and CELL_H / 2 < row < CANVAS_H - CELL_H / 2:
                other = text.line(rng)
                self.paste_line(canvas, other, face, first, row, pitch, jitter, glyph_scale)
        canvas = self.stroke(canvas)
        map_x, map_y, along = self.maps(cap, pitch_scale, start_x)
        mask = self.sample(canvas, map_x, map_y, max(per_px, CAP / cap))
        where = np.interp(CENTRES, np.arange(WIDTH), along)
        return mask, self.labels(line, centres, where), cap

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
        canvas = np.zeros((CANVAS_H, int(WIDTH * CAP / cap * 1.3) + 100), np.uint8)
        x = int(self.uniform(0, 60))
        path = glyphs.PROSE_FACES[rng.integers(len(glyphs.PROSE_FACES))]
        while x < canvas.shape[1] - 40:
            part = glyphs.prose_mask(rng, text.prose(rng), path, CANVAS_H)
            width = min(part.shape[1], canvas.shape[1] - x)
            canvas[:, x : x + width] = part[:, :width]
            x += width + int(self.uniform(10, 200))
        map_x, map_y, _ = self.maps(cap, 1.0, 10)
        return self.sample(canvas, map_x, map_y, CAP / cap), np.full(COLUMNS, BLANK, np.uint8), cap

    # ---- paper, ink and light -------------------------------------------------------------------

    def noise_field(self, rows, cols, amplitude):
        field = self.rng.normal(0, amplitude, (max(rows, 1), max(cols, 1))).astype(np.float32)
        return cv2.resize(field, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)

    def paper(self):
        """Background in 0..255: shade, security pattern, texture and what lies beside the line."""
        rng, level = self.rng, self.level
        base = self.uniform(120, 255) if self.chance(0.85) else self.uniform(60, 160)
        out = np.full((HEIGHT, WIDTH), base, np.float32)
        if self.chance(0.7):
            out += self.noise_field(2, int(rng.integers(2, 8)), self.uniform(2, 25) * level)
        if self.chance(0.45 * level):
            out += self.guilloche(self.uniform(4, 45))
        if self.chance(0.35 * level):
            out += self.noise_field(int(rng.integers(4, 16)), int(rng.integers(40, 200)), self.uniform(2, 16))
        if self.chance(0.2 * level):
            period, angle = self.uniform(2.5, 12), self.uniform(0, np.pi)
            x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
            out += self.uniform(3, 22) * np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / period)
        if self.chance(0.25 * level):
            edge, grey = int(self.uniform(0, 60)), self.uniform(0, 255)
            if self.chance(0.5):
                out[:, :edge] = grey
            else:
                out[:, WIDTH - edge :] = grey
        if self.chance(0.15 * level):
            row, grey = int(rng.choice([self.uniform(0, 5), self.uniform(27, 32)])), self.uniform(0, 220)
            if row < 16:
                out[:row] = grey
            else:
                out[row:] = grey
        return out

    def guilloche(self, strength):
        rng = self.rng
        layer = np.zeros((HEIGHT, WIDTH), np.uint8)
        x = np.arange(-8, WIDTH + 16, 6)
        count = int(rng.integers(2, 14))
        period, amplitude = self.uniform(30, 400), self.uniform(3, 40)
        phase = self.uniform(0, 7)
        slope = rng.normal(0, 0.1)
        spread = self.uniform(3, 14)
        for i in range(count):
            y = (i - count / 2) * spread + 16 + amplitude * np.sin(x / period * 6.28 + phase + i * 0.15) + slope * (x - 256)
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
                a = (int(self.uniform(0, WIDTH)), int(self.uniform(0, HEIGHT)))
                b = (int(a[0] + self.uniform(-150, 150)), int(self.uniform(0, HEIGHT)))
                cv2.line(image, a, b, self.uniform(0, 255), 1, cv2.LINE_AA)
        if self.chance(0.14 * level):
            x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
            cx, cy = self.uniform(0, WIDTH), self.uniform(-10, 42)
            spot = np.exp(-(((x - cx) / self.uniform(10, 80)) ** 2 + ((y - cy) / self.uniform(6, 30)) ** 2))
            image = image + spot * self.uniform(40, 220)
        if self.chance(0.05 * level):
            left = int(self.uniform(0, WIDTH - 60))
            width = int(self.uniform(12, 90))
            image[:, left : left + width] = self.uniform(0, 255) + rng.normal(0, 6, (HEIGHT, 1))
            labels = np.where((CENTRES > left + 3) & (CENTRES < left + width - 3), BLANK, labels)
            shoulder = (np.abs(CENTRES - left) <= 10) | (np.abs(CENTRES - left - width) <= 10)
            labels = np.where(shoulder & (labels != BLANK), IGNORE, labels)
        return image, labels

    # ---- the camera -----------------------------------------------------------------------------

    def blur(self, image, cap):
        kind = self.rng.random()
        if kind < 0.45:
            return cv2.GaussianBlur(image, (0, 0), self.uniform(0.3, 0.085 * cap) * (0.5 + 0.5 * self.level))
        if kind < 0.62:
            length = int(self.rng.integers(2, max(3, int(0.26 * cap * self.level) + 2)))
            kernel = np.zeros((length * 2 + 1,) * 2, np.float32)
            angle = self.uniform(0, np.pi)
            dx, dy = np.cos(angle) * length / 2, np.sin(angle) * length / 2
            ends = [(round(length + s * dx), round(length + s * dy)) for s in (-1, 1)]
            cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_AA)
            return cv2.filter2D(image, -1, kernel / max(kernel.sum(), 1e-3))
        if kind < 0.70:
            soft = cv2.GaussianBlur(image, (0, 0), 1.2)
            return image + (image - soft) * self.uniform(0.3, 2.0)
        return image

    def resample(self, image, cap):
        """The strip as a camera with few pixels saw it, compressed, then enlarged again."""
        rng, level = self.rng, self.level
        real = self.uniform(6.5, 12) if self.chance(0.5 * level) else self.uniform(9, 26)
        factor = min(real / cap, 1.0)
        width, height = max(64, round(WIDTH * factor)), max(8, round(HEIGHT * factor))
        small = image
        if factor < 0.97:
            how = (cv2.INTER_AREA, cv2.INTER_AREA, cv2.INTER_LINEAR)[rng.integers(3)]
            small = cv2.resize(image, (width, height), interpolation=how)
        small = small + rng.normal(0, abs(rng.normal(0, 6)) * level, small.shape)
        small = np.clip(small, 0, 255).astype(np.uint8)
        if self.chance(0.65):
            quality = int(self.uniform(25, 96) if self.chance(level * 0.6) else self.uniform(65, 96))
            pads = rng.integers(0, 8, 2)
            framed = cv2.copyMakeBorder(small, int(pads[0]), 0, int(pads[1]), 0, cv2.BORDER_REPLICATE)
            _, data = cv2.imencode(".jpg", framed, [cv2.IMWRITE_JPEG_QUALITY, quality])
            small = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)[pads[0] :, pads[1] :]
        if small.shape != (HEIGHT, WIDTH):
            how = (cv2.INTER_LINEAR, cv2.INTER_LINEAR, cv2.INTER_CUBIC)[rng.integers(3)]
            small = cv2.resize(small, (WIDTH, HEIGHT), interpolation=how)
        return small

    def sample_one(self):
        """One window (uint8, 32 x 512) and its 128 column labels."""
        kind = self.rng.random()
        if kind < 0.93:
            mask, labels, cap = self.line_mask()
        elif kind < 0.985:
            mask, labels, cap = self.prose_mask()
        else:
            mask, labels, cap = np.zeros((HEIGHT, WIDTH), np.float32), np.full(COLUMNS, BLANK, np.uint8), 20.0
        image = self.ink(self.paper(), mask)
        image, labels = self.cover(np.ascontiguousarray(image, np.float32), labels)
        image = self.resample(self.blur(image.astype(np.float32), cap), cap)
        return image, labels

    def batch(self, count):
        pairs = [self.sample_one() for _ in range(count)]
        return np.stack([p[0] for p in pairs]), np.stack([p[1] for p in pairs])
