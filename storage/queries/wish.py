"""What somebody asks of a list of tasks: which ones, in which order, which page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.queries.deadlines import DueGroup

MOST_WORDS = 8
"""Words of a search that are looked for; more of them find nothing else."""

NOBODY = "bebas"
"""In place of a holder: the tasks that nobody has."""


class Order(StrEnum):
    """The orders that a list can have; what is equal in one stands as in the first."""

    DUE = "tenggat"
    NEWEST = "terbaru"
    OLDEST = "terlama"
    SUBJECT = "perihal"
    PROCESS = "proses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for; empty means all. `holder` is a person's id or `NOBODY`, `process` a key.

    Each of the `words` has to be found in the case's number or subject, or in a name: of who sent it, in person or post,
    or of who has it. `with_deferred` lists what is put aside among the others.
    """

    words: tuple[str, ...] = ()
    process: str = ""
    lane: str = ""
    holder: str = ""
    due: DueGroup | None = None
    order: Order = Order.DUE
    with_deferred: bool = False
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.words or self.process or self.lane or self.holder or self.due)
