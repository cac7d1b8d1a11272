"""Writes stats_scipy.json: rank correlations and ranks by SciPy, to compare ours with.

    python stats_scipy.py nasbench201.csv.gz > stats_scipy.json

Needs SciPy and NumPy; the file is the source of the known table (see www/data/README.md).
The measures over the best cells follow the definition in `src/stats/top.rs`.
"""
import csv
import gzip
import json
import sys

import numpy as np
import scipy
from scipy import stats


def number(value):
    return None if np.isnan(value) else float(value)


def correlations(x, y):
    both = ~np.isnan(x) & ~np.isnan(y)
    a, b = x[both], y[both]
    result = {"cells": len(x), "defined": len(a), "spearman": None, "kendall": None}
    if len(a) > 1 and np.ptp(a) > 0 and np.ptp(b) > 0:
        result["spearman"] = number(stats.spearmanr(a, b)[0])
        result["kendall"] = number(stats.kendalltau(a, b)[0])
    return result


def top_measures(x, y):
    both = ~np.isnan(x) & ~np.isnan(y)
    a, b = x[both], y[both]
    if len(a) == 0:
        return {"spearmanTop10": None, "kendallTop10": None, "top10Overlap": None, "top64InTop5": None}
    best = b > np.percentile(b, 90)
    by_score = a > np.percentile(a, 90)
    inner = correlations(a[best], b[best])
    return {
        "spearmanTop10": inner["spearman"],
        "kendallTop10": inner["kendall"],
        "top10Overlap": float(np.sum(best & by_score) / np.sum(by_score) * 100) if by_score.any() else None,
        "top64InTop5": int(np.sum((b > np.percentile(b, 95)) & (a >= np.sort(a)[-64]))) if len(a) > 64 else None,
    }


def case(name, x, y):
    x, y = np.asarray(x, float), np.asarray(y, float)
    return {
        "name": name,
        "x": [number(v) for v in x],
        "y": [number(v) for v in y],
        "averageRanks": [float(r) for r in stats.rankdata(x[~np.isnan(x)])],
        "competitionRanks": [int(r) for r in stats.rankdata(-x[~np.isnan(x)], method="min")],
        "correlation": correlations(x, y),
        "top": top_measures(x, y),
    }


def generated():
    rng = np.random.default_rng(2024)
    yield case("one pair", [1], [2])
    yield case("two pairs", [1, 2], [5, 3])
    yield case("three pairs, a tie", [1, 1, 2], [1, 2, 3])
    yield case("constant", [4, 4, 4], [1, 2, 3])
    yield case("all undefined", [np.nan, 1], [1, np.nan])
    yield case("signed zeros", [0.0, -0.0, 1, 2], [1, 2, 3, 4])
    for n in (5, 17, 64, 65, 101, 200):
        yield case(f"continuous, {n}", rng.normal(size=n).round(6), rng.normal(size=n).round(6))
        x = rng.integers(0, max(2, n // 6), n).astype(float)
        y = x + rng.integers(0, 4, n)
        x[rng.random(n) < 0.1] = np.nan
        y[rng.random(n) < 0.1] = np.nan
        yield case(f"ties and undefined, {n}", x, y)
    x = rng.normal(size=2000).round(2)
    yield case("correlated, 2000", x, (x + rng.normal(size=2000)).round(3))
    yield case("heavy ties, 2000", rng.integers(0, 5, 2000), rng.integers(0, 3, 2000))


COLUMNS = [
    ("params_m", "cifar10_test_acc"),
    ("flops_m", "imagenet16_test_acc"),
    ("cifar10valid_val_acc", "cifar10valid_test_acc"),
    ("cifar10valid_val_acc", "cifar10_test_acc"),
    ("cifar100_val_acc", "cifar100_test_acc"),
    ("imagenet16_val_acc", "imagenet16_test_acc"),
    ("cifar100_test_acc", "imagenet16_test_acc"),
    ("synflow", "cifar10_test_acc"),
    ("nwot", "cifar10_test_acc"),
    ("jacov", "cifar10_test_acc"),
    ("zen", "cifar10_test_acc"),
    ("plain", "cifar100_test_acc"),
    ("eyeriss_latency", "edgegpu_latency"),
    ("tgnas_released_prediction", "cifar10_test_acc"),
]


def columns(path):
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))
    for x, y in COLUMNS:
        values = [np.array([float(row[c]) if row[c] else np.nan for row in rows]) for c in (x, y)]
        yield {"x": x, "y": y, "correlation": correlations(*values), "top": top_measures(*values)}


result = {
    "scipy": scipy.__version__,
    "numpy": np.__version__,
    "cases": list(generated()),
    "columns": list(columns(sys.argv[1])),
}
json.dump(result, sys.stdout, separators=(",", ":"))
print()
