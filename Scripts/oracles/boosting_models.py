"""Compares model files of LightGBM and XGBoost with what this library makes of them.

usage: boosting_models.py TOOL [--rows 1000000] [--only NAME]

TOOL is the program boosting-models of Tests/Models. Models of many kinds are trained, saved, and
predicted on rows with NaN, zeros of both signs, infinities, denormals, huge numbers, and categories
that are known, unknown, negative or no whole numbers.

- theirs: this library loads the file; raw scores must equal LightGBM's to the bit, and XGBoost's but
  for the last bit of single precision.
- ours: this library fits a model and writes LightGBM's text; LightGBM loads it, and its raw scores must
  equal ours to the bit.
"""
import argparse, atexit, json, pathlib, shutil, subprocess, sys, tempfile

import lightgbm
import numpy as np
import xgboost

parser = argparse.ArgumentParser()
parser.add_argument("tool")
parser.add_argument("--rows", type=int, default=1_000_000)
parser.add_argument("--only", default="")
options = parser.parse_args()
folder = pathlib.Path(tempfile.mkdtemp(prefix="quant-models-"))
atexit.register(shutil.rmtree, folder)
COLUMNS, CATEGORICAL = 8, [6, 7]
SPECIAL = np.array([np.nan, 0.0, -0.0, np.inf, -np.inf, 1e-45, -1e-45, 1e-36, -1e-36, 1e-35, -1e-35,
                    1.1754944e-38, 3.4e38, -3.4e38, 2.2e9, -1.0, 1e-30, 0.5, 1.0], np.float32)


def training(seed, rows=4000):
    """Columns 0 to 5 are numbers, some of them missing or often zero; 6 and 7 are categories."""
    r = np.random.default_rng(seed)
    X = r.normal(size=(rows, COLUMNS)).astype(np.float32)
    X[r.random(rows) < 0.5, 1] = 0
    X[r.random((rows, COLUMNS)) < 0.1] = np.nan
    X[:, 3] = np.nan_to_num(X[:, 3])
    X[:, 6] = r.integers(0, 8, rows)
    X[:, 7] = r.integers(0, 90, rows)
    score = np.nan_to_num(X[:, 0]) + 2 * np.isin(X[:, 6], [2, 5]) + (X[:, 7] % 7 == 3)
    score = score + 0.5 * np.isnan(X[:, 2]) + X[:, 3] * (np.nan_to_num(X[:, 1]) > 0)
    score = (score + 0.5 * r.normal(size=rows)).astype(np.float32)
    return X, score


def probe(rows, seed=7, infinite=True, negative=True):
    """Rows to predict: plain ones, and about a third of all values special."""
    r = np.random.default_rng(seed)
    X = r.normal(size=(rows, COLUMNS)).astype(np.float32)
    X[:, 6] = r.integers(0, 12, rows)
    X[:, 7] = r.integers(0, 120, rows)
    special = SPECIAL if infinite else SPECIAL[~np.isinf(SPECIAL)]
    mask = r.random(X.shape) < 0.3
    X[mask] = r.choice(special, mask.sum())
    for column in CATEGORICAL:
        mask = r.random(rows) < 0.2
        fractions = r.choice(np.array([0.5, 2.7, 89.99, 1e6, 2.2e9, 3e38, -0.3, -7], np.float32), rows)
        X[mask, column] = fractions[mask]
        if not negative:
            X[:, column] = np.where(X[:, column] < 0, np.nan, X[:, column])
    return np.ascontiguousarray(X)


def ours(model, X_path):
    out = folder / "scores.npy"
    subprocess.run([options.tool, "predict", str(model), str(X_path), str(out)], check=True)
    return np.load(out)


def report(name, found, expected, allowed=0):
    """allowed: units in the last place of single precision; 0 asks for equal bits of doubles."""
    if allowed == 0:
        wrong = int((found.view(np.int64) != expected.view(np.int64)).sum())
        # Both zeros are the same score.
        wrong -= int(((found == 0) & (expected == 0)).sum()
                     - ((found.view(np.int64) == expected.view(np.int64)) & (found == 0)).sum())
        text = f"{wrong} of {len(found)} differ"
    else:
        a, b = (x.astype(np.float32).view(np.int32).astype(np.int64) for x in (found, expected))
        a, b = (np.where(x < 0, -2**31 - x, x) for x in (a, b))
        distance = np.abs(a - b)
        wrong = int((distance > allowed).sum())
        text = f"{int((distance > 0).sum())} of {len(found)} differ, by {int(distance.max())} units at most"
    print(f"{'ok  ' if wrong == 0 else 'FAIL'} {name}: {text}", flush=True)
    return wrong == 0


def lightgbm_models():
    X, score = training(1)
    event, base = (score > 0.8).astype(np.float32), {"verbose": -1, "num_threads": 1, "num_leaves": 31}
    positive = np.exp(np.clip(score, -3, 3))
    rf = {"boosting": "rf", "bagging_fraction": 0.6, "bagging_freq": 1}
    kinds = {
        "binary": ({"objective": "binary"}, event),
        "binary sigmoid": ({"objective": "binary", "sigmoid": 0.7}, event),
        "regression": ({"objective": "regression"}, score),
        "one leaf": ({"objective": "regression", "min_data_in_leaf": 4000}, score),
        "regression_l1": ({"objective": "regression_l1"}, score),
        "huber": ({"objective": "huber"}, score),
        "quantile": ({"objective": "quantile", "alpha": 0.3}, score),
        "poisson": ({"objective": "poisson"}, positive),
        "gamma": ({"objective": "gamma"}, positive),
        "tweedie": ({"objective": "tweedie"}, positive),
        "cross_entropy": ({"objective": "cross_entropy"}, 1 / (1 + np.exp(-score))),
        "lambdarank": ({"objective": "lambdarank"}, np.clip(score + 2, 0, 4).astype(int)),
        "rank_xendcg": ({"objective": "rank_xendcg"}, np.clip(score + 2, 0, 4).astype(int)),
        "dart": ({"objective": "binary", "boosting": "dart", "drop_rate": 0.5}, event),
        "forest": ({"objective": "regression", **rf}, score),
        "goss": ({"objective": "binary", "data_sample_strategy": "goss"}, event),
        "no missing": ({"objective": "binary", "use_missing": False}, event),
        "zero as missing": ({"objective": "binary", "zero_as_missing": True}, event),
        "extra trees": ({"objective": "binary", "extra_trees": True}, event),
        "monotone": ({"objective": "regression", "monotone_constraints": [1] + 7 * [0]}, score),
    }
    for name, (parameters, target) in kinds.items():
        for categorical in [[], CATEGORICAL]:
            group = np.full(40, 100) if "rank" in name else None
            data = lightgbm.Dataset(
                X, target, group=group, categorical_feature=categorical, free_raw_data=False)
            yield name + (" + categories" if categorical else ""), lightgbm.train(
                {**base, **parameters}, data, 40)


def xgboost_models():
    X, score = training(2)
    event, positive = (score > 0.8).astype(np.float32), np.exp(np.clip(score, -3, 3))
    types = ["c" if column in CATEGORICAL else "q" for column in range(COLUMNS)]
    kinds = {
        "binary:logistic": (event, {}), "binary:logitraw": (event, {}), "reg:logistic": (event, {}),
        "binary:logistic, base_score": (event, {"base_score": 0.2}),
        "reg:squarederror": (score, {}), "reg:absoluteerror": (score, {}),
        "reg:pseudohubererror": (score, {}), "reg:quantileerror": (score, {"quantile_alpha": 0.3}),
        "reg:gamma": (positive, {}), "reg:tweedie": (positive, {}),
        "count:poisson": (np.round(positive), {}),
        "rank:ndcg": (np.clip(np.round(score + 2), 0, 4), {}), "rank:pairwise": (event, {}),
        "rank:map": (event, {}), "survival:cox": (positive, {}),
        "binary:logistic, dart": (event, {"booster": "dart", "rate_drop": 0.4}),
        "reg:squarederror, exact and pruned": (score, {"tree_method": "exact", "gamma": 3}),
        "reg:squarederror, approx": (score, {"tree_method": "approx"}),
        "reg:squarederror, forest": (score, {"num_parallel_tree": 4, "subsample": 0.6}),
        "reg:squarederror, by leaf": (score, {"grow_policy": "lossguide", "max_leaves": 40}),
    }
    for name, (target, parameters) in kinds.items():
        for categories in [False, True]:
            if categories and "exact" in name:
                continue
            data = xgboost.DMatrix(
                X, target, feature_types=types if categories else None, enable_categorical=categories)
            if name.startswith("rank"):
                data.set_group(np.full(40, 100))
            parameters = {"objective": name.split(",")[0], "nthread": 1, "max_depth": 6, **parameters}
            yield name + (" + categories" if categories else ""), categories, types, xgboost.train(
                parameters, data, 15 if "forest" in name else 40)


def our_models():
    X, score = training(3)
    event = (score > 0.8).astype(np.float32)
    kinds = {
        "binary": ({"objective": "binary"}, event),
        "regression": ({"objective": "regression"}, score),
        "dart": ({"objective": "binary", "boosting": "dart", "drop_rate": 0.5}, event),
        "forest": ({"objective": "regression", "boosting": "rf", "bagging_fraction": 0.6}, score),
        "goss": ({"objective": "binary", "data_sample_strategy": "goss"}, event),
        "one leaf": ({"objective": "binary", "min_data_in_leaf": 4000}, event),
    }
    for name, (parameters, target) in kinds.items():
        for categorical in [[], CATEGORICAL]:
            np.save(folder / "X.npy", X), np.save(folder / "y.npy", target.astype(np.float32))
            text = json.dumps({"trees": 40, "categorical": categorical, **parameters})
            files = [folder / "X.npy", folder / "y.npy", text, folder / "ours.gbm"]
            subprocess.run([options.tool, "fit", *map(str, files)], check=True)
            yield name + (" + categories" if categorical else ""), folder / "ours.gbm"


isGood = True
rows = probe(options.rows)
np.save(folder / "rows.npy", rows)
for name, booster in lightgbm_models():
    if options.only in "LightGBM " + name:
        booster.save_model(folder / "model.txt")
        raw = booster.predict(rows, raw_score=True, num_threads=2)
        if "forest" in name:  # LightGBM divides the sum only where it predicts, and not raw scores.
            raw = booster.predict(rows, num_threads=2)
        isGood &= report("LightGBM " + name, ours(folder / "model.txt", folder / "rows.npy"), raw)

# XGBoost refuses infinite values, and takes negative categories to be missing in training only.
rows = probe(options.rows, infinite=False, negative=False)
np.save(folder / "finite.npy", rows)
for name, categories, types, booster in xgboost_models():
    for kind in ["json", "ubj"]:
        if options.only in f"XGBoost {name} {kind}":
            booster.save_model(folder / f"model.{kind}")
            data = xgboost.DMatrix(rows, feature_types=types if categories else None,
                                   enable_categorical=categories)
            raw = booster.predict(data, output_margin=True).astype(np.float64)
            found = ours(folder / f"model.{kind}", folder / "finite.npy")
            isGood &= report(f"XGBoost {name}, {kind}", found, raw, allowed=1)

# A value of at most 1e-35 is 0 for LightGBM; thresholds of ours may lie between.
rows = probe(options.rows)
rows[(np.abs(rows) <= np.float32(1e-35)) & (rows != 0)] = 1
np.save(folder / "rows.npy", rows)
for name, path in our_models():
    if options.only in "ours " + name:
        subprocess.run([options.tool, "convert", str(path), str(folder / "ours.txt")], check=True)
        booster = lightgbm.Booster(model_file=folder / "ours.txt")
        raw = booster.predict(rows, raw_score="forest" not in name, num_threads=2)
        isGood &= report("ours in LightGBM: " + name, raw, ours(path, folder / "rows.npy"))
        again = ours(folder / "ours.txt", folder / "rows.npy")
        isGood &= report("ours in LightGBM's text: " + name, again, raw)
sys.exit(0 if isGood else 1)
