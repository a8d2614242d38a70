"""What the store in memory keeps."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field, fields, replace
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from typing_extensions import override

from engine.chain import Head, read_event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from engine.actor import Agency
    from engine.calendar import AgencyCalendar
    from engine.chain import PersonalValue, Record
    from engine.decision import StoredDecision
    from engine.ids import (
        AgencyId,
        ChainId,
        DecisionId,
        DefinitionId,
        DeploymentId,
        IncidentId,
        InstanceId,
        JobId,
        LetterNumberId,
        MapId,
        PersonId,
        PostId,
        RegisterId,
        RequestId,
        SubscriptionId,
        UnitId,
        UserTaskId,
    )
    from engine.incident import Incident
    from engine.job import Job
    from engine.kept_map import KeptMap
    from engine.letters.number import LetterNumber
    from engine.letters.rule import LetterRule
    from engine.message import Subscription
    from engine.office import Holding, PersonEntry, PostEntry, UnitEntry
    from engine.office_value import OfficeValue
    from engine.store import Definition, Instance
    from engine.user_task import UserTask

K = TypeVar("K")
T = TypeVar("T")


class Draft(MutableMapping[K, T]):
    """A table to write to that looks through to what is kept; what is taken away is gone here only."""

    def __init__(self, kept: MutableMapping[K, T]) -> None:
        self._kept = kept
        self._new: dict[K, T] = {}
        self._gone: set[K] = set()

    @override
    def __getitem__(self, key: K) -> T:
        if key in self._new:
            return self._new[key]
        if key in self._gone:
            raise KeyError(key)
        return self._kept[key]

    @override
    def __setitem__(self, key: K, value: T) -> None:
        self._new[key] = value

    @override
    def __delitem__(self, key: K) -> None:
        self[key]  # raises KeyError
        self._new.pop(key, None)
        self._gone.add(key)

    @override
    def __iter__(self) -> Iterator[K]:
        old = (key for key in self._kept if key in self._new or key not in self._gone)
        return chain(old, (key for key in self._new if key not in self._kept))

    @override
    def __len__(self) -> int:
        return sum(1 for _ in self)

    def write_to(self, kept: MutableMapping[K, T]) -> None:
        """Write what was changed here."""
        for key in self._gone:
            kept.pop(key, None)
        kept.update(self._new)


@dataclass(kw_only=True, slots=True)
class Tables:
    """All that is kept, by id."""

    instances: MutableMapping[InstanceId, Instance] = field(default_factory=dict)
    tasks: MutableMapping[UserTaskId, UserTask] = field(default_factory=dict)
    open_tasks: MutableMapping[InstanceId, tuple[UserTaskId, ...]] = field(default_factory=dict)
    definitions: MutableMapping[DefinitionId, Definition] = field(default_factory=dict)
    records: MutableMapping[tuple[ChainId, int], Record] = field(default_factory=dict)
    requests: MutableMapping[RequestId, Record] = field(default_factory=dict)
    personal: MutableMapping[tuple[ChainId, int, str], PersonalValue] = field(default_factory=dict)
    agencies: MutableMapping[AgencyId, tuple[Agency, Head]] = field(default_factory=dict)
    calendars: MutableMapping[AgencyId, AgencyCalendar] = field(default_factory=dict)
    moved: MutableMapping[AgencyId, int] = field(default_factory=dict)
    units: MutableMapping[tuple[AgencyId, UnitId], UnitEntry] = field(default_factory=dict)
    posts: MutableMapping[tuple[AgencyId, PostId], PostEntry] = field(default_factory=dict)
    persons: MutableMapping[PersonId, tuple[AgencyId, PersonEntry]] = field(default_factory=dict)
    holdings: MutableMapping[tuple[PersonId, PostId, datetime], Holding] = field(
        default_factory=dict
    )
    files: MutableMapping[InstanceId, frozenset[str]] = field(default_factory=dict)
    jobs: MutableMapping[JobId, Job] = field(default_factory=dict)
    subscriptions: MutableMapping[SubscriptionId, Subscription] = field(default_factory=dict)
    incidents: MutableMapping[IncidentId, Incident] = field(default_factory=dict)
    decisions: MutableMapping[DecisionId, StoredDecision] = field(default_factory=dict)
    decision_deployments: MutableMapping[tuple[DeploymentId, str], DecisionId] = field(
        default_factory=dict
    )
    maps: MutableMapping[MapId, KeptMap] = field(default_factory=dict)
    wait_lengths: MutableMapping[tuple[AgencyId, str, str], str] = field(default_factory=dict)
    office_values: MutableMapping[tuple[AgencyId, str, str], OfficeValue] = field(
        default_factory=dict
    )
    letter_rules: MutableMapping[tuple[AgencyId, RegisterId, int], LetterRule] = field(
        default_factory=dict
    )
    letter_sequences: MutableMapping[tuple[AgencyId, RegisterId, str, str], int] = field(
        default_factory=dict
    )
    letter_numbers: MutableMapping[LetterNumberId, LetterNumber] = field(default_factory=dict)

    def draft(self) -> Tables:
        """Give a copy to write to; it looks through to what is kept here."""
        return Tables(**{f.name: Draft(getattr(self, f.name)) for f in fields(self)})

    def accept(self, draft: Tables) -> None:
        """Keep what was written to a draft."""
        for f in fields(self):
            getattr(draft, f.name).write_to(getattr(self, f.name))


def read_back(record: Record) -> Record:
    """Give the record with its event read back from its stored form."""
    # what was written is what counts, not the object that a caller may still hold
    return replace(record, event=read_event(record.event.type, record.data))
