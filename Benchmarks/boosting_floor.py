#!/usr/bin/env python3
"""How far is a fit from what the machine can do? Counts the work of real trees and times its floor.

usage: boosting_floor.py --data FOLDER --program PATH [--sets dev,panel,tall] [--trees 100]

A tree has to add the rows of its root, and of the smaller child of every other split, to the histograms
of the features it drew. The floor is that number of additions at the rate of a bare loop in C
(boosting_floor.c) whose codes come in order; the same with codes from rows far apart bounds what small
nodes of large tables cost. Binning has to read the features once: bytes over bandwidth. One thread.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

from boosting_runs import SAMPLED, data_files, watched


def rates(folder):
    """Builds and runs the bare loops; updates and bytes a second."""
    source = f"{os.path.dirname(os.path.abspath(__file__))}/boosting_floor.c"
    subprocess.run(["cc", "-O2", "-o", f"{folder}/floor", source], check=True)
    return json.loads(subprocess.run([f"{folder}/floor"], capture_output=True, check=True).stdout)


def additions(model):
    """Rows that each tree of a LightGBM text adds to histograms: root and smaller children."""
    rows, fields = [], {}

    def finish():
        if "internal_count" not in fields:
            return
        inner, leaves = (list(map(int, fields[key].split()))
                         for key in ("internal_count", "leaf_count"))
        count = inner[0]
        for left, right in zip(*(map(int, fields[key].split())
                                 for key in ("left_child", "right_child"))):
            count += min(inner[child] if child >= 0 else leaves[~child] for child in (left, right))
        rows.append(count)

    with open(model, encoding="ascii") as file:
        for line in file:
            name, _, value = line.strip().partition("=")
            if name == "Tree":
                finish()
                fields = {}
            fields[name] = value
    finish()
    return rows


def study(options, name, speed, folder):
    files = data_files(options.data, name)
    x = np.load(files["features"], mmap_mode="r")
    settings, model = f"{folder}/params.json", f"{folder}/model.txt"
    with open(settings, "w", encoding="utf-8") as file:
        json.dump(SAMPLED, file)
    words = [f"--{key}={path}" for key, path in files.items() if path]
    report, _, others = watched(
        [options.program, "fit", *words, "--params", settings, "--trees", str(options.trees),
         "--threads", "1", "--model", model, "--json", "--quiet"], 1)
    rows = additions(model)
    updates = sum(rows) / len(rows) * round(x.shape[1] * SAMPLED["feature_fraction"])
    tree = report["seconds"]["fit"] / len(rows)
    floor = updates / speed["nearUpdates"]
    read = x.nbytes / speed["bytes"]
    busy = " BUSY machine" if others > 0.05 else ""
    print(f"{name}: a tree adds {sum(rows) / len(rows):,.0f} rows, {updates / 1e6:.1f} M updates: "
          f"floor {1e3 * floor:.1f} ms (far apart {1e3 * updates / speed['farUpdates']:.0f}), "
          f"measured {1e3 * tree:.1f} ms, {tree / floor:.1f} times; bins {report['seconds']['prepare']:.3f} s, "
          f"reading alone {read:.3f} s, {report['seconds']['prepare'] / read:.1f} times{busy}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", default=".build/benchmarks/data")
    parser.add_argument("--program", required=True)
    parser.add_argument("--sets", default="dev,panel,tall")
    parser.add_argument("--trees", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        speed = rates(folder)
        print(f"{speed['nearUpdates'] / 1e9:.2f} G updates/s in order, {speed['farUpdates'] / 1e9:.2f} far "
              f"apart, {speed['bytes'] / 1e9:.1f} GB/s", flush=True)
        for name in options.sets.split(","):
            study(options, name, speed, folder)


if __name__ == "__main__":
    sys.exit(main())
