"""Who there is in an agency, and what an administrator may change about it: pure functions from a roster to a change.

Each function gives an `OfficeChange`, or raises a CommandRejected; `engine.commands.people` saves it with its records.
"""

from engine.office.change import OfficeChange, after
from engine.office.handover import Handover
from engine.office.roster import (
    NO_PASSWORD,
    Holding,
    PersonEntry,
    PostEntry,
    Roster,
    UnitEntry,
    mark,
)

__all__ = [
    "NO_PASSWORD",
    "Handover",
    "Holding",
    "OfficeChange",
    "PersonEntry",
    "PostEntry",
    "Roster",
    "UnitEntry",
    "after",
    "mark",
]
