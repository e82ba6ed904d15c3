"""Fits the weights of crates/vision/src/recapture/weights.rs.

    python train.py OUT.rs MEASURES

MEASURES is what `cargo run -p vision --example recapture -- FILE...` printed of synthetic documents whose names begin
with their attack. Prints the error rates on documents that were held out, a quarter at a time. Needs numpy.
"""

import pathlib
import sys

import numpy as np

HEADS = [
    ("screen", "medium", "MEDIUM", ["screen"], 0.03),
    ("print", "medium", "MEDIUM", ["inkjet", "laser", "black-and-white"], 0.03),
    ("portrait", "portrait", "PORTRAIT", ["portrait-replaced"], 0.01),
    ("field", "field", "FIELD", ["edited"], 0.01),
]


def fit(x, y, decay):
    mean, deviation = x.mean(0), x.std(0) + 1e-3
    z = np.hstack([(x - mean) / deviation, np.ones((len(x), 1))])
    share = np.where(y > 0, 0.5 / max(y.sum(), 1), 0.5 / max((1 - y).sum(), 1))
    w = np.zeros(z.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-z @ w))
        ridge = decay * np.append(np.ones(len(w) - 1), 0)
        gradient = z.T @ ((p - y) * share) + ridge * w
        hessian = (z * (share * p * (1 - p))[:, None]).T @ z + np.diag(ridge + 1e-6)
        w -= np.linalg.solve(hessian, gradient)
    return w[:-1] / deviation, w[-1] - (w[:-1] * mean / deviation).sum()


def main():
    out, measures = sys.argv[1:]
    rows = []
    for line in open(measures):
        what, name, *numbers = line.split()
        rows.append((what, name, [float(number) for number in numbers]))
    number = lambda value: repr(float(f"{value:.5g}"))
    functions = []
    for head, what, constant, attacks, decay in HEADS:
        if what == "field":
            chosen = [(name, v, "edited" if w == "edited" else "genuine") for w, name, v in rows if w in ("field", "edited")]
        else:
            attack = lambda name: next((a for a in attacks if name.startswith(a)), "genuine")
            others = ["screen", "inkjet", "laser", "black-and-white"] if what == "portrait" else []
            if head in ("screen", "print"):
                # The other medium is an attack too, but not this head's.
                others = [a for a in ("screen", "inkjet", "laser", "black-and-white") if a not in attacks]
            chosen = [(name, v, attack(name)) for w, name, v in rows if w == what and not any(name.startswith(o) for o in others)]
        x = np.array([v for _, v, _ in chosen])
        y = np.array([kind != "genuine" for _, _, kind in chosen], float)
        keys = sorted({name for name, _, _ in chosen})
        fold = np.array([keys.index(name) % 4 for name, _, _ in chosen])
        score = np.zeros(len(y))
        for k in range(4):
            w, b = fit(x[fold != k], y[fold != k], decay)
            score[fold == k] = 1 / (1 + np.exp(-(x[fold == k] @ w + b)))
        shift = 0.0
        if head == "field":
            # A document has a dozen values: of single ones, one in 150 may be doubted.
            odds = lambda p: np.log(p / (1 - p))
            shift = odds(np.quantile(score[y == 0], 1 - 1 / 150))
            score = 1 / (1 + np.exp(-(odds(np.clip(score, 1e-6, 1 - 1e-6)) - shift)))
        real = score[y == 0]
        print(f"{head}: genuine {len(real)}, wrongly below 50: {np.mean(real > 0.5):.3f}, below 30: {np.mean(real > 0.7):.3f}")
        for kind in sorted({kind for _, _, kind in chosen if kind != "genuine"}):
            own = score[np.array([k == kind for _, _, k in chosen])]
            auc = np.mean([np.mean((s > real) + 0.5 * (s == real)) for s in own])
            print(f"  {kind} {len(own)}: missed at 50: {np.mean(own <= 0.5):.3f}, at 30: {np.mean(own <= 0.7):.3f}, AUC {auc:.3f}")
        w, b = fit(x, y, decay)
        b -= shift
        functions.append(f"""
pub(super) fn {head}(measures: &[f32; {constant}]) -> f32 {{
    logistic(measures, &[{", ".join(number(value) for value in w)}], {number(b)})
}}
""")
    text = """//! From what is measured to how likely an attack is. Made by `training/recapture/train.py`.
#![expect(clippy::unreadable_literal, reason = "fitted numbers")]

use super::MEDIUM;
use super::seams::{FIELD, PORTRAIT};
""" + "".join(functions) + """
fn logistic(measures: &[f32], weights: &[f32], offset: f32) -> f32 {
    let sum: f32 = measures.iter().zip(weights).map(|(measure, weight)| measure * weight).sum();
    1.0 / (1.0 + (-(sum + offset)).exp())
}
"""
    pathlib.Path(out).write_text(text)


main()
