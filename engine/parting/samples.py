"""Values that stand for all others: where a term is only compared with constants, one value of each region between them is enough."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.expression.values import NUMBERS
from engine.parting.terms import BOTH, ORDER, Constant, distinct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.parting.terms import Term

OTHER = "lain"
"""A text that is none of those compared with, made longer until it is."""

MOST_OPTIONS = 100
"""Options of a field beyond which they are not looked at one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """The values that a variable can have: `options`, else numbers of a field, else anything.

    It `is_known` when no other value can come. `may_be_null` when it can be left empty by itself, `is_hideable` when what
    else is filled in decides whether there is one.
    """

    options: tuple[Constant, ...] | None = None
    is_number: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: int | None = None
    may_be_null: bool = False
    is_hideable: bool = False

    @property
    def is_known(self) -> bool:
        """Whether all its values are known."""
        return self.options is not None or self.is_number


ANYTHING = Domain()


def samples_of(term: Term, domain: Domain) -> tuple[Constant, ...]:
    """Give one value for each region that the term's constants make, null apart."""
    if term.is_order:
        return ORDER
    if domain.options is not None:
        return distinct(domain.options)
    numbers = [each for each in term.constants if _is_number(each)]
    if domain.is_number:
        return tuple(_of_field(numbers, domain))
    return distinct((*_texts(term), *_booleans(term), *_between(numbers))) or (OTHER,)


def _is_number(value: Constant) -> bool:
    return isinstance(value, Decimal)


def _texts(term: Term) -> Iterable[str]:
    texts = sorted(each for each in term.constants if isinstance(each, str))
    if not texts and any(each is not None for each in term.constants):
        return
    yield from texts
    other = OTHER
    while other in texts:
        other += OTHER
    yield other
    if term.is_ranked:
        yield ""
        yield from (f"{text} " for text in texts)


def _booleans(term: Term) -> Iterable[bool]:
    return BOTH if any(isinstance(each, bool) for each in term.constants) else ()


def _between(numbers: Iterable[Constant]) -> Iterable[Decimal]:
    """Give the numbers themselves, one between each two, one below and one above all."""
    points = sorted(each for each in numbers if isinstance(each, Decimal))
    if not points:
        return
    yield from points
    yield from (NUMBERS.divide(NUMBERS.add(a, b), Decimal(2)) for a, b in pairwise(points))
    yield NUMBERS.subtract(points[0], Decimal(1))
    yield NUMBERS.add(points[-1], Decimal(1))


def _of_field(numbers: list[Constant], domain: Domain) -> Iterable[Constant]:
    """Give the numbers that the field takes; in one with a number of decimals nothing lies between its steps."""
    ends = [each for each in (domain.least, domain.most) if each is not None]
    points = [*numbers, *ends] or [Decimal(0)]
    found = (
        _between(points)
        if domain.decimals is None
        else _stepped(points, Decimal(1).scaleb(-domain.decimals))
    )
    return [each for each in sorted(set(found)) if _fits(each, domain)]


def _stepped(points: Iterable[Constant], step: Decimal) -> Iterable[Decimal]:
    for point in points:
        if isinstance(point, Decimal):
            on_step = NUMBERS.multiply(NUMBERS.divide_int(point, step), step)
            yield from (
                on_step,
                NUMBERS.subtract(on_step, step),
                NUMBERS.add(on_step, step),
            )


def _fits(number: Decimal, domain: Domain) -> bool:
    return (domain.least is None or domain.least <= number) and (
        domain.most is None or number <= domain.most
    )
