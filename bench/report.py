"""How figures are told: a ratio with its median and spread over the rounds of one run, beside what it must and should be."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a figure must reach (None where nothing is demanded) and should reach; `at_least` tells which way is better."""

    must: float | None
    aim: float
    at_least: bool

    def verdict(self, value: float) -> str:
        """Tell what a value reaches: `aim`, `must`, or `missed`; `below aim` where only an aim is set."""
        if self._reaches(value, self.aim):
            return "aim"
        if self.must is None:
            return "below aim"
        return "must" if self._reaches(value, self.must) else "missed"

    def line(self) -> str:
        """Give the target as words."""
        sign = ">=" if self.at_least else "<="
        must = "" if self.must is None else f"must {sign} {self.must:g}, "
        return f"{must}aim {sign} {self.aim:g}"

    def _reaches(self, value: float, bound: float) -> bool:
        return value >= bound if self.at_least else value <= bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the bench: a value for each round, and its target; without one it is only told."""

    name: str
    values: tuple[float, ...]
    target: Target | None = None

    @property
    def verdict(self) -> str:
        """What the median reaches; empty where nothing is set."""
        return "" if self.target is None else self.target.verdict(median(self.values))

    def line(self) -> str:
        """Give the figure as one line."""
        spread = f"{median(self.values):8.2f} [{min(self.values):.2f}-{max(self.values):.2f}]"
        target = "" if self.target is None else f"{self.target.line()}: {self.verdict}"
        return f"{self.name:<58} {spread:<26} {target}".rstrip()

    def as_json(self) -> dict[str, object]:
        """Give the figure for a script."""
        return {
            "name": self.name,
            "median": median(self.values),
            "min": min(self.values),
            "max": max(self.values),
            "must": None if self.target is None else self.target.must,
            "aim": None if self.target is None else self.target.aim,
            "verdict": self.verdict,
        }
