"""How much an expression may cost. What is counted decides; the time is a last fence behind it, far away."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Limits of one expression; going over any of them is an error, never a cut-off value."""

    source_length: int = 10_000
    """Characters of the text."""

    nesting: int = 48
    """Brackets, calls, conditions and signs inside one another. The parser takes five Python frames for each."""

    depth: int = 100
    """Levels of the tree. Evaluation takes up to two Python frames for each."""

    calls: int = 40
    """Functions of the expression's own that are being called inside one another."""

    steps: int = 100_000
    """Nodes evaluated and elements walked, loops included."""

    text_length: int = 100_000
    """Characters of a text that is made while evaluating."""

    list_length: int = 10_000
    """Elements of a list that is made while evaluating."""

    seconds: float = 2.0
    """Processor time of the thread: what the steps allow takes a tenth of it, so that only a mistake of ours gets here."""


DEFAULT_BUDGET = Budget()
"""Enough for any drawing we have seen, and over in well under a second."""
