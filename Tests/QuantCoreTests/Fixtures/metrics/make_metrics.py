"""Makes metrics.json: scores, labels and what scikit-learn, SciPy and NumPy say about them.

Run: pip install scikit-learn==1.9.1 scipy numpy; python3 make_metrics.py > metrics.json
"""
import json

import numpy as np
from scipy import stats
from sklearn import metrics
from sklearn.calibration import calibration_curve


def equal_width_error(y, p, bins):
    which = np.minimum((p * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        mask = which == b
        if mask.any():
            total += mask.sum() * abs(p[mask].mean() - y[mask].mean())
    return total / len(y)


def equal_mass_error(y, p, bins):
    """Only for probabilities without ties."""
    order = np.argsort(p, kind="stable")
    which = np.arange(len(y)) * bins // len(y)
    total = 0.0
    for b in range(bins):
        rows = order[which == b]
        if len(rows):
            total += len(rows) * abs(p[rows].mean() - y[rows].mean())
    return total / len(y)


def case(name, y, p):
    y, p = np.asarray(y), np.asarray(p, dtype=float)
    has_ties = len(np.unique(p)) < len(p)
    out = {"name": name, "labels": y.tolist(), "probabilities": p.tolist(), "has_ties": has_ties}
    out["auc"] = metrics.roc_auc_score(y, p)
    # SciPy as a second opinion: the Mann-Whitney statistic over the number of pairs.
    u = stats.mannwhitneyu(p[y == 1], p[y == 0]).statistic
    assert abs(u / ((y == 1).sum() * (y == 0).sum()) - out["auc"]) < 1e-12
    out["average_precision"] = metrics.average_precision_score(y, p)
    out["log_loss"] = metrics.log_loss(y, p)
    out["brier"] = metrics.brier_score_loss(y, p)
    out["equal_width"] = {str(b): equal_width_error(y, p, b) for b in (1, 5, 10, 15)}
    if not has_ties:
        out["equal_mass"] = {str(b): equal_mass_error(y, p, b) for b in (1, 5, 10, 15)}
        out["ndcg"] = {
            str(k): metrics.ndcg_score([y], [p], k=k) for k in (1, 5, 10) if k <= len(y)}
        top = np.argsort(-p, kind="stable")
        out["precision"] = {
            str(k): float(y[top[:k]].mean()) for k in (1, 5, 10) if k <= len(y)}
        # scikit-learn puts a probability on an edge into the lower bin, quant into the upper one.
        if not np.isin(p, np.linspace(0, 1, 6)).any():
            observed, predicted = calibration_curve(y, p, n_bins=5, strategy="uniform")
            out["curve"] = {"observed": observed.tolist(), "predicted": predicted.tolist()}
    return out


def main():
    random = np.random.default_rng(20240601)
    cases = [
        case("four rows of the scikit-learn manual", [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]),
        case("all tied", [0, 1, 0, 1, 0], [0.5] * 5),
        case("certain and wrong", [1, 0, 1, 0], [0.0, 1.0, 1.0, 0.0]),
    ]
    for n, rate in ((50, 0.3), (200, 0.05), (400, 0.5)):
        p = np.clip(random.beta(1, 1 / rate - 1, size=n), 1e-6, 1 - 1e-6)
        y = (random.random(n) < p).astype(int)
        y[:2] = [0, 1]
        cases.append(case(f"calibrated, {n} rows", y, p))
        cases.append(case(f"rounded to ties, {n} rows", y, np.round(p, 2)))
    print(json.dumps({"cases": cases}, indent=None, separators=(",", ":")))


main()
