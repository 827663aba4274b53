"""One run of another library, in a process of its own; `boosting_runs.py` starts it.

usage: boosting_peers.py --peer NAME --features X --labels y [--weights w] --params JSON [--threads N]
         [--trees N] [--seed N] [--predict X --predictions FILE]
         [--time-prediction X]

The parameters are LightGBM's. Where a library has no such parameter, or means something else, the
function that runs it says so. Prints one JSON line: seconds of the phases, and what deviates.
"""
import argparse
import json
import statistics
import sys
import time

import numpy as np


def phase(name):
    """Says on standard error that a phase begins, for whoever samples memory from outside."""
    print(f"phase {name}", file=sys.stderr, flush=True)
    return time.perf_counter()


def lightgbm(data, p, options, **more):
    import lightgbm
    p = {"verbose": -1, "num_threads": options.threads, "seed": options.seed, **p, **more}
    start = phase("bin")
    bins = lightgbm.Dataset(data.x, data.y, weight=data.w, params=p, free_raw_data=True).construct()
    middle = phase("train")
    model = lightgbm.train(p, bins, options.trees)
    end = phase("predict")
    return middle - start, end - middle, lambda x: model.predict(x, num_threads=options.threads)


def lightgbm_quantized(data, p, options):
    return lightgbm(data, p, options, use_quantized_grad=True, num_grad_quant_bins=4,
                    quant_train_renew_leaf=True)


def xgboost(data, p, options):
    """Grown by leaves to the same number of leaves; it has no least number of rows of a leaf."""
    import xgboost
    settings = {
        "objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide",
        "max_leaves": p.get("num_leaves", 31), "max_depth": 0, "eta": p.get("learning_rate", 0.1),
        "reg_lambda": p.get("lambda_l2", 0.0), "max_bin": p.get("max_bin", 255) + 1,
        "subsample": p.get("bagging_fraction", 1.0), "min_child_weight": 0.001,
        "colsample_bytree": p.get("feature_fraction", 1.0), "nthread": options.threads,
        "seed": options.seed, "verbosity": 0}
    start = phase("bin")
    bins = xgboost.QuantileDMatrix(data.x, data.y, weight=data.w, max_bin=settings["max_bin"],
                                   nthread=options.threads)
    middle = phase("train")
    model = xgboost.train(settings, bins, options.trees)
    end = phase("predict")
    return middle - start, end - middle, model.inplace_predict


def catboost(data, p, options):
    """Symmetric trees of depth 6, its default and fastest kind; no least number of rows of a leaf."""
    import catboost
    settings = {
        "loss_function": "Logloss", "iterations": options.trees, "depth": 6,
        "learning_rate": p.get("learning_rate", 0.1), "l2_leaf_reg": p.get("lambda_l2", 0.0),
        "border_count": p.get("max_bin", 255) - 1, "boosting_type": "Plain", "random_strength": 0,
        "leaf_estimation_iterations": 1, "boost_from_average": True, "score_function": "L2",
        "rsm": p.get("feature_fraction", 1.0), "thread_count": options.threads,
        "random_seed": options.seed, "verbose": False, "allow_writing_files": False}
    if p.get("bagging_fraction", 1.0) < 1:
        settings.update(bootstrap_type="Bernoulli", subsample=p["bagging_fraction"])
    else:
        settings.update(bootstrap_type="No")
    start = phase("bin")
    pool = catboost.Pool(data.x, data.y, weight=data.w, thread_count=options.threads)
    pool.quantize(border_count=settings["border_count"], feature_border_type="GreedyLogSum")
    middle = phase("train")
    model = catboost.CatBoostClassifier(**settings).fit(pool)
    end = phase("predict")
    return middle - start, end - middle, lambda x: model.predict_proba(
        x, thread_count=options.threads)[:, 1]


def sklearn(data, p, options):
    """Draws features for each node instead of each tree, and no rows at all."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    seconds = 0.0
    bin_data = HistGradientBoostingClassifier._bin_data

    def timed(*arguments, **named):
        nonlocal seconds
        start = time.perf_counter()
        result = bin_data(*arguments, **named)
        seconds += time.perf_counter() - start
        return result

    HistGradientBoostingClassifier._bin_data = timed
    model = HistGradientBoostingClassifier(
        max_iter=options.trees, learning_rate=p.get("learning_rate", 0.1),
        max_leaf_nodes=p.get("num_leaves", 31), min_samples_leaf=p.get("min_data_in_leaf", 20),
        l2_regularization=p.get("lambda_l2", 0.0), max_bins=min(255, p.get("max_bin", 255)),
        max_features=p.get("feature_fraction", 1.0), early_stopping=False,
        random_state=options.seed)
    start = phase("bin")
    model.fit(data.x, data.y, sample_weight=data.w)
    end = phase("predict")
    return seconds, end - start - seconds, lambda x: model.predict_proba(x)[:, 1]


PEERS = {"lightgbm": lightgbm, "lightgbm-quantized": lightgbm_quantized, "xgboost": xgboost,
         "catboost": catboost, "sklearn": sklearn}
MODULES = {"lightgbm-quantized": "lightgbm", "sklearn": "sklearn.ensemble"}


class Data:
    """The training rows, read into memory."""

    def __init__(self, options):
        self.x, self.y = np.load(options.features), np.load(options.labels)
        self.w = np.load(options.weights) if options.weights else None


def main():
    parser = argparse.ArgumentParser()
    for name in ("peer", "features", "labels", "weights", "params", "predict", "predictions",
                 "time-prediction"):
        parser.add_argument(f"--{name}")
    for name, value in (("threads", 1), ("trees", 100), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args()
    # Importing is no part of any phase.
    __import__(MODULES.get(options.peer, options.peer))
    start = phase("load")
    data = Data(options)
    seconds = {"read": time.perf_counter() - start}
    run = PEERS[options.peer]
    seconds["bin"], seconds["train"], predict = run(data, json.loads(options.params), options)
    if options.predict:
        np.save(options.predictions, np.asarray(predict(np.load(options.predict)), np.float64))
    if options.time_prediction:
        rows = np.load(options.time_prediction)
        times = []
        for _ in range(3):
            start = time.perf_counter()
            predict(rows)
            times.append(time.perf_counter() - start)
        seconds["predict"] = statistics.median(times)
    print(json.dumps({"seconds": seconds, "deviates": run.__doc__}))


if __name__ == "__main__":
    main()
