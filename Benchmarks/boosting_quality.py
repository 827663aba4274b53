#!/usr/bin/env python3
"""Is the accuracy that of LightGBM? Pairs of runs on the same rows, over many seeds.

usage: boosting_quality.py --data FOLDER --program PATH [--sets dev,adult,…] [--seeds 30]
         [--settings sampled|plain] [--draw 0.9] [--peer lightgbm] [--subject quant] [--trees 100]
         [--threads 1] [--replicates 400] [--keep FOLDER] [--params JSON] [--ours JSON]
         [--theirs JSON]

For each seed both learn from the same rows with the same parameters and predict the test rows. With
`--draw 0.9` each seed draws its own nine tenths of the training rows, else all are used and seeds only
decide what the learners draw. The mean paired difference is relative to the peer's value, and positive
where the subject is better. Its standard error comes from drawing test rows and seeds again (bootstrap).

A set is "large" if it has at least 300,000 training rows. Not worse means: on large sets the lower 95 %
bound (one-sided) of the difference is above -0.1 %; on others the difference is above -2 standard errors.
Predictions are kept in --keep, so that a study that was stopped goes on where it was.
"""
import argparse
import json
import os
import sys

import numpy as np

from boosting_metrics import differences
from boosting_runs import PLAIN, SAMPLED, data_files, run

LARGE = 300_000
SETS = ["adult", "credit", "example", "bankruptcy", "dev"]


def drawn(files, folder, seed, share):
    """Copies a share of the training rows into files of their own."""
    rows = len(np.load(files["labels"], mmap_mode="r"))
    chosen = np.random.default_rng([7, seed]).random(rows) < share
    copies = {}
    for key, path in files.items():
        copies[key] = path and f"{folder}/drawn_{key}.npy"
        if path:
            np.save(copies[key], np.load(path, mmap_mode="r")[chosen])
    return copies


def predictions(name, options, files, folder, seed, params):
    """The predictions of one run, kept in a file."""
    path = f"{folder}/{name}_{seed}.npy"
    if not os.path.exists(path):
        partial = f"{folder}/partial.npy"
        run(name, options.program, {**files, "predictions": partial}, params,
            threads=options.threads, trees=options.trees, seed=seed)
        os.replace(partial, path)
    return np.load(path)


def study(options, name, params):
    files = data_files(options.data, name)
    rows = len(np.load(files["labels"], mmap_mode="r"))
    folder = f"{options.keep}/{name}-{options.settings}-{options.draw:g}-{options.trees}"
    os.makedirs(folder, exist_ok=True)
    y = np.load(f"{options.data}/{name}_y_test.npy")
    pairs = []
    for seed in range(1, options.seeds + 1):
        fit = files
        if options.draw < 1:
            fit = drawn(files, folder, seed, options.draw)
        fit = {**fit, "predict": f"{options.data}/{name}_X_test.npy"}
        # As its own control a peer is run again with other seeds.
        own = seed + 1000 if options.subject == options.peer else seed
        ours = predictions(options.subject, options, fit, folder, own, {**params, **options.ours})
        theirs = {**params, **options.theirs}
        pairs.append((ours, predictions(options.peer, options, fit, folder, seed, theirs)))
    plain, means = differences(y, pairs, options.replicates)
    for index, measure in enumerate(("area", "loss")):
        mean, error = plain[:, index].mean(), means[:, index].std()
        bound = np.quantile(means[:, index], 0.05)
        holds = bound > -0.001 if rows >= LARGE else mean > -2 * error
        print(f"{name:11} {rows:9,} rows {options.settings:8} {measure}: {options.subject} better by "
              f"{100 * mean:+7.3f} % ± {100 * error:.3f} (one-sided 95 % bound {100 * bound:+.3f}), "
              f"seeds alone ± {100 * plain[:, index].std() / len(pairs) ** 0.5:.3f}, better in "
              f"{np.sum(plain[:, index] > 0)} of {len(pairs)}: {'not worse' if holds else 'WORSE'}",
              flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--program", required=True)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--settings", choices=["sampled", "plain"], default="sampled")
    parser.add_argument("--draw", type=float, default=1)
    parser.add_argument("--peer", default="lightgbm")
    parser.add_argument("--subject", default="quant", help="lightgbm compares it with itself")
    parser.add_argument("--trees", type=int, default=100)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--replicates", type=int, default=400)
    parser.add_argument("--keep", default=".build/benchmarks/quality")
    parser.add_argument("--params", type=json.loads, default={}, help="parameters of both")
    parser.add_argument("--ours", type=json.loads, default={}, help="parameters of ours alone")
    parser.add_argument("--theirs", type=json.loads, default={}, help="parameters of the peer alone")
    options = parser.parse_args()
    params = {**(SAMPLED if options.settings == "sampled" else PLAIN), **options.params}
    for name in options.sets.split(","):
        study(options, name, params)


if __name__ == "__main__":
    sys.exit(main())
