"""What the store in memory keeps."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, TypeVar

from engine.chain import Head, read_event

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from datetime import datetime

    from engine.actor import Agency
    from engine.chain import PersonalValue, Record
    from engine.ids import (
        AgencyId,
        ChainId,
        DefinitionId,
        InstanceId,
        JobId,
        LetterNumberId,
        PersonId,
        PostId,
        RegisterId,
        RequestId,
        UnitId,
        UserTaskId,
    )
    from engine.job import Job
    from engine.letters.number import LetterNumber
    from engine.letters.rule import LetterRule
    from engine.office import Holding, PersonEntry, PostEntry, UnitEntry
    from engine.store import Definition, Instance
    from engine.user_task import UserTask

K = TypeVar("K")
T = TypeVar("T")


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
    units: MutableMapping[tuple[AgencyId, UnitId], UnitEntry] = field(default_factory=dict)
    posts: MutableMapping[tuple[AgencyId, PostId], PostEntry] = field(default_factory=dict)
    persons: MutableMapping[PersonId, tuple[AgencyId, PersonEntry]] = field(default_factory=dict)
    holdings: MutableMapping[tuple[PersonId, PostId, datetime], Holding] = field(
        default_factory=dict
    )
    files: MutableMapping[InstanceId, frozenset[str]] = field(default_factory=dict)
    jobs: MutableMapping[JobId, Job] = field(default_factory=dict)
    letter_rules: MutableMapping[tuple[AgencyId, RegisterId, int], LetterRule] = field(
        default_factory=dict
    )
    letter_sequences: MutableMapping[tuple[AgencyId, RegisterId, str, str], int] = field(
        default_factory=dict
    )
    letter_numbers: MutableMapping[LetterNumberId, LetterNumber] = field(default_factory=dict)

    def draft(self) -> Tables:
        """Give a copy to write to; it looks through to what is kept here."""
        return Tables(**{f.name: ChainMap({}, getattr(self, f.name)) for f in fields(self)})

    def accept(self, draft: Tables) -> None:
        """Keep what was written to a draft."""
        for f in fields(self):
            getattr(self, f.name).update(getattr(draft, f.name).maps[0])


def read_back(record: Record) -> Record:
    """Give the record with its event read back from its stored form."""
    # what was written is what counts, not the object that a caller may still hold
    return replace(record, event=read_event(record.event.type, record.data))
