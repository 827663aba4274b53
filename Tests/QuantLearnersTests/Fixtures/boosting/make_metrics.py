"""Makes metrics.json: metrics by scikit-learn and LightGBM on numbers that SplitMix64 makes alike in every language.

Run: pip install lightgbm==4.7.0 scikit-learn==1.9.1 numpy; python3 make_metrics.py > metrics.json
"""
import json

import lightgbm
import numpy as np
from sklearn import metrics

from make_boosting import SplitMix64

ROWS, GROUPS, CUTOFF = 500, 12, 5


def data():
    """Binary labels, grades, scores with ties, weights and groups; one group has no gain."""
    random = SplitMix64(77)
    rows = []
    for _ in range(ROWS):
        group = random.next() % GROUPS
        grade = 0 if group == 3 else max(0, int(random.normal() + 0.5))
        score = float(int((random.normal() + 0.5 * grade) * 64)) / 64
        rows.append((score, grade, 1 + random.next() % 4, group))
    # LightGBM wants groups as neighbours; equal scores stay in this order.
    return np.array(sorted(rows, key=lambda row: row[3]), float)


def lightgbm_ndcg(scores, grades, weights, groups):
    """The mean that LightGBM reports, of scores given as start scores and a step too small to matter."""
    sizes = np.unique(groups, return_counts=True)[1]
    features = np.arange(len(scores), dtype=float)[:, None]
    dataset = lightgbm.Dataset(
        features, grades, weight=weights, group=sizes, init_score=scores, free_raw_data=False)
    record = {}
    lightgbm.train(
        dict(objective="lambdarank", metric="ndcg", eval_at=[CUTOFF], learning_rate=1e-300,
             verbose=-1, num_threads=1), dataset, 1, valid_sets=[dataset], valid_names=["v"],
        callbacks=[lightgbm.record_evaluation(record)])
    return record["v"][f"ndcg@{CUTOFF}"][0]


def main():
    scores, grades, weights, groups = data().T
    y = (grades > 0).astype(int)
    p = 1 / (1 + np.exp(-scores))
    precisions, gains = [], []
    for group in np.unique(groups):
        chosen = groups == group
        order = np.argsort(-scores[chosen], kind="stable")[:CUTOFF]
        precisions.append(y[chosen][order].mean())
        if y[chosen].any():
            # Ties lie in the order of rows: a slope too small to matter elsewhere makes them so.
            slope = np.arange(chosen.sum()) * 1e-9
            gains.append(metrics.ndcg_score(
                [2**grades[chosen] - 1], [scores[chosen] - slope], k=CUTOFF))
    json.dump({
        "rows": ROWS, "weight": weights.sum(), "events": int(y.sum()),
        "log_loss": metrics.log_loss(y, p, sample_weight=weights),
        "auc": metrics.roc_auc_score(y, scores, sample_weight=weights),
        "auc_unweighted": metrics.roc_auc_score(y, scores),
        "average_precision": metrics.average_precision_score(y, scores, sample_weight=weights),
        "average_precision_unweighted": metrics.average_precision_score(y, scores),
        "rmse": metrics.root_mean_squared_error(grades, scores, sample_weight=weights),
        "mae": metrics.mean_absolute_error(grades, scores, sample_weight=weights),
        "pinball": metrics.mean_pinball_loss(grades, scores, sample_weight=weights, alpha=0.8),
        # scikit-learn of each group with a gain; groups without one count 1, as in LightGBM.
        "ndcg": (sum(gains) + GROUPS - len(gains)) / GROUPS,
        "ndcg_lightgbm": lightgbm_ndcg(scores, grades, None, groups),
        # LightGBM forgets the weight of groups without a gain, so the one there is is left out.
        "ndcg_lightgbm_weighted": lightgbm_ndcg(
            *(column[groups != 3] for column in (scores, grades, weights, groups))),
        "precision": float(np.mean(precisions)),
    }, __import__("sys").stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
