"""What an administrator changes in the office: units, posts, persons and who holds what (agency chain).

Names stand beside ids as they were then, so that a record is read without looking anything up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.history.event import HistoryEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRegistered(HistoryEvent):
    """An agency was set up, empty but for its first account (agency chain)."""

    type: ClassVar[str] = "agency_registered"
    agency: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSaved(HistoryEvent):
    """A unit was added, renamed or opened again (agency chain)."""

    type: ClassVar[str] = "unit_saved"
    unit: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClosed(HistoryEvent):
    """A unit was closed (agency chain)."""

    type: ClassVar[str] = "unit_closed"
    unit: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSaved(HistoryEvent):
    """A post was added, changed or opened again; from now on it stands for exactly these lanes (agency chain)."""

    type: ClassVar[str] = "post_saved"
    post: str
    name: str
    unit: str
    lanes: tuple[str, ...] = ()
    superior: str = ""
    standing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PostClosed(HistoryEvent):
    """A post was closed; it stands for no lane any more (agency chain)."""

    type: ClassVar[str] = "post_closed"
    post: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(HistoryEvent):
    """A person's name, login, roles or e-mail address was changed; the address itself is not told (agency chain)."""

    type: ClassVar[str] = "person_changed"
    person: str
    login: str
    name: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonClosed(HistoryEvent):
    """An account was closed: its sessions are over, its posts given up (agency chain)."""

    type: ClassVar[str] = "person_closed"
    person: str
    login: str
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonOpened(HistoryEvent):
    """A closed account was opened again, without posts (agency chain)."""

    type: ClassVar[str] = "person_opened"
    person: str
    login: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingStarted(HistoryEvent):
    """A person holds a post from a moment to before another (empty: for good), by themselves or as a deputy.

    `acting` is `plh` or `plt` for a deputy, `letter` the number of the letter of assignment (agency chain).
    """

    type: ClassVar[str] = "holding_started"
    person: str
    name: str
    post: str
    post_name: str
    held_from: str
    held_to: str = ""
    acting: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingEnded(HistoryEvent):
    """A holding got another end: it lasts to before this moment (agency chain)."""

    type: ClassVar[str] = "holding_ended"
    person: str
    name: str
    post: str
    post_name: str
    held_from: str
    held_to: str
    acting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksReassigned(HistoryEvent):
    """Tasks that a person held were given to others or back to their lanes, each as its case tells (agency chain)."""

    type: ClassVar[str] = "tasks_reassigned"
    person: str
    name: str
    tasks: tuple[str, ...] = ()
    reason: str = ""
