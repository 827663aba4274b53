#!/usr/bin/env python3
"""Makes small models of LightGBM and XGBoost and what they predict.

usage: make_models.py            writes the model files and models.json beside itself

Rows and raw scores are bits in hexadecimal: rows of single precision, scores of double precision.
LightGBM 4.7.0, XGBoost 3.2.0.
"""
import json, pathlib

import lightgbm
import numpy as np
import xgboost

here = pathlib.Path(__file__).parent
ROWS = 400
SPECIAL = np.array([np.nan, 0, -0.0, np.inf, -np.inf, 1e-45, -1e-45, 1e-35, -1e-35, 3.4e38, -3.4e38,
                    2.2e9, -1, 0.5, -0.5, 2.9, 33, 1e-36], np.float32)


def data():
    """Column 3 has 40 categories; column 1 is often zero, column 0 sometimes missing."""
    r = np.random.default_rng(5)
    X = np.round(r.normal(size=(ROWS, 4)), 3).astype(np.float32)
    X[r.random(ROWS) < 0.5, 1] = 0
    X[r.random(ROWS) < 0.2, 0] = np.nan
    X[:, 3] = r.integers(0, 40, ROWS)
    y = np.nan_to_num(X[:, 0], nan=1) + X[:, 1] * X[:, 2] + 2 * (X[:, 3] % 5 == 2)
    return X, y


def probe(infinite):
    r = np.random.default_rng(6)
    rows = r.normal(size=(48, 4)).astype(np.float32)
    rows[:, 3] = r.integers(0, 45, 48)
    mask = r.random(rows.shape) < 0.4
    rows[mask] = r.choice(SPECIAL, mask.sum())
    if not infinite:  # XGBoost reads neither infinite values nor negative categories.
        rows[np.isinf(rows)] = 7
        rows[:, 3] = np.where(rows[:, 3] < 0, np.nan, rows[:, 3])
    return rows


def bits(array):
    return [format(int(x), "x") for x in np.ascontiguousarray(array).reshape(-1).view(f"u{array.itemsize}")]


X, y = data()
event = (y > 1).astype(np.float32)
models = {}
rows = probe(infinite=True)
base = {"verbose": -1, "num_threads": 1, "num_leaves": 6, "seed": 1, "min_data_per_group": 10}
forest = {"boosting": "rf", "bagging_fraction": 0.6, "bagging_freq": 1}
for name, parameters, target, categories in [
    ("lightgbm-binary.txt", {"objective": "binary", "sigmoid": 0.7}, event, [3]),
    ("lightgbm-zero.txt", {"objective": "regression", "zero_as_missing": True}, y, []),
    ("lightgbm-none.txt", {"objective": "quantile", "use_missing": False}, y, [3]),
    ("lightgbm-dart.txt", {"objective": "poisson", "boosting": "dart", "drop_rate": 0.5}, np.exp(y / 3), []),
    ("lightgbm-forest.txt", {"objective": "regression", **forest}, y, [3]),
]:
    booster = lightgbm.train(
        {**base, **parameters}, lightgbm.Dataset(X, target, categorical_feature=categories), 4)
    # The parameters at the end are long and change with the version; nothing is read of them.
    text = booster.model_to_string().split("\nparameters:")[0]
    (here / name).write_text(text + "\nparameters:\n[objective: shortened]\n\nend of parameters\n")
    # LightGBM divides by the number of trees only where it predicts, and not raw scores.
    raw = booster.predict(rows, raw_score="forest" not in name)
    models[name] = {"rows": bits(rows), "scores": bits(raw)}

rows = probe(infinite=False)
types = ["q", "q", "q", "c"]
for name, parameters, target, categories in [
    ("xgboost-logistic.json", {"objective": "binary:logistic", "base_score": 0.3}, event, True),
    ("xgboost-logistic.ubj", {"objective": "binary:logistic", "base_score": 0.3}, event, True),
    ("xgboost-dart.ubj", {"objective": "reg:squarederror", "booster": "dart", "rate_drop": 0.5}, y, False),
    ("xgboost-pruned.json", {"objective": "count:poisson", "tree_method": "exact", "gamma": 2},
     np.round(np.exp(y / 3)), False),
]:
    def matrix(X, label=None):
        return xgboost.DMatrix(
            X, label, feature_types=types if categories else None, enable_categorical=categories)

    booster = xgboost.train(
        {"nthread": 1, "max_depth": 3, "seed": 1, **parameters}, matrix(X, target), 4)
    booster.save_model(here / name)
    raw = booster.predict(matrix(rows), output_margin=True).astype(np.float64)
    models[name] = {"rows": bits(rows), "scores": bits(raw)}

(here / "models.json").write_text(json.dumps(models, indent=1).replace("\n   ", " ") + "\n")
