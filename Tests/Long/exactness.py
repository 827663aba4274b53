#!/usr/bin/env python3
"""Fits boosted trees in many ways that must not matter; every model must have the same bytes.

usage: Tests/Long/exactness.py PROGRAM [--other PROGRAM …] [--processes 50] [--only NAME]

For each of 20 configurations and four tables (binary labels, weights over ten powers of ten, many missing
values, heavy tails) one model is fitted on one thread. Then must be equal:

- threads: 2, 3, 7 and 16 threads
- processors: the C library told that there is no AVX-512, AVX2 or FMA (GLIBC_TUNABLES)
- programs: each --other PROGRAM, such as a build for x86-64-v3, which must differ from PROGRAM
- rows: the rows in another order, with their keys
- columns: the columns in another order, with their names; predictions are compared
- processes: 50 fresh processes, each with its own hash seeds

Plain Python; needs no packages.
"""
import argparse
import array
import hashlib
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ROWS, COLUMNS = 1_500, 9
TABLES = ["binary", "weighted", "missing", "heavy"]
MASKED = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX2_Usable,-FMA,-FMA_Usable,-AVX512F,-AVX512VL,"
                            "-AVX512BW,-AVX512DQ,-BMI2,-ERMS"}
CONFIGURATIONS = {
    "plain": {},
    "small leaves": {"num_leaves": 63, "min_data_in_leaf": 2},
    "stumps": {"num_leaves": 2},
    "depth 3": {"max_depth": 3},
    "least hessian": {"min_data_in_leaf": 1, "min_sum_hessian_in_leaf": 4},
    "full step": {"learning_rate": 1},
    "half of features": {"feature_fraction": 0.5},
    "features of nodes": {"feature_fraction_bynode": 0.5},
    "half of rows": {"bagging_fraction": 0.5, "bagging_freq": 1},
    "rows now and then": {"bagging_fraction": 0.7, "bagging_freq": 3},
    "l1 and l2": {"lambda_l1": 1, "lambda_l2": 5},
    "path smoothing": {"path_smooth": 2},
    "random thresholds": {"extra_trees": True},
    "63 bins": {"max_bin": 63},
    "7 bins": {"max_bin": 7},
    "goss": {"data_sample_strategy": "goss", "learning_rate": 0.5},
    "dart": {"boosting": "dart", "drop_rate": 0.5},
    "random forest": {"boosting": "rf", "bagging_fraction": 0.6, "bagging_freq": 1},
    "squared error": {"objective": "regression"},
    "quantile": {"objective": "quantile", "alpha": 0.8},
}


def npy(path, kind, values, shape):
    """Writes a NumPy file; `kind` is such as '<f4'."""
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
    header = header.ljust(117) + "\n"
    code = {"<f4": "f", "|u1": "B", "<u8": "Q"}[kind]
    data = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()
    path.write_bytes(data + array.array(code, values).tobytes())


class Table:
    """Rows with keys and columns with names, which know how to be shuffled."""

    def __init__(self, kind):
        draw = random.Random(f"table {kind}")
        self.names = [f"column {place * 7 % 10}" for place in range(COLUMNS)]
        self.rows = []
        for _ in range(ROWS):
            z = [draw.gauss(0, 1) for _ in range(COLUMNS)]
            odds = z[0] * z[1] + (1.2 if z[2] > 0.3 else -0.4) + 0.5 * z[3]
            event = draw.random() < 1 / (1 + math.exp(-odds))
            weight = math.exp(4 * draw.gauss(0, 1)) if kind == "weighted" else 1.0
            amount = event + math.exp(4 * abs(z[0]) if kind == "heavy" else z[0])
            cells = [self.cell(kind, place, value, draw) for place, value in enumerate(z)]
            self.rows.append((draw.getrandbits(64), cells, event, amount, weight))

    @staticmethod
    def cell(kind, place, z, draw):
        if draw.random() < (0.12 * (place % 6) if kind == "missing" else 0.02):
            return math.nan
        if kind == "heavy":
            return z * math.exp(5 * abs(z))
        return [z, float(round(2 * z)), max(0.0, z)][place % 3]

    def write(self, folder, rows=None, columns=None):
        folder.mkdir()
        rows = [self.rows[place] for place in rows or range(ROWS)]
        columns = columns or range(COLUMNS)
        npy(folder / "X.npy", "<f4", [row[1][place] for row in rows for place in columns],
            (ROWS, COLUMNS))
        npy(folder / "events.npy", "|u1", [row[2] for row in rows], (ROWS,))
        npy(folder / "amounts.npy", "<f4", [row[3] for row in rows], (ROWS,))
        npy(folder / "w.npy", "<f4", [row[4] for row in rows], (ROWS,))
        npy(folder / "keys.npy", "<u8", [row[0] for row in rows], (ROWS,))
        (folder / "names.json").write_text(json.dumps([self.names[place] for place in columns]))
        return folder


def run(command, environment=None):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          env={**os.environ, **(environment or {})}, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr}")


def fit(program, folder, parameters, threads=1, environment=None, predict=False):
    """A digest of the model's file, or of its predictions of the rows it was fitted on."""
    model, settings = folder / "model.gbm", folder / "params.json"
    labels = "amounts" if "objective" in parameters else "events"
    settings.write_text(json.dumps({"seed": 5, "num_iterations": 8, **parameters}))
    run([program, "fit", "--learner", "gbdt", "--features", folder / "X.npy", "--labels",
         folder / f"{labels}.npy", "--weights", folder / "w.npy", "--keys", folder / "keys.npy",
         "--names", folder / "names.json", "--params", settings, "--threads", threads,
         "--model", model], environment)
    if predict:
        run([program, "predict", "--model", model, "--features", folder / "X.npy", "--raw",
             "--output", folder / "p.npy"])
        model = folder / "p.npy"
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    model.unlink()
    return digest


class Report:
    def __init__(self):
        self.counts, self.wrong = {}, []

    def note(self, check, what, expected, found):
        self.counts[check] = self.counts.get(check, 0) + 1
        if expected != found:
            self.wrong.append(f"{check}: {what}: {found[:12]}, expected {expected[:12]}")


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("--other", type=pathlib.Path, nargs="*", default=[])
    options.add_argument("--processes", type=int, default=50)
    options.add_argument("--only", help="one configuration")
    options = options.parse_args()
    program, report, digests = options.program.absolute(), Report(), set()
    for other in options.other:
        if other.read_bytes() == options.program.read_bytes():
            sys.exit(f"exactness: {other} is the same program, so it shows nothing")
    chosen = {name: value for name, value in CONFIGURATIONS.items()
              if options.only in (None, name)}
    with tempfile.TemporaryDirectory() as root:
        for kind in TABLES:
            table, draw = Table(kind), random.Random(f"order {kind}")
            rows, columns = list(range(ROWS)), list(range(COLUMNS))
            draw.shuffle(rows)
            draw.shuffle(columns)
            straight = table.write(pathlib.Path(root) / kind)
            by_rows = table.write(pathlib.Path(root) / f"{kind}-rows", rows=rows)
            by_columns = table.write(pathlib.Path(root) / f"{kind}-columns", columns=columns)
            for name, parameters in chosen.items():
                what = f"{kind}, {name}"
                expected = fit(program, straight, parameters)
                digests.add(expected)
                for threads in (2, 3, 7, 16):
                    found = fit(program, straight, parameters, threads=threads)
                    report.note("threads", f"{what}, {threads}", expected, found)
                found = fit(program, straight, parameters, environment=MASKED)
                report.note("processors", what, expected, found)
                for other in options.other:
                    found = fit(other.absolute(), straight, parameters)
                    report.note("programs", f"{what}, {other}", expected, found)
                report.note("rows", what, expected, fit(program, by_rows, parameters, threads=2))
                # A model names its columns in the order that was given: predictions tell.
                report.note("columns", what, fit(program, straight, parameters, predict=True),
                            fit(program, by_columns, parameters, threads=2, predict=True))
            print(f"{kind}: {len(chosen)} configurations", flush=True)
        parameters = chosen.get("half of rows", next(iter(chosen.values())))
        folder = pathlib.Path(root) / "weighted"
        expected = fit(program, folder, parameters)
        for index in range(options.processes):
            report.note("processes", str(index), expected, fit(program, folder, parameters, threads=2))
    if len(digests) != len(chosen) * len(TABLES):
        report.wrong.append(f"only {len(digests)} models of {len(chosen) * len(TABLES)} differ")
    print("\n".join(report.wrong))
    print("exactness:", ", ".join(f"{count} {check}" for check, count in report.counts.items()),
          f"compared, {len(report.wrong)} differ")
    sys.exit(1 if report.wrong else 0)


if __name__ == "__main__":
    main()
