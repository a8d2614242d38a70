"""What a process says of its versions, of who starts it and of how long its cases are kept, in either dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from engine.source.names import BPMN, CAMUNDA, ZEEBE

if TYPE_CHECKING:
    from lxml import etree


class Starting(TypedDict):
    """The fields of a process that are read here."""

    tag: str
    starter_groups: tuple[str, ...]
    starter_persons: tuple[str, ...]
    startable: bool
    retention: str


def read_starting(process: etree._Element) -> Starting:
    """Read version tag, candidate starters, whether it is on the list of what can be started, and time to live."""
    tag = process.find(f"{BPMN}extensionElements/{ZEEBE}versionTag")
    return {
        "tag": process.get(CAMUNDA + "versionTag", "" if tag is None else tag.get("value", "")),
        "starter_groups": _names(process.get(CAMUNDA + "candidateStarterGroups", "")),
        "starter_persons": _names(process.get(CAMUNDA + "candidateStarterUsers", "")),
        "startable": process.get(CAMUNDA + "isStartableInTasklist") != "false",
        "retention": process.get(CAMUNDA + "historyTimeToLive", "").strip(),
    }


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in (part.strip() for part in text.split(",")) if name)
