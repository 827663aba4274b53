"""Writes recipe_oracles.json: what NumPy and SciPy say to the inputs of the feature recipes.

Run in this folder: python3 make_recipe_oracles.py (NumPy 2.4, SciPy 1.17). Missing is null.
"""

import json

import numpy as np
from scipy import stats

random = np.random.Generator(np.random.PCG64(20240607))


def document(values):
    return [None if np.isnan(v) else float(v) for v in np.asarray(values, dtype=np.float64)]


def with_missing(values, share):
    values = np.asarray(values, dtype=np.float32).copy()
    values[random.random(values.size) < share] = np.nan
    return values


def cross_section(values):
    values64 = values.astype(np.float64)
    present = ~np.isnan(values64)
    n = int(present.sum())
    rank = np.full(values.size, np.nan)
    zscore = np.full(values.size, np.nan)
    if n > 0:
        ranks = stats.rankdata(values64[present], method="average")
        rank[present] = 0.5 if n == 1 else (ranks - 1) / (n - 1)
        if np.unique(values64[present]).size == 1:
            zscore[present] = 0
        else:
            zscore[present] = stats.zscore(values64[present], ddof=0)
    winsorized = []
    for lower, upper in [(0.01, 0.99), (0.05, 0.9), (0.25, 0.5), (0.0, 1.0)]:
        result = values64.copy()
        if n > 0:
            low, high = np.quantile(values64[present], [lower, upper], method="linear")
            result = np.clip(values64, low, high)
        winsorized.append(
            {"lower": lower, "upper": upper, "values": document(result.astype(np.float32))})
    return {
        "values": document(values),
        "rank": document(rank.astype(np.float32)),
        "zscore": document(zscore.astype(np.float32)),
        "winsorized": winsorized,
    }


def window(values):
    values64 = values.astype(np.float64)
    present = ~np.isnan(values64)
    time = np.arange(values.size)[present]
    y = values64[present]
    enough = y.size >= 2
    return {
        "values": document(values),
        "mean": float(y.mean()) if y.size else None,
        "sd": float(y.std(ddof=1)) if enough else None,
        "slope": float(np.polyfit(time, y, 1)[0]) if enough else None,
    }


sections = [
    with_missing(random.normal(size=n), share) for n, share in
    [(1, 0), (2, 0), (3, 0), (7, 0.3), (40, 0.2), (101, 0), (200, 0.5)]
]
sections += [
    with_missing(np.round(random.normal(size=60) * 2), 0.1),  # many ties
    with_missing(random.standard_t(1.2, size=150) * 1e6, 0.1),  # heavy tails
    np.full(12, 0.1, dtype=np.float32),  # constant
    np.full(5, np.nan, dtype=np.float32),  # nothing there
    np.array([np.nan, 3.5, np.nan], dtype=np.float32),  # one there
    np.array([1e9, 1e9 + 64, 1e9 + 128, 1e9 + 64], dtype=np.float32),  # small spread, far away
    np.array([0.0, -0.0, 1.0, -1.0], dtype=np.float32),
]
windows = [with_missing(random.normal(size=n) * 100, share)
           for n, share in [(2, 0), (4, 0), (4, 0.3), (8, 0), (8, 0.3), (12, 0.5), (20, 0.1)]
           for _ in range(4)]
logs = np.concatenate([
    random.standard_t(1.2, size=60) * 1e3, random.normal(size=20) * 1e-6, [0, 3e38, -3e38, 1e-40],
]).astype(np.float32)
logs64 = logs.astype(np.float64)

with open("recipe_oracles.json", "w") as file:
    json.dump(
        {
            "cross_sections": [cross_section(values) for values in sections],
            "windows": [window(values) for values in windows],
            "signed_log": {
                "values": document(logs),
                "results": document(
                    (np.sign(logs64) * np.log1p(np.abs(logs64))).astype(np.float32)),
            },
        }, file, separators=(",", ":"))
    file.write("\n")
