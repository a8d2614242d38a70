"""Incidents: a case, or something it set off, can't go on without a person; the reason stands in it until it is resolved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from engine.ids import AgencyId, DefinitionId, IncidentId, InstanceId, JobId


class Resolution(StrEnum):
    """How an incident ended."""

    RETRIED = "retried"
    """The job was begun anew; should it fail again, there is a new incident."""
    DONE_OUTSIDE = "done_outside"
    """An officer reported the work as done outside of Alur."""
    LEFT = "left"
    """The token that it stood at was taken away, or its case ended."""
    DROPPED = "dropped"
    """An officer gave it up, with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident at an element of a case. `token` is 0 for what a token set off and left behind (a message under way).

    `job` is the job that failed, None when none did. `code` chooses the words; `told` is what an outside system or a
    connector said, shortened and without values of forms.
    """

    id: IncidentId
    agency: AgencyId
    instance: InstanceId
    definition: DefinitionId
    element: str
    token: int
    job: JobId | None
    code: str
    told: str
    raised_at: datetime
    resolved_at: datetime | None = None
