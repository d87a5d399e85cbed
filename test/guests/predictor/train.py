"""
Trains the model of the predictor: `python3 train.py` writes model.json, with nothing but the standard library.

The readings are drawn at random, with a fixed seed: nobody's machines are in them. Whether a machine fails is drawn by log-odds
that grow with each feature. The model is a logistic regression on standardised features, fitted by Newton's method, and judged
by readings that it was not trained with.

`python3 train.py -` prints the model instead, and the readings that it comes from.
"""

import json
import sys
from math import exp, fsum, log, sqrt
from pathlib import Path
from random import Random

SEED = 20260101
TRAINED = 1200
HELD_OUT = 400
FEATURES = ("temperature", "vibration", "hours")


def draw(random: Random) -> tuple[list[float], int]:
    """A reading, °C, mm/s and hours, and whether the machine failed."""
    # `random()` alone gives the same numbers in every version of Python.
    bell = fsum(random.random() for _ in range(12)) - 6
    temperature = 62 + 9 * bell
    vibration = -2.5 * log(1 - random.random()) + 0.5
    hours = 2000 * random.random()
    odds = 0.11 * (temperature - 62) + 0.75 * (vibration - 3) + 0.0016 * (hours - 1000) - 1.5
    return [temperature, vibration, hours], int(random.random() < probability(odds))


def probability(odds: float) -> float:
    return 1 / (1 + exp(-odds))


def mean(values: list[float]) -> float:
    return fsum(values) / len(values)


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a system of linear equations, by Gaussian elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for k in range(size):
            if k != i:
                rows[k] = [a - rows[k][i] * b for a, b in zip(rows[k], rows[i])]
    return [row[-1] for row in rows]


def fit(inputs: list[list[float]], outcomes: list[int]) -> list[float]:
    """The weights with the largest likelihood: Newton's method, until nothing moves."""
    weights = [0.0] * len(inputs[0])
    for _ in range(50):
        chances = [probability(fsum(w * x for w, x in zip(weights, row))) for row in inputs]
        size = range(len(weights))
        gradient = [fsum((y - p) * x[i] for x, y, p in zip(inputs, outcomes, chances)) for i in size]
        curvature = [[fsum(p * (1 - p) * x[i] * x[k] for x, p in zip(inputs, chances)) for k in size] for i in size]
        step = solve(curvature, gradient)
        weights = [w + s for w, s in zip(weights, step)]
        if max(map(abs, step)) < 1e-13:
            return weights
    raise ArithmeticError("the weights do not converge")


def train(samples: list[tuple[list[float], int]], held_out: list[tuple[list[float], int]]) -> dict:
    columns = list(zip(*(values for values, _ in samples)))
    means = [mean(column) for column in columns]
    deviations = [sqrt(mean([(value - m) ** 2 for value in column])) for column, m in zip(columns, means)]

    def standardised(values: list[float]) -> list[float]:
        return [1.0, *((value - m) / d for value, m, d in zip(values, means, deviations))]

    bias, *weights = fit([standardised(values) for values, _ in samples], [failed for _, failed in samples])

    def is_right(values: list[float], failed: int) -> bool:
        odds = fsum(w * x for w, x in zip([bias, *weights], standardised(values)))
        return (odds >= 0) == bool(failed)

    parts = zip(FEATURES, means, deviations, weights)
    return {
        "factors": [dict(zip(("feature", "mean", "deviation", "weight"), part)) for part in parts],
        "bias": bias,
        "accuracy": mean([is_right(*sample) for sample in held_out]),
    }


def main() -> None:
    random = Random(SEED)
    samples = [draw(random) for _ in range(TRAINED)]
    held_out = [draw(random) for _ in range(HELD_OUT)]
    model = train(samples, held_out)
    if sys.argv[1:] == ["-"]:
        json.dump({"model": model, "samples": samples, "heldOut": held_out}, sys.stdout)
    else:
        Path(__file__).with_name("model.json").write_text(json.dumps(model, indent=2) + "\n")


main()
