"""Area under the ROC curve and log loss of predictions, and their bootstrap over test rows."""
import numpy as np


class Ranked:
    """Predictions of the rows of a test set, sorted once, so that areas for many weights are cheap."""

    def __init__(self, y, p):
        order = np.argsort(p, kind="stable")
        self.order, self.events = order, y[order] == 1
        # Rows of equal prediction share their place.
        self.ends = np.append(np.flatnonzero(np.diff(p[order])), len(p) - 1)
        p = np.clip(p, 1e-15, 1 - 1e-15)
        self.losses = -np.where(y == 1, np.log(p), np.log1p(-p))

    def area(self, weights=None):
        """The share of (event, other) pairs in the right order, ties half, rows weighted."""
        w = np.ones(len(self.order)) if weights is None else weights[self.order]
        events = np.diff(np.cumsum(w * self.events)[self.ends], prepend=0)
        others = np.cumsum(w * ~self.events)[self.ends]
        below = others - np.diff(others, prepend=0) / 2
        return float(np.dot(events, below) / (events.sum() * others[-1]))

    def loss(self, weights=None):
        return float(np.average(self.losses, weights=weights))


def differences(y, pairs, replicates, seed=1):
    """Paired differences (ours less theirs) of area and loss, relative to theirs.

    pairs: for each seed the predictions (ours, theirs). Returns for each measure the mean over seeds
    and the standard deviation of that mean when test rows and seeds are drawn again and again.
    """
    ranked = [(Ranked(y, ours), Ranked(y, theirs)) for ours, theirs in pairs]
    random = np.random.default_rng(seed)

    def table(weights):
        rows = []
        for ours, theirs in ranked:
            area, loss = theirs.area(weights), theirs.loss(weights)
            rows.append(((ours.area(weights) - area) / area, (loss - ours.loss(weights)) / loss))
        return np.array(rows)

    plain = table(None)
    means = []
    for _ in range(replicates):
        weights = random.multinomial(len(y), np.full(len(y), 1 / len(y))).astype(float)
        drawn = random.integers(0, len(pairs), len(pairs))
        means.append(table(weights)[drawn].mean(0))
    return plain, np.array(means)
