"""Who does a step and by when, in either dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from engine.source.names import said

if TYPE_CHECKING:
    from lxml import etree


class People(TypedDict):
    """The fields of an element that narrow who does it, and say when."""

    assignee: str
    candidate_groups: str
    candidate_persons: str
    due: str
    follow_up: str
    priority: str


def read_people(node: etree._Element) -> People:
    """Read assignee, candidates, dates and priority: literals or expressions, as written."""
    return {
        "assignee": said(node, "assignee", "assignmentDefinition", "assignee"),
        "candidate_groups": said(
            node, "candidateGroups", "assignmentDefinition", "candidateGroups"
        ),
        "candidate_persons": said(node, "candidateUsers", "assignmentDefinition", "candidateUsers"),
        "due": said(node, "dueDate", "taskSchedule", "dueDate"),
        "follow_up": said(node, "followUpDate", "taskSchedule", "followUpDate"),
        "priority": said(node, "priority", "priorityDefinition", "priority"),
    }
