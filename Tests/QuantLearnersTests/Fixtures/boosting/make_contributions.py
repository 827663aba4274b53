"""Makes contributions.json: models of LightGBM as text, rows, and what LightGBM says they contribute.

Run: pip install lightgbm==4.7.0 numpy; python3 make_contributions.py > contributions.json
"""
import json

import lightgbm
import numpy as np

MISSING = 9e9


def case(name, seed, parameters, trees):
    random = np.random.default_rng(seed)
    rows, features = 600, 6
    x = random.normal(size=(rows, features)).astype(np.float32)
    x[:, 4] = random.integers(0, 12, rows)
    x[:, 5] = np.where(random.random(rows) < 0.5, 0, np.round(x[:, 5], 1))
    x[random.random((rows, features)) < 0.1] = np.nan
    z = np.nan_to_num(x)
    score = z[:, 0] * z[:, 1] + np.sin(z[:, 2]) + (z[:, 4] % 3 == 1) + 0.5 * z[:, 5] - 0.5
    if parameters["objective"] == "binary":
        label = (score + random.normal(size=rows) > 0).astype(int)
    else:
        label = score + 3
    data = lightgbm.Dataset(
        x, label, categorical_feature=[4], params={"min_data_in_bin": 1, "verbose": -1})
    booster = lightgbm.train(
        parameters | {
            "verbose": -1, "num_threads": 1, "seed": seed, "deterministic": True,
            "min_data_in_leaf": 5, "min_data_per_group": 5, "cat_smooth": 1, "learning_rate": 0.3,
        },
        data, trees)
    chosen = x[:25]
    # LightGBM's raw scores and contributions of a random forest are sums; here they are averages.
    share = trees if parameters.get("boosting") == "rf" else 1
    return {
        "name": name, "model": booster.model_to_string(),
        "rows": [[MISSING if np.isnan(v) else float(v) for v in row] for row in chosen],
        "contributions": (booster.predict(chosen, pred_contrib=True) / share).tolist(),
        "scores": (booster.predict(chosen, raw_score=True) / share).tolist(),
        "leaves": booster.predict(chosen, pred_leaf=True).astype(int).tolist(),
        "gain": booster.feature_importance("gain").tolist(),
        "splits": booster.feature_importance("split").tolist(),
    }


cases = [
    case("binary", 1, {"objective": "binary", "num_leaves": 12}, 6),
    case("regression", 2, {"objective": "regression", "num_leaves": 20}, 4),
    case("zero as missing", 3,
         {"objective": "binary", "num_leaves": 8, "zero_as_missing": True}, 5),
    case("random forest", 4,
         {"objective": "regression", "num_leaves": 10, "boosting": "rf", "bagging_freq": 1,
          "bagging_fraction": 0.7}, 4),
]
print(json.dumps({"lightgbm": lightgbm.__version__, "missing": MISSING, "cases": cases}))
