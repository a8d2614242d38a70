"""What happened: the events of a case (or of an agency outside its cases), in the past tense and in order.

The history is append-only and the truth for auditors (DESIGN.md 5.5). A command's first event carries who did it; the
events that follow from it carry `cause`, the number of that first one. Each event is a dataclass here and has its words in
`web/history_words.py`. How an event is written, hashed and chained is in `engine/chain.py`; folding is in `engine/replay.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from engine.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEvent:
    """Root of all events; `type` is the public name."""

    type: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceStarted(HistoryEvent):
    """A case began, under this version of the process (digest: SHA-256 of drawing and forms)."""

    type: ClassVar[str] = "instance_started"
    definition: str
    key: str
    version: int
    digest: str
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceCompleted(HistoryEvent):
    """The case reached its end: no token is left."""

    type: ClassVar[str] = "instance_completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceCancelled(HistoryEvent):
    """Somebody stopped the case, for a reason."""

    type: ClassVar[str] = "instance_cancelled"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementActivated(HistoryEvent):
    """A token (numbered within the case) arrived at an element by a sequence flow (empty: no drawn flow).

    `scope` is the token whose scope it runs in, 0 the case itself; `part_of` is the multi-instance token it belongs to, or 0.
    """

    type: ClassVar[str] = "element_activated"
    element: str
    token: int
    scope: int = 0
    flow: str = ""
    part_of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementCompleted(HistoryEvent):
    """The element did its work and the token goes on."""

    type: ClassVar[str] = "element_completed"
    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementMerged(HistoryEvent):
    """The token that waited at a joining gateway went into the one that fired (BPMN 2.0.2, 13.4.1 and 13.4.3)."""

    type: ClassVar[str] = "element_merged"
    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementCancelled(HistoryEvent):
    """The token was taken away before its element was done."""

    type: ClassVar[str] = "element_cancelled"
    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeOpened(HistoryEvent):
    """A sub-process, called process, multi-instance activity or one of its children opened a scope of variables.

    `token` opened it; `parent` is the scope around it. `definition` is the pinned version of a called process, whose
    elements the tokens of the scope stand on, and empty for the others.
    """

    type: ClassVar[str] = "scope_opened"
    scope: int
    token: int
    parent: int = 0
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeClosed(HistoryEvent):
    """The scope and its variables are gone."""

    type: ClassVar[str] = "scope_closed"
    scope: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VariablesChanged(HistoryEvent):
    """Variables of a scope were set or removed.

    `personal` holds, for each personal value, only its commitment: the SHA-256 of salt and canonical value, in hex. The
    value and its salt lie in a table of their own, so that they can be erased while the chain stays valid.
    """

    type: ClassVar[str] = "variables_changed"
    scope: int = 0
    set: dict[str, Value] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    personal: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCreated(HistoryEvent):
    """A task was laid on the desk of a lane. `definition` is that of a called process, empty for the case's own."""

    type: ClassVar[str] = "user_task_created"
    task: str
    token: int
    element: str
    name: str
    lane: str
    on_behalf_of: str = ""
    candidate_groups: tuple[str, ...] = ()
    candidate_persons: tuple[str, ...] = ()
    assignee: str = ""
    due: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskClaimed(HistoryEvent):
    """Somebody took the task."""

    type: ClassVar[str] = "user_task_claimed"
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskUnclaimed(HistoryEvent):
    """The holder put the task back."""

    type: ClassVar[str] = "user_task_unclaimed"
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskAssigned(HistoryEvent):
    """The task was given to a person."""

    type: ClassVar[str] = "user_task_assigned"
    task: str
    to: str
    to_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCompleted(HistoryEvent):
    """The form was sent; the values are in the `VariablesChanged` that follows."""

    type: ClassVar[str] = "user_task_completed"
    task: str
    token: int
    element: str
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCancelled(HistoryEvent):
    """The task is no longer needed."""

    type: ClassVar[str] = "user_task_cancelled"
    task: str


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


EVENTS: dict[str, type[HistoryEvent]] = {
    event.type: event
    for event in (
        InstanceStarted,
        InstanceCompleted,
        InstanceCancelled,
        ElementActivated,
        ElementCompleted,
        ElementMerged,
        ElementCancelled,
        ScopeOpened,
        ScopeClosed,
        VariablesChanged,
        UserTaskCreated,
        UserTaskClaimed,
        UserTaskUnclaimed,
        UserTaskAssigned,
        UserTaskCompleted,
        UserTaskCancelled,
        DefinitionDeployed,
        PersonRegistered,
        PasswordChanged,
        SignedIn,
        SignedOut,
        SignInRefused,
    )
}
"""Every event by its public name; one line an event."""
