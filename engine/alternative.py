"""Maps of which an agency has one in force, and maps that are taken out of force: `camunda:properties` of a process.

    alternatif    keys of processes, with commas between: none of them may be in force beside this one
    berlaku       `tidak`: nobody and no case begins a case of it any more; those that run go on

So an office changes over from one map to its alternative with a version of the first that says `berlaku` = `tidak`, in the
same package or before. The rule `alternatives` checks both at deploy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.source import read_source

if TYPE_CHECKING:
    from engine.process import Process
    from engine.store import Definition

ALTERNATIVES, IN_FORCE = "alternatif", "berlaku"
YES, NO = "ya", "tidak"


def alternatives_of(process: Process) -> tuple[str, ...]:
    """Give the keys of the processes that may not be in force beside this one."""
    parts = process.properties.get(ALTERNATIVES, "").split(",")
    return tuple(part.strip() for part in parts if part.strip())


def is_closed(process: Process) -> bool:
    """Tell whether a version takes its process out of force."""
    return process.properties.get(IN_FORCE) == NO


def is_in_force(latest: Definition | None) -> bool:
    """Tell whether a process is in force, by its newest version."""
    if latest is None:
        return False
    processes = read_source(latest.source, file=latest.resource).processes
    return not any(is_closed(process) for process in processes if process.key == latest.key)
