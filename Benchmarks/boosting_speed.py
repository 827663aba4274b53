#!/usr/bin/env python3
"""Trains boosters in turn on the same data: seconds, memory and accuracy side by side.

usage: boosting_speed.py --data FOLDER --program PATH [--sets dev,panel,tall] [--threads 1,2]
         [--peers lightgbm,lightgbm-quantized,xgboost,catboost,sklearn] [--repeats 5] [--trees 100]
         [--results FILE] [--report]

Every run is a process of its own. Runs alternate, and the order turns with each repeat, so that a busy
machine slows all alike; repeat r uses seed r for all. Times are medians. A ratio is the median of the
ratios within a repeat, with their range. Predictions are timed on the first 4,000 test rows of dev, on
all training rows of panel, and on a million rows of tall, each library from its own layout in memory.

Memory is anonymous memory (RssAnon) until the fit ends, over the size of the float32 input: "added" is
what binning and training took on top of what was there once labels and features were read, "in all"
has that too. It is read from outside every 5 ms; quant says it itself, phase by phase. A
machine that did other work on more than 5 % of its processors is called busy; such figures are no
figures to quote.

--results keeps the runs as JSON lines; --report prints the tables of that file without a run.
"""
import argparse
import json
import os
import platform
import statistics
import sys
import tempfile

import numpy as np

from boosting_metrics import Ranked
from boosting_peers import PEERS
from boosting_runs import SAMPLED, RunFailure, data_files, run

PREDICTED = {"dev": ("X_test", 4_000), "panel": ("X_train", 0), "tall": ("X_train", 1_000_000)}
MEASURES = [("read", "read, s", 2), ("bin", "bins, s", 3), ("train", "train, s", 2), ("predict", "M rows/s", 3),
            ("added", "added memory", 2), ("all", "memory in all", 2), ("area", "AUC", 4),
            ("loss", "log loss", 4)]


def timed_rows(options, data, folder):
    """Files of the rows to predict, row by row and column by column, and how many rows they have."""
    part, count = PREDICTED.get(data, ("X_test", 0))
    files = {layout: f"{folder}/{data}_{layout}.npy" for layout in ("rows", "columns")}
    if not os.path.exists(files["columns"]):
        x = np.load(f"{options.data}/{data}_{part}.npy", mmap_mode="r")[:count or None]
        np.save(files["rows"], x)
        np.save(files["columns"], np.asfortranarray(x))
    return files, len(np.load(files["rows"], mmap_mode="r"))


def measure(options, name, data, threads, repeat, folder):
    files = {**data_files(options.data, data), "predict": f"{options.data}/{data}_X_test.npy",
             "predictions": f"{folder}/p.npy"}
    prediction, rows = timed_rows(options, data, folder)
    entry = {"name": name, "set": data, "threads": threads, "trees": options.trees, "repeat": repeat}
    try:
        report = run(name, options.program, files, {**SAMPLED, **options.params}, threads=threads,
                     trees=options.trees, seed=repeat, prediction=prediction)
    except RunFailure as failure:
        if name == "quant":
            raise
        return {**entry, "failure": str(failure).strip().split("\n")[1]}
    size = np.load(files["features"], mmap_mode="r").nbytes / 2**20
    ranked = Ranked(np.load(f"{options.data}/{data}_y_test.npy"), np.load(files["predictions"]))
    report.update(
        entry, area=ranked.area(), loss=ranked.loss(), added=report["addedMB"] / size,
        all=report["peakMB"] / size, predict=rows / report["seconds"]["predict"] / 1e6,
        **{key: report["seconds"][key] for key in ("read", "bin", "train")})
    return report


def ratios(ours, theirs, key):
    """How many times better ours is, repeat by repeat."""
    pairs = [(a[key], b[key]) for a in ours for b in theirs if a["repeat"] == b["repeat"]]
    if key in ("area", "loss", "read") or not pairs:
        return None
    return sorted(a / b if key == "predict" else b / a for a, b in pairs)


def cell(runs, ours, key, digits):
    text = f"{statistics.median(entry[key] for entry in runs):.{digits}f}"
    found = ratios(ours, runs, key) if runs is not ours else None
    if found:
        text += f" ({statistics.median(found):.2f}: {found[0]:.2f} to {found[-1]:.2f})"
    return text


def report(runs):
    groups = {}
    for entry in runs:
        groups.setdefault((entry["set"], entry["threads"], entry["trees"]), {}).setdefault(
            entry["name"], []).append(entry)
    for (data, threads, trees), peers in groups.items():
        failures = {name: entries[0]["failure"] for name, entries in peers.items()
                    if any("failure" in entry for entry in entries)}
        peers = {name: entries for name, entries in peers.items() if name not in failures}
        ours = peers.get("quant", [])
        repeats = max(len(entries) for entries in peers.values())
        others = statistics.median(entry["others"] for entries in peers.values() for entry in entries)
        busy = f"; BUSY machine, {100 * others:.0f} % other work" if others > 0.05 else ""
        print(f"\n### {data}, {threads} thread{'s'[:threads > 1]}, {trees} trees, "
              f"{repeats} repeats{busy}\n")
        print("In brackets: how many times better `quant` is, median and range of pairs.\n")
        print("| | " + " | ".join(title for _, title, _ in MEASURES) + " |")
        print("|---" * (len(MEASURES) + 1) + "|")
        for name, entries in sorted(peers.items(), key=lambda item: item[0] != "quant"):
            cells = [cell(entries, ours, key, digits) for key, _, digits in MEASURES]
            print(f"| {name} | " + " | ".join(cells) + " |")
        for name, failure in failures.items():
            print(f"\n{name} failed: {failure}")


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(line.split(":")[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", default=".build/benchmarks/data")
    parser.add_argument("--program")
    parser.add_argument("--sets", default="dev,panel,tall")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--trees", type=int, default=100)
    parser.add_argument("--params", type=json.loads, default={})
    parser.add_argument("--results", default=".build/benchmarks/speed.jsonl")
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args()
    runs = []
    if options.report:
        with open(options.results, encoding="utf-8") as file:
            runs = [json.loads(line) for line in file]
    else:
        if not options.program:
            parser.error("--program is needed")
        os.makedirs(os.path.dirname(os.path.abspath(options.results)), exist_ok=True)
        names = ["quant", *filter(None, options.peers.split(","))]
        work = [(data, int(threads)) for data in options.sets.split(",")
                for threads in options.threads.split(",")]
        with tempfile.TemporaryDirectory() as folder:
            for repeat in range(1, options.repeats + 1):
                turn = repeat % len(names)
                for data, threads in work:
                    for name in names[turn:] + names[:turn]:
                        runs.append(measure(options, name, data, threads, repeat, folder))
                        with open(options.results, "a", encoding="utf-8") as file:
                            file.write(json.dumps(runs[-1]) + "\n")
                        print(f"{data} {threads} {name} {repeat}", file=sys.stderr, flush=True)
    print(f"{processor()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    report(runs)


if __name__ == "__main__":
    main()
