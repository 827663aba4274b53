"""Makes logistic.json: what scikit-learn fits to data that SplitMix64 makes alike in every language.

Run: pip install scikit-learn==1.9.1 numpy; python3 make_logistic.py > logistic.json
"""
import json
import pathlib
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from split_mix import SplitMix64

ROWS, FEATURES = 3000, 5
TRUE = [1.0, -0.7, 0.4, 0.0, 0.2]
INTERCEPT = -1.5


def data():
    random = SplitMix64(11)
    x, y, w = [], [], []
    for _ in range(ROWS):
        row = [random.normal() for _ in range(FEATURES)]
        row[1] += 0.6 * row[0]  # correlated
        row[2] = 3 * row[2] + 10  # another scale
        row = [float(np.float32(v)) for v in row]
        score = INTERCEPT + sum(
            t * (v - (10 if j == 2 else 0)) for j, (t, v) in enumerate(zip(TRUE, row)))
        y.append(1 if random.unit() < 1 / (1 + np.exp(-score)) else 0)
        w.append(1 + random.next() % 4)
        x.append(row)
    return np.array(x), np.array(y), np.array(w, dtype=float)


def main():
    x, y, w = data()
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    fits = []
    for l2 in (0.001, 0.05):
        # Mean weighted loss + l2/2 |w|^2  =  (C sum of weighted losses + 1/2 |w|^2) / (C sum w).
        model = LogisticRegression(C=1 / (l2 * w.sum()), solver="newton-cholesky", tol=1e-12,
                                   max_iter=1000).fit(z, y, sample_weight=w)
        fits.append({"l2": l2, "coefficients": model.coef_[0].tolist(),
                     "intercept": float(model.intercept_[0])})
    # saga minimises sum of C w loss + |w|_1.
    l1 = 0.02
    model = LogisticRegression(C=1 / (l1 * w.sum()), l1_ratio=1.0, solver="saga",
                               tol=1e-10, max_iter=100000, random_state=1
                               ).fit(z, y, sample_weight=w)
    lasso = {"l1": l1, "coefficients": model.coef_[0].tolist(),
             "intercept": float(model.intercept_[0])}
    print(json.dumps({"events": int(y.sum()), "weight": float(w.sum()), "fits": fits,
                      "lasso": lasso}, indent=1))


main()
