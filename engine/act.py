"""What a command does to a case, seen from outside it: who gives it, when, and what it asks about the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from engine.spiff.catching import Circumstances

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from engine.actor import Actor, Signature
    from engine.calendar import AgencyCalendar
    from engine.decision import DecisionRef, StoredDecision
    from engine.ids import AgencyId, DefinitionId, DeploymentId, InstanceId, RequestId
    from engine.letters.port import Letters
    from engine.spiff.program import Program
    from engine.user_task import UserTask
    from engine.variables import Value


class People(Protocol):
    """What a case asks about the agency's people when it lays a task on a desk."""

    def list_groups(self, agency: AgencyId) -> frozenset[str]:
        """Give the ids of posts and units."""
        ...

    def find_person(self, agency: AgencyId, login: str) -> Actor | None:
        """Give the person with this login."""
        ...

    def knows_login(self, agency: AgencyId, login: str) -> bool:
        """Tell whether there is an account with this login, open or closed."""
        ...

    def list_open_tasks(self, instance: InstanceId) -> tuple[UserTask, ...]:
        """Give the open tasks of a case."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One command: who gives it, when, under which request, and what it needs to know about the office.

    Only the first record of the whole command has the request: what it does to further cases has none. `unit` is that of
    the post in which it is given, `login` the person's, '' for Alur itself.
    """

    by: Signature
    at: datetime
    request: RequestId | None
    people: People
    zone: Callable[[], ZoneInfo]
    calendar: Callable[[], AgencyCalendar]
    programs: Callable[[DefinitionId], Program]
    letters: Letters
    new_id: Callable[[], str]
    unit: str = ""
    login: str = ""
    length_of: Callable[[str, str], str] = lambda _process, _element: ""
    """Gives the office's own length of a wait whose length no document states, by process key and element, or ''."""

    decision_of: Callable[[DecisionRef, DeploymentId], StoredDecision | None] = (
        lambda _reference, _deployment: None
    )
    """Gives the decision that a drawing of a deployment means."""

    values_of: Callable[[str], Mapping[str, Value]] = lambda _process: {}
    """Gives what the office has set for a process (by key), by name."""

    def circumstances(self, business_key: str) -> Circumstances:
        """Give what a case depends on beside its variables."""
        return Circumstances(
            now=self.at,
            zone=self.zone,
            business_key=business_key,
            length_of=self.length_of,
            decision_of=self.decision_of,
            values_of=self.values_of,
        )
