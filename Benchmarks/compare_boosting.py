#!/usr/bin/env python3
"""Trains GradientBoosting and LightGBM in turn on the same data and prints medians and ratios.

usage: compare_boosting.py --program PATH --data FOLDER [--shape NAME] [--threads N] [--repeats N]
                           [--trees N] [--json FILE]

FOLDER holds NAME_X_train.npy (float32), NAME_y_train.npy (uint8), optionally NAME_w_train.npy (float32),
and NAME_X_test.npy, NAME_y_test.npy. PATH is the built `boosting-bench`. Each run is a process of its
own; runs alternate, so that a busy machine slows both alike. Repeat r uses seed r for both.
Needs: pip install lightgbm numpy
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

SETTINGS = dict(
    objective="binary", num_leaves=31, learning_rate=0.05, min_data_in_leaf=20, lambda_l2=1.0,
    max_bin=255, feature_fraction=0.8, bagging_fraction=0.8, bagging_freq=1, verbose=-1)


def load(folder, shape, name):
    import numpy as np
    path = f"{folder}/{shape}_{name}.npy"
    return np.load(path) if os.path.exists(path) else None


def peer(arguments):
    """One LightGBM run, in a process of its own."""
    import lightgbm
    import numpy as np
    x, y, w = (load(arguments.data, arguments.shape, name + "_train") for name in "Xyw")
    test = load(arguments.data, arguments.shape, "X_test")
    settings = dict(SETTINGS, num_threads=arguments.threads, seed=arguments.seed)
    start = time.perf_counter()
    data = lightgbm.Dataset(x, y, weight=w, params=settings).construct()
    binned = time.perf_counter()
    model = lightgbm.train(settings, data, arguments.trees)
    trained = time.perf_counter()
    p = model.predict(test, num_threads=arguments.threads)
    predicted = time.perf_counter()
    np.save(arguments.predictions, p)
    print(json.dumps({
        "bin_s": binned - start, "train_s": trained - binned, "pred_s": predicted - trained}))


def quality(y, p):
    import numpy as np
    _, inverse, counts = np.unique(p, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    ones = float(y.sum())
    area = (rank[y == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(y) - ones))
    return float(area), float(-np.mean(np.where(y == 1, np.log(p), np.log1p(-p))))


def run(command, predictions, y):
    import numpy as np
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    result = json.loads(output)
    result["area"], result["loss"] = quality(y, np.load(predictions))
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program")
    parser.add_argument("--data", required=True)
    parser.add_argument("--shape", default="dev")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--trees", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json")
    parser.add_argument("--predictions")
    parser.add_argument("--peer", action="store_true")
    arguments = parser.parse_args()
    if arguments.peer:
        peer(arguments)
        return
    y = load(arguments.data, arguments.shape, "y_test")
    results = {"quant": [], "lightgbm": []}
    with tempfile.TemporaryDirectory() as folder:
        predictions = f"{folder}/p.npy"
        for repeat in range(arguments.repeats):
            common = [
                "--data", arguments.data, "--shape", arguments.shape, "--threads",
                str(arguments.threads), "--trees", str(arguments.trees), "--seed",
                str(1 + repeat), "--predictions", predictions]
            results["lightgbm"].append(
                run([sys.executable, __file__, "--peer"] + common, predictions, y))
            results["quant"].append(run([arguments.program] + common, predictions, y))
    if arguments.json:
        with open(arguments.json, "a", encoding="utf-8") as file:
            file.write(json.dumps({"arguments": vars(arguments), "results": results}) + "\n")
    print(f"{arguments.shape}, {arguments.threads} threads, {arguments.repeats} repeats")
    for name, unit in [("train_s", "s"), ("bin_s", "s"), ("pred_s", "s"), ("area", ""), ("loss", "")]:
        ours = [r[name] for r in results["quant"]]
        theirs = [r[name] for r in results["lightgbm"]]
        line = f"{name:8} quant {statistics.median(ours):9.5f}{unit}  " \
               f"LightGBM {statistics.median(theirs):9.5f}{unit}"
        if unit:
            ratios = sorted(b / a for a, b in zip(ours, theirs))
            line += f"  ratio median {statistics.median(ratios):.2f}" \
                    f" ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        print(line)


if __name__ == "__main__":
    main()
