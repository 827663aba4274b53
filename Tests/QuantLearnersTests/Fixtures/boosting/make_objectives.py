"""Makes objectives.json: derivatives and fits of LightGBM's quantile, lambdarank and weighted binary objectives.

Run: pip install lightgbm==4.7.0 numpy; python3 make_objectives.py > objectives.json
"""
import json
import sys

import lightgbm
import numpy as np

from make_boosting import SplitMix64

ROWS, FEATURES, GROUPS = 2400, 6, 24


def data():
    """Features of 32 values each, a label with skewed noise, grades and groups that are neighbours."""
    random = SplitMix64(5)
    x = np.empty((ROWS, FEATURES), np.float32)
    y = np.empty(ROWS)
    grades = np.empty(ROWS, int)
    weights = np.empty(ROWS)
    for row in range(ROWS):
        x[row] = [random.next() % 32 for _ in range(FEATURES)]
        a, b, c = (float(value) for value in x[row, :3])
        signal = a / 8 + (2 if b > 15 else 0) - abs(c - 16) / 8
        noise = random.normal()
        y[row] = np.float32(signal + noise * noise)
        grades[row] = min(4, max(0, int((signal + noise) / 1.5)))
        weights[row] = 1 + random.next() % 3
    return x, y, grades, weights, np.arange(ROWS) * GROUPS // ROWS


def group_derivatives(seed, normalized, cutoff, copies=400):
    """Derivatives that LightGBM takes of each row of two groups, read off a tree with a leaf for each row.

    The value of a leaf is -gradient / hessian of its rows, and the sum of their hessians its weight. The
    two groups stand there many times, since LightGBM guesses the number of rows of a leaf from hessians.
    """
    random = SplitMix64(seed)
    sizes = [9, 14]
    count = sum(sizes)
    grades = [random.next() % 4 for _ in range(count)]
    scores = [float(int(random.normal() * 64)) / 64 for _ in range(count)]
    weights = [float(1 + random.next() % 3) for _ in range(count)]
    features = np.tile(np.arange(count, dtype=float), copies)[:, None]
    dataset = lightgbm.Dataset(
        features, grades * copies, weight=weights * copies, group=sizes * copies,
        init_score=scores * copies,
        params=dict(min_data_in_bin=1, max_bin=255, min_data_in_leaf=1, verbose=-1))
    model = lightgbm.train(
        dict(objective="lambdarank", num_leaves=count, min_data_in_leaf=1, learning_rate=1.0,
             min_sum_hessian_in_leaf=0, lambdarank_norm=normalized, verbose=-1, num_threads=1,
             lambdarank_truncation_level=cutoff, min_data_in_bin=1), dataset, 1)
    leaves = {}

    def visit(node):
        if "leaf_index" in node:
            leaves[node["leaf_index"]] = node
        else:
            visit(node["left_child"])
            visit(node["right_child"])
    visit(model.dump_model()["tree_info"][0]["tree_structure"])
    places = model.predict(features[:count], pred_leaf=True).ravel()
    # Rows that share a leaf, and so a ratio of derivatives, cannot be told apart.
    alone = [int((places == place).sum()) == 1 for place in places]
    print(f"lambdarank: {sum(alone)} of {count} rows alone", file=sys.stderr)
    hessians = [leaves[place]["leaf_weight"] / copies for place in places]
    gradients = [-leaves[place]["leaf_value"] * h for place, h in zip(places, hessians)]
    return {
        "sizes": sizes, "grades": grades, "scores": scores, "weights": weights,
        "normalized": normalized, "cutoff": cutoff, "alone": alone, "gradients": gradients,
        "hessians": hessians}


def pinball(y, s, level):
    return float(np.mean(np.where(y > s, level * (y - s), (1 - level) * (s - y))))


def ndcg(grades, scores, groups, cutoff):
    values = []
    for group in np.unique(groups):
        gains = 2.0 ** grades[groups == group] - 1
        discounts = 1 / np.log2(np.arange(cutoff) + 2)
        order = np.argsort(-scores[groups == group], kind="stable")[:cutoff]
        values.append((gains[order] @ discounts) / (np.sort(gains)[::-1][:cutoff] @ discounts))
    return float(np.mean(values))


def fits():
    x, y, grades, weights, groups = data()
    half = ROWS // 2
    common = dict(num_leaves=8, learning_rate=0.1, min_data_in_leaf=20, verbose=-1,
                  num_threads=1, max_bin=255, min_data_in_bin=1)
    sizes = np.unique(groups[:half], return_counts=True)[1]

    def curve(parameters, label, weight=None, group=None):
        dataset = lightgbm.Dataset(x[:half], label[:half], weight=weight, group=group)
        model = lightgbm.train({**common, **parameters}, dataset, 20)
        return [model.predict(x, raw_score=True, num_iteration=n) for n in (1, 5, 20)]

    result = {
        "sum": float(y.sum()), "grades": int(grades.sum()), "weight": float(weights.sum())}
    quantile = curve(dict(objective="quantile", alpha=0.8), y)
    result["quantile"] = {
        "pinball": [pinball(y[half:], s[half:], 0.8) for s in quantile],
        "fit_pinball": [pinball(y[:half], s[:half], 0.8) for s in quantile],
        "first": quantile[0][:50].tolist(), "last": quantile[2][:50].tolist()}
    ranks = curve(dict(objective="lambdarank"), grades, group=sizes)
    result["lambdarank"] = {
        "ndcg": [ndcg(grades[half:], s[half:], groups[half:], 10) for s in ranks],
        "fit_ndcg": [ndcg(grades[:half], s[:half], groups[:half], 10) for s in ranks],
        "first": ranks[0][:50].tolist(), "last": ranks[2][:50].tolist()}
    events = (grades >= 3).astype(int)
    for name, parameters in [("scaled", {"scale_pos_weight": 4}), ("balanced", {"is_unbalance": True})]:
        # Rows of a leaf are guessed from hessians, which class weights change: none are asked for.
        scores = curve(dict(objective="binary", min_data_in_leaf=1, **parameters), events)
        result[name] = {"first": scores[0][:50].tolist(), "last": scores[2][:50].tolist()}
    result["events"] = int(events[:half].sum())
    return result


def main():
    derivatives = [
        group_derivatives(seed, normalized, cutoff)
        for seed, normalized, cutoff in [(1, False, 30), (2, True, 30), (3, True, 4), (4, False, 3)]]
    json.dump({"derivatives": derivatives, **fits()}, sys.stdout)
    print()


if __name__ == "__main__":
    main()
