"""Makes modes.json: how well LightGBM's modes and row selections do on the data of make_boosting.py.

LightGBM folds the start score into its first tree, so that its DART drops it too. Given as an init_score it
stays, as it does here.

Run: pip install lightgbm==4.7.0 numpy; python3 make_modes.py > modes.json
"""
import json

import lightgbm
import numpy as np

from make_boosting import TEST, TRAIN, area, data, loss

SETTINGS = {
    "dart": {"boosting": "dart"},
    "dart uniform": {"boosting": "dart", "drop_rate": 0.3, "skip_drop": 0.0, "uniform_drop": True},
    "goss": {"data_sample_strategy": "goss"},
    "forest": {"boosting": "rf", "bagging_fraction": 0.6, "feature_fraction": 0.6},
    "classes": {"pos_bagging_fraction": 0.9, "neg_bagging_fraction": 0.3},
    "frequency": {"bagging_fraction": 0.4, "bagging_freq": 5},
}


def main():
    x, y, w = data()
    train = slice(0, TRAIN)
    test = slice(TRAIN, TRAIN + TEST)
    events = (w * y)[train].sum()
    start = np.log(events / (w[train].sum() - events))
    results = {}
    for name, setting in SETTINGS.items():
        areas, losses = [], []
        for seed in range(10):
            parameters = dict(
                objective="binary", num_leaves=15, learning_rate=0.1, min_data_in_leaf=20,
                verbose=-1, num_threads=1, seed=seed) | {"bagging_freq": 1} | setting
            if name == "goss":
                del parameters["bagging_freq"]
            # A forest takes no init_score, and drops nothing.
            is_forest = name == "forest"
            scores = None if is_forest else np.full(TRAIN, start)
            model = lightgbm.train(
                parameters,
                lightgbm.Dataset(x[train], y[train], weight=w[train], init_score=scores), 60)
            if is_forest:
                p = model.predict(x[test])
            else:
                p = 1 / (1 + np.exp(-start - model.predict(x[test], raw_score=True)))
            areas.append(area(y[test], p))
            losses.append(loss(y[test], p))
        results[name] = {
            "parameters": setting,
            "area": float(np.mean(areas)), "area deviation": float(np.std(areas, ddof=1)),
            "loss": float(np.mean(losses)), "loss deviation": float(np.std(losses, ddof=1))}
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
