"""User tasks that a drawing gives, by name, to nobody of the agency: known at deploy, where the roster is.

Looked at are names that are written out; what an expression gives is known only when the task is laid on a desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import is_expression
from engine.process import DONE_BY_PEOPLE
from engine.rule import Finding, Severity
from engine.spiff.program import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from engine.office import Roster
    from engine.process import Element, Process
    from engine.source import Source

LONGEST = 200
"""Characters of names that are said again."""


def nobody_named(
    drawn: Iterable[tuple[Source, Process]], roster: Roster, at: datetime
) -> Iterator[Finding]:
    """Find assignees and candidates that the agency does not have, and candidates none of whom holds the lane.

    The first stop a case with an incident, the second leave it on nobody's desk; only warnings, for both can be mended
    in the office.
    """
    for source, process in drawn:
        for element in process.elements.values():
            if element.kind in DONE_BY_PEOPLE:
                yield from _of_task(source.file, process, element, roster, at)


def _of_task(
    file: str, process: Process, element: Element, roster: Roster, at: datetime
) -> Iterator[Finding]:
    groups, persons = _written(element.candidate_groups), _written(element.candidate_persons)
    logins = {*persons, *_written(element.assignee)}
    unknown = {g for g in groups if g not in roster.posts and g not in roster.units}
    unknown |= {login for login in logins if roster.find_login(login) is None}
    lane = process.worker_of(element)
    if unknown:
        yield _found("people_unknown", file, element, sorted(unknown))
    elif lane is not None and (groups or persons) and not _calculated(element):
        posts = (entry.post for entry in roster.list_posts())
        by_group = any(lane.id in p.lanes and {p.id, p.unit} & set(groups) for p in posts)
        people = (roster.find_login(login) for login in persons)
        if not by_group and not any(
            p is not None and lane.id in roster.lanes_of(p.id, at) for p in people
        ):
            yield _found("people_without_lane", file, element, [*groups, *persons], lane.name)


def _written(text: str) -> tuple[str, ...]:
    return () if is_expression(text) else names_of(text)


def _calculated(element: Element) -> bool:
    return is_expression(element.candidate_groups) or is_expression(element.candidate_persons)


def _found(code: str, file: str, element: Element, names: Iterable[str], lane: str = "") -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code=code,
        file=file,
        line=element.line,
        element_id=element.id,
        element_name=element.name,
        params={"names": ", ".join(names)[:LONGEST], "lane": lane},
    )
