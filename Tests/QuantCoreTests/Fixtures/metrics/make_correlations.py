"""Makes correlations.json: pairs of columns and what SciPy says about their order.

Run: pip install scipy numpy; python3 make_correlations.py > correlations.json
"""
import json

import numpy as np
from scipy import stats


def case(name, x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return {"name": name, "first": x.tolist(), "second": y.tolist(),
            "spearman": float(stats.spearmanr(x, y).statistic),
            "kendall": float(stats.kendalltau(x, y).statistic)}


def main():
    random = np.random.default_rng(7)
    cases = [case("the same order", [1, 2, 3], [2, 3, 7]), case("opposite", [1, 2, 3], [3, 2, 1]),
             case("ties on both sides", [1, 1, 2, 2, 3], [5, 4, 4, 4, 1])]
    for n in (2, 17, 300):
        x = random.normal(size=n)
        y = x + random.normal(size=n)
        cases.append(case(f"normal, {n} rows", x, y))
        if n > 2:
            cases.append(case(f"rounded, {n} rows", np.round(x), np.round(2 * y)))
            cases.append(case(f"one side rounded, {n} rows", np.round(x), y))
    print(json.dumps({"cases": cases}, separators=(",", ":")))


main()
