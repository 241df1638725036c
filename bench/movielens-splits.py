"""Writes the random 90/10 splits of MovieLens 100K on which rating models are compared, as pairs of u.data files.

    python3 bench/movielens-splits.py DATA [FOLDER]

DATA is the folder with u.data; FOLDER (artifacts/movielens-splits beside the repository's own files by default) receives
seed-S-train.tsv and seed-S-test.tsv for S = 0 to 4. Row numbers are numpy.random.default_rng(S).permutation(100000): the
first 90,000 train, the rest test. The rows themselves are GroupLens's and must not be passed on.

Needs numpy (Debian: python3-numpy, which comes with python3-sklearn). Lines are checked against the published file.
"""

import hashlib
import pathlib
import sys

import numpy

SHA256 = "06416e597f82b7342361e41163890c81036900f418ad91315590814211dca490"
ROWS = 100_000
TRAIN = 90_000
SEEDS = range(5)


def main(data, folder):
    content = (pathlib.Path(data) / "u.data").read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        sys.exit(f"{data}/u.data is not the published file: its SHA-256 differs.")

    lines = content.splitlines(keepends=True)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS:
        order = numpy.random.default_rng(seed).permutation(ROWS)
        for name, rows in (("train", order[:TRAIN]), ("test", order[TRAIN:])):
            (folder / f"seed-{seed}-{name}.tsv").write_bytes(b"".join(lines[row] for row in rows))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    root = pathlib.Path(__file__).resolve().parent.parent
    main(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else root / "artifacts" / "movielens-splits")
