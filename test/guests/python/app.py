"""The toolbox in Python: the functions of each interface are a class here, its resources a module of the interface's name."""

from binascii import crc32
from itertools import accumulate, pairwise
from math import isfinite, pi
from typing import Optional

from componentize_py_types import Err
from counters import Counter
from wit_world import exports
from wit_world.exports.compute import (
    Failure_BadSample,
    Failure_Empty,
    Failure_Unusable,
    Kind,
    Marks,
    Point,
    Sample,
    Shape,
    Shape_Circle,
    Shape_Dot,
    Shape_Named,
    Shape_Polygon,
)
from wit_world.imports import host
from wit_world.imports.host import Level, LookupError_Denied
from wit_world.imports.sinks import Sink

S32_MAX = 2**31 - 1
S64_MIN = -(2**63)
S64_MAX = 2**63 - 1


def total(numbers: list[float]) -> float:
    """The sum from left to right. The built-in one compensates for what rounding loses, which nobody asked for."""
    result = 0.0
    for number in numbers:
        result += number
    return result


class Compute(exports.Compute):
    def add(self, a: int, b: int) -> int:
        return (a + b) % 2**32

    def multiply(self, a: int, b: int) -> int:
        return a * b % 2**64

    def saturating_add(self, a: int, b: int) -> int:
        return max(S64_MIN, min(a + b, S64_MAX))

    def divide(self, a: int, b: int) -> int:
        if b == 0:
            raise Err(Failure_Unusable("division by zero"))
        # `//` rounds down, not towards zero.
        quotient = abs(a) // abs(b)
        if (a < 0) != (b < 0):
            return -quotient
        if quotient > S32_MAX:
            raise Err(Failure_Unusable("overflow"))
        return quotient

    def div_mod(self, a: int, b: int) -> Optional[tuple[int, int]]:
        return divmod(a, b) if b else None

    def mean_of_three(self, a: int, b: int, c: int) -> int:
        return (a + b + c) // 3

    def half(self, x: float) -> float:
        return x / 2

    def exclusive_or(self, a: bool, b: bool) -> bool:
        return a != b

    def next_char(self, c: str) -> Optional[str]:
        if c == "\ud7ff":
            return "\ue000"
        return None if c == "\U0010ffff" else chr(ord(c) + 1)

    def reverse_text(self, text: str) -> str:
        return text[::-1]

    def count_chars(self, text: str) -> int:
        return len(text)

    def join(self, parts: list[str], separator: str) -> str:
        return separator.join(parts)

    def split(self, text: str, separator: str) -> list[str]:
        return text.split(separator) if separator else [text]

    def checksum(self, bytes: bytes) -> int:
        return crc32(bytes)

    def reverse_bytes(self, bytes: bytes) -> bytes:
        return bytes[::-1]

    def scale(self, values: list[float], by: float) -> list[float]:
        return [value * by for value in values]

    def running_sums(self, values: list[int]) -> list[int]:
        return list(accumulate(values))

    def bounds(self, values: list[float]) -> Optional[tuple[float, float]]:
        return (min(values), max(values)) if values else None

    def centroid(self, points: list[Point]) -> Optional[Point]:
        if not points:
            return None
        return Point(total([p.x for p in points]) / len(points), total([p.y for p in points]) / len(points))

    def heaviest(self, samples: list[Sample]) -> Optional[Sample]:
        return max(samples, key=lambda sample: sample.weight, default=None)

    def clean(self, samples: list[Sample]) -> list[Sample]:
        for sample in samples:
            if sample.weight < 0 or not isfinite(sample.weight):
                raise Err(Failure_BadSample(sample.id))
        kept = [
            Sample(sample.id, sample.weight, sample.label.strip(" "), sample.note or None)
            for sample in samples
            if sample.weight != 0
        ]
        if not kept:
            raise Err(Failure_Empty())
        return kept

    def classify(self, sample: Sample) -> Kind:
        if sample.weight < 0.25:
            return Kind.LIGHT
        return Kind.REGULAR if sample.weight < 0.75 else Kind.HEAVY

    def marks_of(self, n: int) -> Marks:
        marks = Marks(0)
        if n < 0:
            marks |= Marks.NEGATIVE
        if n == 0:
            marks |= Marks.ZERO
        if n % 2 == 0:
            marks |= Marks.EVEN
        if abs(n) >= 2**40:
            marks |= Marks.HUGE
        return marks

    def differing_marks(self, a: Marks, b: Marks) -> Marks:
        return a ^ b

    def area(self, shape: Shape) -> float:
        match shape:
            case Shape_Dot():
                return 0.0
            case Shape_Circle(radius):
                if radius < 0:
                    raise Err("negative radius")
                return pi * (radius * radius)
            case Shape_Polygon(corners):
                if len(corners) < 3:
                    raise Err("a polygon has at least 3 corners")
                edges = pairwise([*corners, corners[0]])
                return abs(total([p.x * q.y - q.x * p.y for p, q in edges])) / 2
            case Shape_Named("unit-square"):
                return 1.0
            case Shape_Named(name):
                raise Err(f"unknown shape: {name}")

    def chorus(self, n: int) -> int:
        result = 0
        for i in range(1, n + 1):
            doubled = host.twice(i)
            host.log(Level.DEBUG, f"twice {i} is {doubled}")
            result += doubled
        return result % 2**32

    def look_up_all(self, keys: list[str]) -> list[str]:
        return [look_up(key) for key in keys]


def look_up(key: str) -> str:
    try:
        return host.lookup(key)
    except Err as error:
        match error.value:
            case LookupError_Denied(reason):
                host.log(Level.WARN, f"denied: {key}")
                return f"!{reason}"
            case _:
                return "-"


class Counters(exports.Counters):
    def compare(self, a: Counter, b: Counter) -> int:
        return (a.value() > b.value()) - (a.value() < b.value())

    def close(self, sink: Sink) -> int:
        with sink:
            sink.write("bye")
            return sink.total()
