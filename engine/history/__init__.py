"""What happened: the events of a case (or of an agency outside its cases), in the past tense and in order.

The history is append-only and the truth for auditors (DESIGN.md 5.5). A command's first event carries who did it; the
events that follow from it carry `cause`, the number of that first one. Each event is a dataclass here and has its words in
`web/history_words.py`. How an event is written, hashed and chained is in `engine/chain.py`; folding is in `engine/replay.py`.
"""

from __future__ import annotations

from engine.history.case import (
    ElementActivated,
    ElementCancelled,
    ElementCompleted,
    ElementMerged,
    InstanceCancelled,
    InstanceCompleted,
    InstanceStarted,
    ScopeClosed,
    ScopeOpened,
    VariablesChanged,
)
from engine.history.event import HistoryEvent
from engine.history.office import (
    DefinitionDeployed,
    PasswordChanged,
    PersonRegistered,
    SignedIn,
    SignedOut,
    SignInRefused,
)
from engine.history.task import (
    UserTaskAssigned,
    UserTaskCancelled,
    UserTaskClaimed,
    UserTaskCompleted,
    UserTaskCreated,
    UserTaskUnclaimed,
)

__all__ = [
    "EVENTS",
    "DefinitionDeployed",
    "ElementActivated",
    "ElementCancelled",
    "ElementCompleted",
    "ElementMerged",
    "HistoryEvent",
    "InstanceCancelled",
    "InstanceCompleted",
    "InstanceStarted",
    "PasswordChanged",
    "PersonRegistered",
    "ScopeClosed",
    "ScopeOpened",
    "SignInRefused",
    "SignedIn",
    "SignedOut",
    "UserTaskAssigned",
    "UserTaskCancelled",
    "UserTaskClaimed",
    "UserTaskCompleted",
    "UserTaskCreated",
    "UserTaskUnclaimed",
    "VariablesChanged",
]

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
