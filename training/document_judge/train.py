"""Fits the weights of crates/vision/src/document/judge/weights.rs.

    python train.py OUT.rs FOLDER=MEASURES...

FOLDER holds photographs with their truth (`cargo run -p specimen --example write -- FOLDER`), MEASURES is what
`cargo run -p vision --example outline -- m:- FOLDER/*.jpg` printed of them. A photograph whose folder's name contains
"empty" shows no document. Needs numpy.
"""

import json
import pathlib
import sys

import numpy as np

HIDDEN = 12


def clip(polygon, edges):
    """The convex polygon's part on the inner side of each edge (Sutherland and Hodgman)."""
    for (px, py), (dx, dy) in edges:
        inside = [dx * (y - py) - dy * (x - px) for x, y in polygon]
        kept = []
        for index, (here, a) in enumerate(zip(polygon, inside)):
            after, b = polygon[(index + 1) % len(polygon)], inside[(index + 1) % len(polygon)]
            if a >= 0:
                kept.append(here)
            if (a >= 0) != (b >= 0):
                share = a / (a - b)
                kept.append((here[0] + (after[0] - here[0]) * share, here[1] + (after[1] - here[1]) * share))
        polygon = kept
        if not polygon:
            break
    return polygon


def edges_of(polygon):
    return [
        (polygon[i], (polygon[(i + 1) % len(polygon)][0] - polygon[i][0], polygon[(i + 1) % len(polygon)][1] - polygon[i][1]))
        for i in range(len(polygon))
    ]


def area(polygon):
    return abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(polygon, polygon[1:] + polygon[:1]))) / 2


def shared(one, other):
    both = clip(one, edges_of(other))
    inner = area(both) if len(both) > 2 else 0.0
    return inner / max(area(one) + area(other) - inner, 1e-6)


def clockwise(polygon):
    signed = sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(polygon, polygon[1:] + polygon[:1]))
    return polygon if signed > 0 else polygon[::-1]


def spread(corners):
    """Both pages of the booklet whose lower page has these corners."""
    a, b, c, d = (np.array([x, y, 1.0]) for x, y in corners)
    # The projection from the unit square, applied to (0, -1) and (1, -1).
    rows, right = [], []
    for (u, v), (x, y) in zip([(0, 0), (1, 0), (1, 1), (0, 1)], corners):
        rows += [[u, v, 1, 0, 0, 0, -u * x, -v * x], [0, 0, 0, u, v, 1, -u * y, -v * y]]
        right += [x, y]
    m = np.append(np.linalg.solve(np.array(rows, float), np.array(right, float)), 1).reshape(3, 3)
    upper = [m @ np.array([u, -1, 1.0]) for u in (0, 1)]
    if min(p[2] for p in upper) < 0.1:
        return None
    return [tuple(p[:2] / p[2]) for p in upper] + [tuple(corners[2]), tuple(corners[3])]


def read(argument):
    folder, measures = argument.split("=")
    groups = {}
    for line in open(measures):
        if line.startswith("M "):
            name, _, *numbers = line.split()[1:]
            groups.setdefault(name, []).append([float(number) for number in numbers])
    for name, rows in groups.items():
        truth = json.loads((pathlib.Path(folder) / f"{name}.json").read_text())
        shown = truth.get("documents", [truth])
        if any(document["kind"].startswith("visa") for document in shown):
            # The page that a visa is stuck on is not in the truth.
            continue
        frame = [(0, 0), (truth["width"], 0), (truth["width"], truth["height"]), (0, truth["height"])]
        wanted = []
        for document in [] if "empty" in folder else shown:
            page = [tuple(corner) for corner in document["corners"]]
            outer = spread(page) if document["kind"] == "passport" else None
            wanted += [clip(clockwise(p), edges_of(frame)) for p in (page, outer) if p]
        wanted = [p for p in wanted if len(p) > 2]
        labels = []
        for row in rows:
            corners = clip(clockwise([(row[i], row[i + 1]) for i in range(0, 8, 2)]), edges_of(frame))
            labels.append(max([shared(corners, p) for p in wanted], default=0.0) if len(corners) > 2 else 0.0)
        yield folder + "/" + name, np.array(labels), np.array([row[8:] for row in rows])


def main():
    out, *arguments = sys.argv[1:]
    pictures = [picture for argument in arguments for picture in read(argument)]
    held = [i for i in range(len(pictures)) if i % 4 == 3]
    train = [i for i in range(len(pictures)) if i % 4 != 3]

    def stack(chosen):
        x = np.concatenate([pictures[i][2] for i in chosen])
        label = np.concatenate([pictures[i][1] for i in chosen])
        weight = np.where((label > 0.8) & (label < 0.94), 0.0, 1.0)
        y = (label >= 0.94).astype(float)
        # A picture without a document counts more: an invented one is worse than a missed one.
        bare = np.concatenate([np.full(len(pictures[i][1]), pictures[i][1].max() < 0.1) for i in chosen])
        return x, y, weight * np.where(y > 0, 2.0, np.where(bare, 3.0, 1.0))

    x, y, w = stack(train)
    mean, deviation = x.mean(0), x.std(0) + 1e-3
    rng = np.random.default_rng(1)
    p = [rng.normal(0, 0.4, (x.shape[1], HIDDEN)), np.zeros(HIDDEN), rng.normal(0, 0.4, HIDDEN), np.zeros(1)]
    m, v = [np.zeros_like(q) for q in p], [np.zeros_like(q) for q in p]
    z = (x - mean) / deviation
    for step in range(1, 2501):
        hidden = np.tanh(z @ p[0] + p[1])
        guess = 1 / (1 + np.exp(-(hidden @ p[2] + p[3])))
        error = (guess - y) * w / w.sum()
        inner = np.outer(error, p[2]) * (1 - hidden**2)
        gradient = [z.T @ inner + 1e-4 * p[0], inner.sum(0), hidden.T @ error + 1e-4 * p[2], np.array([error.sum()])]
        for i, g in enumerate(gradient):
            m[i] = 0.9 * m[i] + 0.1 * g
            v[i] = 0.999 * v[i] + 0.001 * g * g
            p[i] -= 0.01 * (m[i] / (1 - 0.9**step)) / (np.sqrt(v[i] / (1 - 0.999**step)) + 1e-9)

    def confidence(x):
        return 1 / (1 + np.exp(-(np.tanh((x - mean) / deviation @ p[0] + p[1]) @ p[2] + p[3])))

    for title, chosen in [("fitted", train), ("held out", held)]:
        by_folder = {}
        for i in chosen:
            name, label, x = pictures[i]
            c = confidence(x)
            best = int(c.argmax())
            row = by_folder.setdefault(name.split("/")[0], [0, 0, 0, 0, 0])
            row[0] += 1
            row[1] += label.max() >= 0.94
            row[2] += label[best] >= 0.94
            row[3] += label[best] >= 0.94 and c[best] >= 0.5
            row[4] += label[best] < 0.8 and c[best] >= 0.5
            if title == "held out" and label[best] < 0.8 and (c[best] >= 0.5 or label.max() > 0.94):
                print("  wrong", name, f"{c[best]:.2f} share {label[best]:.2f}, best proposal {label.max():.2f}")
        for folder, row in by_folder.items():
            print(title, folder, "pictures %d, proposed %d, best first %d, believed %d, wrongly believed %d" % tuple(row))

    # Standardisation goes into the first layer.
    first = p[0] / deviation[:, None]
    bias = p[1] - mean @ first
    number = lambda value: repr(float(f"{value:.5g}"))
    line = lambda row: "[" + ", ".join(number(value) for value in row) + "]"
    table = ",\n    ".join(line(column) for column in first.T)
    text = f"""//! A network of one hidden layer, from what is measured of a proposal to whether it is a document. Made by
//! `training/document_judge/train.py`.
#![expect(clippy::unreadable_literal, reason = "fitted numbers")]

use super::MEASURES;

const UNITS: usize = {HIDDEN};

/// For each unit the weights of the measures.
#[rustfmt::skip]
const INNER: [[f32; MEASURES]; UNITS] = [
    {table},
];
const BIAS: [f32; UNITS] = {line(bias)};
const OUTER: [f32; UNITS] = {line(p[2])};
const OFFSET: f32 = {number(p[3][0])};

/// 0 to 1.
pub(super) fn confidence(measures: &[f32; MEASURES]) -> f32 {{
    let mut sum = OFFSET;
    for ((weights, bias), outer) in INNER.iter().zip(BIAS).zip(OUTER) {{
        let inner: f32 = weights.iter().zip(measures).map(|(weight, measure)| weight * measure).sum();
        sum += outer * (inner + bias).tanh();
    }}
    1.0 / (1.0 + (-sum).exp())
}}
"""
    pathlib.Path(out).write_text(text)


main()
