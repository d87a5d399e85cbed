"""
The resource of the interface `counters`.

componentize-py (0.25.1) does nothing when the host drops a resource, so a counter stays in the guest's memory for ever.
"""

from typing import Self

from wit_world.exports import counters
from wit_world.imports.sinks import Sink


def to_s64(number: int) -> int:
    """A number modulo 2⁶⁴, as a signed one."""
    return (number + 2**63) % 2**64 - 2**63


class Counter(counters.Counter):
    def __init__(self, start: int) -> None:
        self.count = start

    def increment(self, by: int) -> int:
        self.count = to_s64(self.count + by)
        return self.count

    def value(self) -> int:
        return self.count

    @classmethod
    def merge(cls, a: Self, b: Self) -> Self:
        return cls(to_s64(a.count + b.count))

    def report(self, sink: Sink, times: int) -> int:
        return sum(sink.write(str(self.count)) for _ in range(times))
