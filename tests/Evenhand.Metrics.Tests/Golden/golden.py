"""Writes golden.json: figures of scikit-learn 1.2.1 and NumPy on small random data, overall and by group.

Run with Debian's /usr/bin/python3 (python3-sklearn 1.2.1). The tests read the file; they never run this.
"""
import json

import numpy
import sklearn
from sklearn import metrics

assert sklearn.__version__ == "1.2.1", sklearn.__version__
rng = numpy.random.default_rng(20170524)

# Classification: 240 rows, three groups, ties among the scores.
n = 240
group = rng.integers(0, 3, n)
label = (rng.random(n) < 0.3 + 0.15 * group).astype(int)
score = numpy.round(numpy.clip(0.25 + 0.35 * label + 0.08 * group + rng.normal(0, 0.2, n), 0.01, 0.99), 2)
decision = (score >= 0.5).astype(int)
weight = numpy.round(rng.random(n) * 3, 2)


def rates(y, d, w):
    tn, fp, fn, tp = metrics.confusion_matrix(y, d, sample_weight=w).ravel()
    return {
        "selection-rate": (tp + fp) / (tn + fp + fn + tp),
        "true-positive-rate": tp / (tp + fn),
        "false-positive-rate": fp / (fp + tn),
        "true-negative-rate": tn / (fp + tn),
        "false-negative-rate": fn / (tp + fn),
        "base-rate": (tp + fn) / (tn + fp + fn + tp),
    }


def classification(rows, w):
    y, d, s = label[rows], decision[rows], score[rows]
    w = None if w is None else w[rows]
    return {
        "accuracy": metrics.accuracy_score(y, d, sample_weight=w),
        "balanced-accuracy": metrics.balanced_accuracy_score(y, d, sample_weight=w),
        "precision": metrics.precision_score(y, d, sample_weight=w),
        "recall": metrics.recall_score(y, d, sample_weight=w),
        "f1": metrics.f1_score(y, d, sample_weight=w),
        "roc-auc": metrics.roc_auc_score(y, s, sample_weight=w),
        "log-loss": metrics.log_loss(y, s, sample_weight=w),
        **rates(y, d, w),
    }


# Ratings: 150 rows, two groups.
m = 150
rating_group = rng.integers(0, 2, m)
rating = rng.integers(1, 6, m).astype(float)
predicted = numpy.round(rating + rng.normal(0.1, 0.8 + 0.3 * rating_group, m), 3)
rating_weight = numpy.round(rng.random(m) * 2, 2)


def errors(rows, w):
    y, p = rating[rows], predicted[rows]
    w = None if w is None else w[rows]
    return {
        "rmse": metrics.mean_squared_error(y, p, sample_weight=w, squared=False),
        "mae": metrics.mean_absolute_error(y, p, sample_weight=w),
        "mean-error": numpy.average(p - y, weights=w),
    }


# Rankings: 40 users, 30 items, every user has relevant items. Scores without ties.
users, items = 40, 30
scores = rng.permuted(numpy.tile(numpy.arange(items), (users, 1)), axis=1)
relevance = (rng.random((users, items)) < 0.12).astype(int)
relevance[numpy.arange(users), rng.integers(0, items, users)] = 1
rankings = numpy.argsort(-scores, axis=1)


def ranking(k):
    hits = numpy.take_along_axis(relevance, rankings, 1)[:, :k]
    first = numpy.where(hits.any(1), 1 / (hits.argmax(1) + 1), 0)
    return {
        f"ndcg@{k}": metrics.ndcg_score(relevance, scores, k=k, ignore_ties=True),
        f"recall@{k}": (hits.sum(1) / relevance.sum(1)).mean(),
        f"precision@{k}": hits.mean(),
        f"hit-rate@{k}": hits.any(1).mean(),
        f"mrr@{k}": first.mean(),
    }


def by_group(figures, codes, w):
    return [figures(numpy.arange(len(codes)), w)] + [figures(codes == g, w) for g in range(codes.max() + 1)]


golden = {
    "source": f"scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}",
    "classification": {
        "groups": group.tolist(),
        "labels": label.tolist(),
        "decisions": decision.tolist(),
        "scores": score.tolist(),
        "weights": weight.tolist(),
        "figures": by_group(classification, group, None),
        "weightedFigures": by_group(classification, group, weight),
    },
    "rating": {
        "groups": rating_group.tolist(),
        "labels": rating.tolist(),
        "predictions": predicted.tolist(),
        "weights": rating_weight.tolist(),
        "figures": by_group(errors, rating_group, None),
        "weightedFigures": by_group(errors, rating_group, rating_weight),
    },
    "ranking": {
        "rankings": rankings.tolist(),
        "relevant": [numpy.flatnonzero(r).tolist() for r in relevance],
        "figures": {**ranking(1), **ranking(5), **ranking(10), **ranking(30)},
    },
}
with open(__file__.replace("golden.py", "golden.json"), "w", encoding="utf-8") as file:
    json.dump(golden, file, separators=(",", ":"))
    file.write("\n")
