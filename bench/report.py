"""How figures are told: a ratio with its median and spread over the rounds of one run, beside what it must and should be."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the bench. `at_least` tells which way is better; `must` and `aim` are those of docs/bench.md."""

    name: str
    values: tuple[float, ...]
    must: float
    aim: float
    at_least: bool

    @property
    def verdict(self) -> str:
        """What the median reaches."""
        value = median(self.values)
        if (value >= self.aim) if self.at_least else (value <= self.aim):
            return "aim"
        reached = (value >= self.must) if self.at_least else (value <= self.must)
        return "must" if reached else "missed"

    def line(self) -> str:
        """Give the figure as one line."""
        sign = ">=" if self.at_least else "<="
        spread = f"{median(self.values):8.2f} [{min(self.values):.2f}-{max(self.values):.2f}]"
        return f"{self.name:<58} {spread:<26} must {sign} {self.must:g}, aim {sign} {self.aim:g}: {self.verdict}"

    def as_json(self) -> dict[str, object]:
        """Give the figure for a script."""
        return {
            "name": self.name,
            "median": median(self.values),
            "min": min(self.values),
            "max": max(self.values),
            "must": self.must,
            "aim": self.aim,
            "verdict": self.verdict,
        }
