"""In which order the fields of a form are read: each behind those that its formulas name."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from engine.form.formula import ALL

if TYPE_CHECKING:
    from collections.abc import Mapping


class Circle(Exception):
    """Fields decide over each other in a circle; `keys` begins and ends with the same field."""

    def __init__(self, keys: list[str]) -> None:
        super().__init__(" → ".join(keys))
        self.keys = keys


def order_of(needs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Put the keys in order; the same needs always give the same order. Raises Circle when there is none.

    Names that are no key of the mapping are data of the case: they are there from the start.
    """
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for key, names in needs.items():
        needed = needs.keys() if ALL in names else names
        sorter.add(key, *(other for other in needs if other in needed))
    try:
        return tuple(sorter.static_order())
    except CycleError as error:
        # graphlib gives each node behind the one that needs it
        raise Circle(list(reversed(error.args[1]))) from error
