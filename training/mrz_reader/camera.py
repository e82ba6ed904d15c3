"""What a camera does to a strip: blur, few pixels, noise, compression."""

import cv2
import numpy as np

from layout import HEIGHT, Chance


class Camera(Chance):
    """Takes the picture; needs `width` and `level`."""

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
        width, height = max(64, round(self.width * factor)), max(8, round(HEIGHT * factor))
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
        if small.shape != (HEIGHT, self.width):
            how = (cv2.INTER_LINEAR, cv2.INTER_LINEAR, cv2.INTER_CUBIC)[rng.integers(3)]
            small = cv2.resize(small, (self.width, HEIGHT), interpolation=how)
        return small
