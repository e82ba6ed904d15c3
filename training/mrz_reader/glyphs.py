"""Glyph masks of the fonts that Debian ships, each in a cell with the cap height at CAP pixels."""

import functools
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from text import ALPHABET

CAP = 32
CELL_W, CELL_H = 56, 64

OCR_B = "/usr/share/fonts/opentype/ocr-b/"
DEJAVU = "/usr/share/fonts/truetype/dejavu/"
COURIER = "/usr/share/fonts/opentype/urw-base35/"
LIBERATION = "/usr/share/fonts/truetype/liberation/"

# (file, weight, keeps its own advance widths)
FACES = (
    (OCR_B + "OCRB.otf", 60, False),
    (OCR_B + "OCRBS.otf", 8, False),
    (OCR_B + "OCRBL.otf", 2, False),
    (DEJAVU + "DejaVuSansMono.ttf", 5, False),
    (DEJAVU + "DejaVuSansMono-Bold.ttf", 2, False),
    (LIBERATION + "LiberationMono-Regular.ttf", 6, False),
    (LIBERATION + "LiberationMono-Bold.ttf", 5, False),
    (LIBERATION + "LiberationSans-Regular.ttf", 5, False),
    (LIBERATION + "LiberationSans-Bold.ttf", 2, False),
    (DEJAVU + "DejaVuSans.ttf", 2, False),
    (COURIER + "NimbusMonoPS-Regular.otf", 4, False),
    (COURIER + "NimbusMonoPS-Bold.otf", 4, False),
    (LIBERATION + "LiberationSans-Regular.ttf", 1, True),
)
PROSE_FACES = (
    OCR_B + "OCRB.otf",
    LIBERATION + "LiberationMono-Regular.ttf",
    LIBERATION + "LiberationSans-Regular.ttf",
    LIBERATION + "LiberationSans-Bold.ttf",
    LIBERATION + "LiberationSerif-Regular.ttf",
    DEJAVU + "DejaVuSans.ttf",
    DEJAVU + "DejaVuSerif.ttf",
)


@dataclass
class Face:
    """Masks centred in their cells (uint8, CELL_H x CELL_W), the caps' vertical centre at CELL_H / 2."""

    masks: dict
    advance: float
    advances: dict
    proportional: bool


@functools.cache
def font_with_cap(path, cap):
    probe = ImageFont.truetype(path, 200)
    top, bottom = probe.getbbox("H")[1], probe.getbbox("H")[3]
    return ImageFont.truetype(path, round(200 * cap / (bottom - top)))


def load(path, proportional):
    font = font_with_cap(path, CAP)
    box = font.getbbox("H")
    middle = (box[1] + box[3]) / 2
    masks, advances = {}, {}
    for char in ALPHABET:
        image = Image.new("L", (CELL_W, CELL_H), 0)
        advances[char] = font.getlength(char)
        at = (CELL_W / 2 - advances[char] / 2, CELL_H / 2 - middle)
        ImageDraw.Draw(image).text(at, char, font=font, fill=255)
        masks[char] = np.asarray(image)
    return Face(masks, advances["H"], advances, proportional)


def load_all():
    faces = [load(path, proportional) for path, _, proportional in FACES]
    weights = np.array([weight for _, weight, _ in FACES], float)
    return faces, weights / weights.sum()


def prose_mask(rng, text, path, height):
    """A canvas of ordinary text, CAP high, vertically centred in `height` rows."""
    font = font_with_cap(path, CAP)
    box = font.getbbox("H")
    image = Image.new("L", (int(font.getlength(text)) + 8, height), 0)
    ImageDraw.Draw(image).text((4, height / 2 - (box[1] + box[3]) / 2), text, font=font, fill=255)
    return np.asarray(image)
