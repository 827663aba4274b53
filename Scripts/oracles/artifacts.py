"""Opens every file of a run folder with other programs and holds them against each other.

usage: artifacts.py RUN
"""

import hashlib
import json
import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from scipy import stats
from sklearn import metrics

run = Path(sys.argv[1])
manifest = json.loads((run / "compile_manifest.json").read_text())
document = json.loads((run / "run.json").read_text())
rows, columns = manifest["rowCount"], manifest["featureCount"]


def check_arrays() -> int:
    count = 0
    for path in sorted(run.rglob("*.np[yz]")):
        opened = np.load(path, mmap_mode="r" if path.suffix == ".npy" else None, allow_pickle=False)
        arrays = {path.stem: opened} if path.suffix == ".npy" else opened
        for name in arrays:
            array, count = arrays[name], count + 1
            key = "rows_" + path.stem.split("_")[1] + "_by_quarter" if "rows_" in path.stem else name
            if key in manifest["dtypes"]:
                assert array.dtype.str == manifest["dtypes"][key], (path, name, array.dtype)
            if path.parent.name == "labels" or path.stem == "metadata_global":
                assert array.shape == (rows,), (path, name, array.shape)
    matrix = np.load(run / "X_global.npy", mmap_mode="r")
    assert matrix.shape == (rows, columns) and matrix.flags.f_contiguous
    assert not np.isinf(matrix).any()
    return count


def check_time() -> None:
    """What was known when: on the decision date, and before it."""
    meta = np.load(run / "metadata_global.npz")
    assert (meta["available_ts"] <= meta["snapshot_ts"]).all()
    assert (meta["datadate"] + meta["age_days"].astype("m8[D]") == meta["snapshot_ts"]).all()
    assert (np.diff(meta["quarter_id"]) >= 0).all()
    assert len(np.unique(meta["row_key"])) == rows
    test = np.load(run / "splits/rows_test_by_quarter.npz")
    assert sorted(np.concatenate([test[q] for q in test])) == list(range(rows))
    for months in manifest["horizons"]:
        labels = np.load(run / f"labels/y_{months}m.npz")
        assert set(np.unique(labels["y"])) <= {0, 1, 255}
        assert (labels["known_on"].astype(int) == labels["t1"]).all()
        train = np.load(run / f"splits/rows_train_by_quarter_{months}m.npz")
        for period in manifest["periods"]:
            chosen = train[period["period"]]
            decision = np.datetime64(period["decisionDate"])
            usable = (labels["y"] != 255) & (labels["known_on"] <= decision)
            usable[period["firstRow"]:] = False
            assert np.array_equal(np.flatnonzero(usable), chosen), (months, period)


def check_tables() -> int:
    paths = sorted(run.rglob("*.csv"))
    for path in paths:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        counts = {
            len(frame), pl.read_csv(path, infer_schema=False).height,
            duckdb.sql(f"from read_csv('{path}', all_varchar = true, header = true)").shape[0],
        }
        assert len(counts) == 1, (path, counts)
    return len(paths)


def check_metrics() -> int:
    table = pd.read_csv(run / "metrics/quarter_metrics.csv")
    for _, row in table.iterrows():
        path = (
            f"predictions/quarter={row.quarter}/horizon={row.horizon_mo}/repeat={row.repeat_id}"
            f"/config={row.config_id}/predictions.csv")
        scores = pd.read_csv(run / path)
        known = scores.dropna(subset=["y"])
        assert sorted(scores["rank"]) == list(range(1, len(scores) + 1))
        assert stats.spearmanr(scores["rank"], -scores.score).statistic > 0.999
        found = {
            "auc": metrics.roc_auc_score(known.y, known.score),
            "average_precision": metrics.average_precision_score(known.y, known.score),
            "log_loss": metrics.log_loss(known.y, known.p_raw),
            "brier": metrics.brier_score_loss(known.y, known.p_raw),
        }
        for name, value in found.items():
            assert abs(value - row[name]) < 1e-9, (row.quarter, name, value, row[name])
    return len(table)


def check_digests() -> int:
    for entry in document["files"]:
        assert hashlib.sha256((run / entry["path"]).read_bytes()).hexdigest() == entry["sha256"], entry
    return len(document["files"])


check_time()
print(
    f"oracles: {check_arrays()} arrays, {check_tables()} tables, {check_metrics()} scored tasks and "
    f"{check_digests()} digests agree with NumPy, pandas, polars, DuckDB and scikit-learn")
