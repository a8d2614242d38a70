"""What happens in an agency outside its cases: all of the agency's own chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.history.event import HistoryEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionDeployed(HistoryEvent):
    """A version of a process was put in force (agency chain)."""

    type: ClassVar[str] = "definition_deployed"
    definition: str
    key: str
    version: int
    digest: str
    resource: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistered(HistoryEvent):
    """A person was given an account and posts (agency chain)."""

    type: ClassVar[str] = "person_registered"
    person: str
    login: str
    posts: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(HistoryEvent):
    """An account was given another password, and its sessions were ended (agency chain)."""

    type: ClassVar[str] = "password_changed"
    person: str
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordResetMade(HistoryEvent):
    """A link was made by which the person can choose another password, once (agency chain)."""

    type: ClassVar[str] = "password_reset_made"
    person: str
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded(HistoryEvent):
    """So many sessions of an account were ended from another one, by the person or an administrator (agency chain)."""

    type: ClassVar[str] = "sessions_ended"
    person: str
    login: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapKept(HistoryEvent):
    """A map of a process that is only drawn was kept (agency chain); `digest` is that of its file."""

    type: ClassVar[str] = "map_kept"
    map: str
    key: str
    name: str
    version: int
    digest: str
    resource: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(HistoryEvent):
    """Somebody signed in (agency chain)."""

    type: ClassVar[str] = "signed_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(HistoryEvent):
    """Somebody signed out (agency chain)."""

    type: ClassVar[str] = "signed_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefused(HistoryEvent):
    """A sign-in with a known login was refused (agency chain)."""

    type: ClassVar[str] = "sign_in_refused"
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDeployed(HistoryEvent):
    """A version of a decision was put in force (agency chain); `digest` is that of its file."""

    type: ClassVar[str] = "decision_deployed"
    stored: str
    decision: str
    name: str
    version: int
    tag: str
    digest: str
    resource: str
