"""Makes categories.json: how well LightGBM does on categories and constraints, on data made by SplitMix64.

Run: pip install lightgbm==4.7.0 numpy; python3 make_categories.py > categories.json
"""
import json

import lightgbm
import numpy as np
from make_boosting import SplitMix64, area, loss

TRAIN, TEST = 4000, 4000
SIZES = [3, 12, 60, 400]
NUMBERS = 4


def data():
    """Four columns of categories, the last with rare ones, some missing or negative; four of numbers."""
    effects = []
    for column, size in enumerate(SIZES):
        random = SplitMix64(100 + column)
        effects.append([random.normal() for _ in range(size)])
    random = SplitMix64(31)
    x = np.empty((TRAIN + TEST, len(SIZES) + NUMBERS), np.float32)
    y = np.empty(TRAIN + TEST, int)
    for row in range(TRAIN + TEST):
        score = -1.5
        for column, size in enumerate(SIZES):
            u = random.unit()
            category = int(size * u * u)
            score += 0.6 * effects[column][category]
            part = random.unit()
            x[row, column] = np.nan if part < 0.03 else -1 if part < 0.05 else category
        z = [random.normal() for _ in range(NUMBERS)]
        score += 0.8 * z[0] - 0.5 * z[1] + (0.7 if z[2] > 0 and x[row, 0] == 1 else 0)
        x[row, len(SIZES):] = z
        y[row] = 1 if random.unit() < 1 / (1 + np.exp(-score)) else 0
    return x, y


SETTINGS = [
    {},
    {"cat_l2": 1.0, "cat_smooth": 2.0, "min_data_per_group": 20, "max_cat_threshold": 8},
    {"monotone_constraints": [0, 0, 0, 0, 1, -1, 0, 0]},
    {"path_smooth": 20.0},
    {"extra_trees": True},
    {"feature_fraction_bynode": 0.5},
    {"interaction_constraints": [[0, 6], [1, 2, 4], [3, 5, 7]]},
]


TREE_ROWS = 2000


def tree_data():
    """Three columns of categories and two of rounded numbers, with labels that are nearly free of noise."""
    random = SplitMix64(77)
    sizes = [3, 10, 40]
    effects = [[random.normal() for _ in range(size)] for size in sizes]
    x = np.empty((TREE_ROWS, 5), np.float32)
    y = np.empty(TREE_ROWS, np.float32)
    for row in range(TREE_ROWS):
        score = 0.0
        for column, size in enumerate(sizes):
            category = int(size * random.unit())
            x[row, column] = np.nan if random.unit() < 0.05 else category
            score += effects[column][category]
        for column in (3, 4):
            x[row, column] = float(int(random.normal() * 4)) / 4
        score += x[row, 3] * (1 if x[row, 4] > 0 else -0.5)
        y[row] = score + 0.1 * random.normal()
    return x, y


# With a cat_smooth of 0 LightGBM sorts categories without rows, too, by 0 / 0.
TREE_SETTINGS = [
    {},
    {"cat_l2": 0.0, "cat_smooth": 1.0, "min_data_per_group": 1, "max_cat_threshold": 5},
    {"cat_l2": 3.0, "cat_smooth": 30.0, "min_data_per_group": 60, "lambda_l1": 5.0, "lambda_l2": 2.0},
    {"path_smooth": 50.0},
    {"monotone_constraints": [0, 0, 0, -1, 1]},
    {"interaction_constraints": [[0, 3], [1, 2, 4]]},
    {"max_cat_to_onehot": 256},
]


def trees():
    """Raw scores of single trees, in which nothing is drawn at random."""
    x, y = tree_data()
    results = []
    for setting in TREE_SETTINGS:
        parameters = dict(
            objective="regression", num_leaves=8, learning_rate=1.0, min_data_in_leaf=20, verbose=-1,
            num_threads=1, **setting)
        data_set = lightgbm.Dataset(x, y, categorical_feature=[0, 1, 2])
        model = lightgbm.train(parameters, data_set, 1)
        results.append({"parameters": setting, "scores": model.predict(x[:200]).tolist()})
    return results


def main():
    x, y = data()
    train, test = slice(0, TRAIN), slice(TRAIN, TRAIN + TEST)
    results = []
    for setting in SETTINGS:
        areas, losses = [], []
        for seed in range(10):
            parameters = dict(
                objective="binary", num_leaves=15, learning_rate=0.1, min_data_in_leaf=20,
                verbose=-1, num_threads=1, bagging_fraction=0.8, bagging_freq=1, seed=seed,
                **setting)
            data_set = lightgbm.Dataset(
                x[train], y[train], categorical_feature=list(range(len(SIZES))))
            p = lightgbm.train(parameters, data_set, 60).predict(x[test])
            areas.append(area(y[test], p))
            losses.append(loss(y[test], p))
        results.append({
            "parameters": setting, "area": float(np.mean(areas)), "areas": areas,
            "loss": float(np.mean(losses)), "losses": losses})
    print(json.dumps({
        "events": int(y.sum()), "missing": int(np.isnan(x).sum()), "negative": int((x[:, :4] < 0).sum()),
        "results": results, "trees": trees()}, indent=1))


if __name__ == "__main__":
    main()
