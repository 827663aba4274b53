#!/usr/bin/env python3
"""Reading tables and measuring ranks beside other libraries, in one run on the same data.

usage: Benchmarks/core.py [--repeats 3] [--rows 600000]   (after `swift build -c release --package-path Benchmarks`)

- ingest: a table of 600,000 x 64 (4 columns of text, 60 of numbers, a quarter of them blank) into columns;
  polars, as the fastest reader we know, with as many threads
- area under the curve, Spearman's rho and Kendall's tau-b of 1,000,000 rows with ties; scikit-learn, SciPy

Values are compared before times are. A time is the median of runs that alternate; a ratio is how many
times faster quant is. Needs numpy, scipy, scikit-learn and polars.
"""
import argparse, json, os, statistics, subprocess, sys, tempfile, time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = f"{HERE}/.build/release/core-bench"
POLARS = """
import sys, time
import polars as pl
start = time.perf_counter()
table = pl.read_csv(sys.argv[1], infer_schema_length=10000)
seconds = time.perf_counter() - start
numbers = table.select(pl.selectors.starts_with("x"))
present = sum(len(numbers) - count for count in numbers.null_count().row(0))
print('{"seconds": %r, "rows": %d, "present": %d}' % (seconds, len(table), present))
"""


def write_table(path, rows):
    random = np.random.default_rng(1)
    days = np.datetime64("2001-03-31") + 91 * random.integers(0, 93, rows)
    columns = [np.char.zfill(random.integers(1000, 30000, rows).astype(str), 6),
               days.astype("datetime64[D]").astype(str), random.integers(0, 9999, rows).astype(str),
               np.where(np.arange(rows) % 50 == 0, '"COMPANY, ""A"" INC"', "COMPANY INC")]
    for _ in range(60):
        values = np.exp(random.normal(size=rows) * 2 + 3) * np.sign(random.normal(size=rows) + 1.5)
        text = np.char.mod("%.3f", values)
        columns.append(np.where(random.random(rows) < 0.25, "", text))
    header = ["gvkey", "datadate", "tic", "conm"] + [f"x{index}q" for index in range(60)]
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(header) + "\n")
        for start in range(0, rows, 10_000):
            lines = zip(*(column[start:start + 10_000] for column in columns))
            file.write("".join(",".join(line) + "\n" for line in lines))


def output(command, **environment):
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          env={**os.environ, **environment})
    return json.loads(done.stdout)


def line(name, ours, theirs, peer):
    ours, theirs = statistics.median(ours), statistics.median(theirs)
    print(f"{name:24} quant {ours:.3f} s   {peer} {theirs:.3f} s   ratio {theirs / ours:.2f}")


def ingest(path, repeats):
    for threads in (1, 2):
        ours, theirs = [], []
        for _ in range(repeats):
            ours.append(output([PROGRAM, "ingest", path, str(threads)]))
            theirs.append(output([sys.executable, "-c", POLARS, path], POLARS_MAX_THREADS=str(threads)))
        for key in ("rows", "present"):
            assert ours[0][key] == theirs[0][key], (key, ours[0], theirs[0])
        line(f"ingest, {threads} thread(s)", [run["seconds"] for run in ours],
             [run["seconds"] for run in theirs], "polars")


def metrics(folder, repeats):
    from scipy import stats
    from sklearn.metrics import roc_auc_score
    random = np.random.default_rng(0)
    rows = 1_000_000
    first = np.round(random.random(rows), 5).astype(np.float32)
    labels = (random.random(rows) < 0.02).astype(np.uint8)
    second = (first + 0.1 * random.normal(size=rows)).astype(np.float32)
    paths = [f"{folder}/{name}.npy" for name in ("first", "labels", "second")]
    for path, column in zip(paths, (first, labels, second)):
        np.save(path, column.reshape(-1, 1))
    first, second = first.astype(float), second.astype(float)
    peers = {"auc": ("scikit-learn", lambda: roc_auc_score(labels, first)),
             "spearman": ("SciPy", lambda: stats.spearmanr(first, second).statistic),
             "kendall": ("SciPy", lambda: stats.kendalltau(first, second).statistic)}
    ours, theirs = [], {name: [] for name in peers}
    for _ in range(repeats):
        ours.append(output([PROGRAM, "metrics", *paths, "1"]))
        for name, (_, measure) in peers.items():
            start = time.perf_counter()
            value = measure()
            theirs[name].append(time.perf_counter() - start)
            assert abs(value - ours[0]["values"][name]) < 1e-12, (name, value, ours[0]["values"])
    for name, (peer, _) in peers.items():
        line(f"{name}, {rows} rows", [run["seconds"][name] for run in ours], theirs[name], peer)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--rows", type=int, default=600_000)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_table(f"{folder}/table.csv", options.rows)
        print(f"table of {options.rows} rows, {os.path.getsize(f'{folder}/table.csv') / 1e6:.0f} MB")
        ingest(f"{folder}/table.csv", options.repeats)
        metrics(folder, options.repeats)


main()
