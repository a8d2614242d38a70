"""What happens to a case: its beginning and end, its tokens, scopes and variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from engine.history.event import HistoryEvent

if TYPE_CHECKING:
    from engine.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceStarted(HistoryEvent):
    """A case began, under this version of the process (digest: SHA-256 of drawing and forms).

    `parent` and `parent_task` are the case and the task that began it, empty for one that somebody started.
    """

    type: ClassVar[str] = "instance_started"
    definition: str
    key: str
    version: int
    digest: str
    on_behalf_of: str = ""
    parent: str = ""
    parent_task: str = ""


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
class InstanceLinked(HistoryEvent):
    """A finished task began another case, of the process with this key and name; its own history says how it went on."""

    type: ClassVar[str] = "instance_linked"
    instance: str
    task: str
    element: str
    key: str
    name: str


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
class ErrorThrown(HistoryEvent):
    """An error with this code was thrown at an element and caught by another one, which goes on with it."""

    type: ClassVar[str] = "error_thrown"
    token: int
    element: str
    code: str
    message: str = ""
    caught: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationThrown(HistoryEvent):
    """An escalation with this code was thrown at an element; `caught` is who takes it up, empty for nobody."""

    type: ClassVar[str] = "escalation_thrown"
    token: int
    element: str
    code: str
    caught: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAdded(HistoryEvent):
    """Somebody wrote something to the case, at one of its tasks or at none."""

    type: ClassVar[str] = "comment_added"
    text: str
    task: str = ""
