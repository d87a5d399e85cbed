"""The world demo:pipeline/predictor in Python: a logistic regression by the coefficients that train.py has written."""

import json
from math import exp, isfinite
from pathlib import Path

from componentize_py_types import Err
from wit_world import exports
from wit_world.exports.forecast import Factor, Model, Refusal_NoReadings, Refusal_NotFinite
from wit_world.imports.log import Level, log
from wit_world.imports.readings import Contribution, Feature, Prediction, Reading


def read_model() -> Model:
    """The committed coefficients. This runs when the component is built, which has no files later."""
    model = json.loads(Path(__file__).with_name("model.json").read_text())
    factors = [Factor(Feature[f["feature"].upper()], f["mean"], f["deviation"], f["weight"]) for f in model["factors"]]
    return Model(factors, model["bias"], model["accuracy"])


MODEL = read_model()


def probability(odds: float) -> float:
    """1 / (1 + e⁻ˣ), in the one of two forms that does not overflow."""
    if odds >= 0:
        return 1 / (1 + exp(-odds))
    return exp(odds) / (1 + exp(odds))


def value(reading: Reading, feature: Feature) -> float:
    match feature:
        case Feature.TEMPERATURE:
            return reading.temperature
        case Feature.VIBRATION:
            return reading.vibration
        case Feature.HOURS:
            return reading.hours


def predict_one(reading: Reading) -> Prediction:
    values = [value(reading, factor.feature) for factor in MODEL.factors]
    if not all(map(isfinite, values)):
        raise Err(Refusal_NotFinite(reading.machine))
    amounts = [f.weight * (v - f.mean) / f.deviation for f, v in zip(MODEL.factors, values)]
    contributions = [Contribution(f.feature, amount) for f, amount in zip(MODEL.factors, amounts)]
    return Prediction(reading.machine, probability(MODEL.bias + sum(amounts)), contributions)


class Forecast(exports.Forecast):
    def describe(self) -> Model:
        return MODEL

    def predict(self, readings: list[Reading]) -> list[Prediction]:
        if not readings:
            raise Err(Refusal_NoReadings())
        predictions = [predict_one(reading) for reading in readings]
        log(Level.INFO, f"predicted {len(predictions)} machines")
        return predictions

    def crash(self) -> None:
        raise RuntimeError("on purpose")
