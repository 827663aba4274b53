"""Makes boosting.json: how well LightGBM does on data that SplitMix64 makes alike in every language.

Run: pip install lightgbm==4.7.0 numpy; python3 make_boosting.py > boosting.json
"""
import json
import pathlib
import sys

import lightgbm
import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from split_mix import SplitMix64

TRAIN, TEST, FEATURES = 4000, 4000, 12


def data():
    """Heavy tails, whole numbers, rounded and missing values, weights, and interactions."""
    random = SplitMix64(23)
    x = np.empty((TRAIN + TEST, FEATURES), np.float32)
    y = np.empty(TRAIN + TEST, int)
    w = np.empty(TRAIN + TEST)
    for row in range(TRAIN + TEST):
        z = [random.normal() for _ in range(FEATURES)]
        z[0] = z[0] * z[0] * z[0]
        z[1] = float(int(z[1] * 2))
        z[2] = float(int(z[2] * 100)) / 100
        score = -2.0 + 0.8 * z[1] * (1 if z[2] > 0 else 0) + 0.9 * z[3] + (1.2 if z[4] * z[5] > 0 else 0)
        score += 0.2 * z[0]
        y[row] = 1 if random.unit() < 1 / (1 + np.exp(-score)) else 0
        w[row] = 1 + random.next() % 3
        for column in range(FEATURES):
            missing = random.unit() < (0.3 if column == 3 else 0.05)
            x[row, column] = np.nan if missing else z[column]
    return x, y, w


def area(y, p):
    values, inverse, counts = np.unique(p, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    ones = y.sum()
    return (rank[y == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(y) - ones))


def loss(y, p):
    return -np.mean(np.where(y == 1, np.log(p), np.log1p(-p)))


def main():
    x, y, w = data()
    train = slice(0, TRAIN)
    test = slice(TRAIN, TRAIN + TEST)
    settings = [
        {},
        {"feature_fraction": 0.8, "bagging_fraction": 0.8, "lambda_l2": 1.0},
        {"max_depth": 4, "lambda_l1": 2.0, "min_gain_to_split": 0.5},
    ]
    # Where nothing is drawn at random, another number of bins moves the result as another seed does.
    most_bins = [255, 255, 40]
    results = []
    for setting, most in zip(settings, most_bins):
        areas, losses = [], []
        for seed in range(10):
            parameters = dict(
                objective="binary", num_leaves=15, learning_rate=0.1, min_data_in_leaf=20,
                verbose=-1, num_threads=1, bagging_freq=1, seed=seed, max_bin=most - seed, **setting)
            model = lightgbm.train(
                parameters, lightgbm.Dataset(x[train], y[train], weight=w[train]), 60)
            p = model.predict(x[test])
            areas.append(area(y[test], p))
            losses.append(loss(y[test], p))
        results.append({
            "parameters": setting, "bins": most, "area": float(np.mean(areas)), "areas": areas,
            "loss": float(np.mean(losses)), "losses": losses})
    print(json.dumps({
        "events": int(y.sum()), "weight": float(w.sum()),
        "missing": int(np.isnan(x).sum()), "results": results}, indent=1))


if __name__ == "__main__":
    main()
