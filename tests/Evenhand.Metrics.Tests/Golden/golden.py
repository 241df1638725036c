"""Writes golden.json: figures of scikit-learn 1.2.1 and NumPy on small random data, overall and by group.

Run with Debian's /usr/bin/python3 (python3-sklearn 1.2.1). The tests read the file; they never run this.
"""
import itertools
import json

import numpy
import sklearn
from scipy.stats import binom
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


def auc_against_background(rows, w, positives_of_background):
    # Over all rows there is no background: the group is held against itself.
    member = numpy.ones(n, bool)
    background = ~rows if rows.dtype == bool else member
    member = rows if rows.dtype == bool else member
    positive, negative = (background, member) if positives_of_background else (member, background)
    chosen = (positive & (label == 1)) | (negative & (label == 0))
    return metrics.roc_auc_score(label[chosen], score[chosen], sample_weight=None if w is None else w[chosen])


def calibration(y, s, w):
    w = numpy.ones(len(y)) if w is None else w
    wide = numpy.minimum(numpy.floor(s * 10 + 1e-9), 9)
    # Of equal mass: each distinct score stands at the middle of its weight.
    distinct = numpy.unique(s)
    mass = numpy.array([w[s == v].sum() for v in distinct])
    middle = (mass.cumsum() - mass / 2) / mass.sum()
    narrow = numpy.floor(10 * middle)[numpy.searchsorted(distinct, s)]
    gap = lambda bins: sum(
        w[bins == b].sum() * abs(numpy.average((s - y)[bins == b], weights=w[bins == b]))
        for b in numpy.unique(bins) if w[bins == b].sum() > 0) / w.sum()
    return {
        "expected-calibration-error": gap(wide),
        "adaptive-calibration-error": gap(narrow),
        "brier-score": metrics.brier_score_loss(y, s, sample_weight=w),
        "calibration-in-the-large": numpy.average(s - y, weights=w),
    }


def classification(rows, w):
    whole = w
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
        **calibration(y, s, w),
        "subgroup-auc": metrics.roc_auc_score(y, s, sample_weight=w),
        "bpsn-auc": auc_against_background(rows, whole, True),
        "bnsp-auc": auc_against_background(rows, whole, False),
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
        f"map@{k}": numpy.mean([
            sum(h[: i + 1].mean() for i in numpy.flatnonzero(h)) / min(k, r.sum()) for h, r in zip(hits, relevance)]),
        f"rbp@{k}": (hits * 0.2 * 0.8 ** numpy.arange(hits.shape[1])).sum(1).mean(),
    }


def by_group(figures, codes, w):
    return [figures(numpy.arange(len(codes)), w)] + [figures(codes == g, w) for g in range(codes.max() + 1)]


# Lists over a catalogue: 50 users in two groups, 40 items in three groups (some unknown), seen items masked. Dense
# matrices user x item throughout, so that nothing is computed as the library does it.
U, N, K = 50, 40, 8
popularity = numpy.sort(rng.integers(0, 90, N))[::-1].copy()
popularity[-3:] = 0
rng.shuffle(popularity)
training_users = 100
item_group = rng.integers(-1, 3, N)
user_group = rng.integers(0, 2, U)
feature = (rng.random((N, 6)) < 0.3).astype(float)
seen = rng.random((U, N)) < 0.1
wanted = (rng.random((U, N)) < 0.08) & ~seen
wanted[numpy.arange(U), [rng.choice(numpy.flatnonzero(~s)) for s in seen]] = True
liking = numpy.where(seen, -numpy.inf, rng.random((U, N)) + 0.004 * popularity + 0.2 * wanted)
place = numpy.argsort(numpy.argsort(-liking, axis=1), axis=1) + 1
top = place <= K
discount = numpy.where(top, 1 / numpy.log2(place + 1), 0)
mass = (1 / numpy.log2(numpy.arange(1, K + 1) + 1)).sum()
ordered = numpy.argsort(-popularity, kind="stable")
head = numpy.zeros(N, bool)
head[ordered[: numpy.searchsorted(popularity[ordered].cumsum(), 0.8 * popularity.sum()) + 1]] = True


def gini_of(x):
    # Mean absolute difference of all pairs over twice the mean, scaled so that one item that has all is 1.
    return numpy.abs(x[:, None] - x[None, :]).mean() / (2 * x.mean()) * N / (N - 1)


def target_of(wants):
    # Exposure shares of the lists with all relevant items first, averaged over the orders among equals.
    p = 1 / numpy.log2(numpy.arange(1, N + 1) + 1) * (numpy.arange(N) < K)
    m = int(wants.sum())
    return numpy.where(wants, p[:m].mean(), p[m:].mean()) / mass


target = numpy.array([target_of(w) for w in wanted])


def lists(users):
    t, w, d, s = top[users], wanted[users], discount[users], seen[users]
    counts, exposure = t.sum(0), d.sum(0)
    share = counts[counts > 0] / counts.sum()
    hit = t & w
    expected = numpy.zeros_like(t)
    for u in range(len(t)):
        expected[u, [i for i in ordered if not s[u, i]][:K]] = True
    rates = lambda num, den: numpy.array([num[:, g].sum() / den[:, g].sum() for g in (head, ~head)])
    reo, rsp = rates(hit, w), rates(t, ~s)
    unit = feature / numpy.maximum(numpy.sqrt((feature ** 2).sum(1, keepdims=True)), 1e-300)
    unlike = 1 - unit @ unit.T
    described = feature.any(1)
    diversity = []
    for u in range(len(t)):
        items_of = numpy.flatnonzero(t[u] & described)
        diversity.append(numpy.mean([unlike[i, j] for i, j in itertools.combinations(items_of, 2)]))
    mean_exposure, mean_target = d.mean(0) / mass, target[users].mean(0)
    return {
        f"item-coverage@{K}": (counts > 0).mean(),
        f"tail-coverage@{K}": (counts[~head] > 0).mean(),
        f"gini@{K}": gini_of(counts),
        f"exposure-gini@{K}": gini_of(exposure),
        f"shannon-entropy@{K}": -(share * numpy.log2(share)).sum(),
        f"epc@{K}": ((d * w * (1 - popularity / training_users)).sum(1) / d.sum(1)).mean(),
        f"novelty@{K}": (t * numpy.log2(training_users / numpy.maximum(popularity, 1))).sum(1).mean() / K,
        f"serendipity@{K}": (hit & ~expected).sum(1).mean() / K,
        f"average-popularity@{K}": (t * popularity).sum(1).mean() / K,
        f"long-tail-share@{K}": t[:, ~head].sum(1).mean() / K,
        f"long-tail-count@{K}": t[:, ~head].sum(1).mean(),
        f"intra-list-diversity@{K}": numpy.mean(diversity),
        f"pop-reo@{K}": reo.std() / reo.mean(),
        f"pop-rsp@{K}": rsp.std() / rsp.mean(),
        f"ee-l@{K}": ((mean_exposure - mean_target) ** 2).sum(),
        f"ee-d@{K}": (mean_exposure ** 2).sum(),
        f"ee-r@{K}": (mean_exposure * mean_target).sum(),
    }


def passes(listed, minima):
    return (numpy.cumsum(listed) >= minima).all()


def fair_minima(p, alpha=0.1):
    # The largest significance of the single tests at which, of all 2^K lists of Bernoulli draws, those that fail have
    # at most probability alpha. It is looked for among the values at which the table changes.
    draws = numpy.array(list(itertools.product([0, 1], repeat=K)))
    chance = p ** draws.sum(1) * (1 - p) ** (K - draws.sum(1))
    cdf = [[binom.cdf(t, i, p) for t in range(i + 1)] for i in range(1, K + 1)]
    best = None
    for a in sorted({c for row in cdf for c in row if c <= alpha} | {0.0, alpha}):
        minima = numpy.array([next(t for t, c in enumerate(row) if c > a or t == len(row) - 1) for row in cdf])
        if chance[[not passes(x, minima) for x in draws]].sum() <= alpha:
            best = minima
    return best


def items_of(members):
    hit, geometric = top & wanted, numpy.where(top, 0.8 ** (place - 1.0), 0)
    of = lambda matrix: matrix[:, members].sum() / matrix.sum()
    minima = fair_minima(members.mean())
    in_order = numpy.argsort(-liking, axis=1)[:, :K]
    return {
        f"exposure@{K}": of(discount) / members.mean(),
        f"geometric-exposure@{K}": of(geometric) / members.mean(),
        f"exposure-share@{K}": of(discount),
        f"recommendation-share@{K}": of(top),
        f"recommendation-rate@{K}": top[:, members].sum() / (~seen)[:, members].sum(),
        f"item-recall@{K}": hit[:, members].sum() / wanted[:, members].sum(),
        f"exposure-to-merit@{K}": of(discount) / of(wanted),
        f"impact-to-merit@{K}": of(discount * wanted) / of(wanted),
        f"target-exposure-share@{K}": target[:, members].sum(1).mean(),
        f"fa-ir@{K}": numpy.mean([passes(members[r], minima) for r in in_order]),
        "merit-share": of(wanted),
        "catalogue-share": members.mean(),
    }


item_figures = [items_of(item_group == g) for g in range(3)]
column = lambda name: numpy.array([figures[name] for figures in item_figures])
recall, rate = column(f"item-recall@{K}"), column(f"recommendation-rate@{K}")
shown, due = column(f"exposure-share@{K}"), column(f"target-exposure-share@{K}")
treatment, impact = column(f"exposure-to-merit@{K}"), column(f"impact-to-merit@{K}")
item_fairness = {
    f"reo@{K}": recall.std() / recall.mean(),
    f"rsp@{K}": rate.std() / rate.mean(),
    f"mmf@{K}": (column(f"recommendation-share@{K}") / column("catalogue-share")).min(),
    f"dtr@{K}": treatment.min() / treatment.max(),
    f"dir@{K}": impact.min() / impact.max(),
    f"exposure-merit-difference@{K}": numpy.abs(shown - column("merit-share")).max(),
    f"group-ee-l@{K}": ((shown - due) ** 2).sum(),
    f"group-ee-d@{K}": (shown ** 2).sum(),
    f"group-ee-r@{K}": (shown * due).sum(),
}

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
    "catalogue": {
        "rankings": [numpy.argsort(-row)[: numpy.isfinite(row).sum()].tolist() for row in liking],
        "relevant": [numpy.flatnonzero(r).tolist() for r in wanted],
        "seen": [numpy.flatnonzero(r).tolist() for r in seen],
        "popularity": popularity.tolist(),
        "trainingUsers": training_users,
        "features": [numpy.flatnonzero(r).tolist() for r in feature],
        "userGroups": user_group.tolist(),
        "itemGroups": item_group.tolist(),
        "figures": [lists(numpy.arange(U))] + [lists(numpy.flatnonzero(user_group == g)) for g in range(2)],
        "itemFigures": item_figures,
        "itemFairness": item_fairness,
    },
}
with open(__file__.replace("golden.py", "golden.json"), "w", encoding="utf-8") as file:
    json.dump(golden, file, separators=(",", ":"))
    file.write("\n")
