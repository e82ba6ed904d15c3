"""Held-out lines through the Rust reader.

`python evaluate.py FOLDER ../../target/debug/examples/read_strips` draws lines that no training run has seen (their
seeds are not used there) into FOLDER, has the program read them, and prints the errors by difficulty.
"""

import argparse
import collections
import os
import subprocess

import cv2
import strips
import text

LEVELS = {"clean": 0.3, "fair": 0.7, "bad": 1.1}


def draw(folder, count):
    truth = {}
    for level, amount in LEVELS.items():
        generator = strips.Generator(990_000 + int(amount * 10), amount)
        for i in range(count):
            line = text.line(generator.rng)
            path = os.path.join(folder, f"{level}_{i:04}.png")
            cv2.imwrite(path, generator.whole_line(line))
            truth[path] = line
    return truth


def distance(a, b):
    """Edit distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row, before = [i] + [0] * len(b), row
        for j, y in enumerate(b, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
    return row[-1]


def read(program, paths):
    for at in range(0, len(paths), 500):
        out = subprocess.run([program, *paths[at : at + 500]], capture_output=True, text=True, check=True).stdout
        for row in out.splitlines():
            path, seen, score, ms = row.split("\t")
            yield path, seen, float(score), float(ms)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("folder")
    ask.add_argument("program")
    ask.add_argument("--count", type=int, default=400)
    args = ask.parse_args()
    os.makedirs(args.folder, exist_ok=True)
    truth = draw(args.folder, args.count)
    sums = collections.defaultdict(collections.Counter)
    confused, times = collections.Counter(), []
    for path, seen, score, ms in read(args.program, list(truth)):
        want = truth[path]
        total = sums[os.path.basename(path).split("_")[0]]
        times.append(ms)
        total["lines"] += 1
        total["whole"] += seen == want
        total["length"] += len(seen) == len(want)
        total["characters"] += len(want)
        total["errors"] += distance(seen, want)
        total["sure"] += score > -0.35
        total["sure_characters"] += len(want) * (score > -0.35)
        total["sure_errors"] += distance(seen, want) * (score > -0.35)
        if len(seen) == len(want):
            for a, b in zip(want, seen):
                total["fillers"] += a == "<"
                total["fillers_wrong"] += a == "<" != b
                total["false_fillers"] += b == "<" != a
                if a != b:
                    confused[a + b] += 1
    for level, t in sums.items():
        print(
            f"{level}: whole {t['whole'] / t['lines']:.3f}  length {t['length'] / t['lines']:.3f}  "
            f"character errors {t['errors'] / t['characters']:.4f}  sure lines {t['sure'] / t['lines']:.3f} with errors "
            f"{t['sure_errors'] / max(t['sure_characters'], 1):.4f}  fillers missed {t['fillers_wrong'] / t['fillers']:.4f}  "
            f"invented {t['false_fillers'] / t['characters']:.4f}"
        )
    print("confusions (true, read):", confused.most_common(24))
    print(f"median {sorted(times)[len(times) // 2]:.1f} ms per line")


if __name__ == "__main__":
    main()
