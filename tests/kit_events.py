"""Events in the small BPMN files of `kit`: what a node's attributes say it waits for or throws.

    boundary b on=a duration=PT1H            a boundary event on `a`; `keeps=true` lets `a` go on
    catch c message=m key=${nomor}           also: date, cycle, signal; for an end or throw event what it throws
    throw t message=m key=${nomor} carries=a,b
    receive r message=m
    service s topic=oss                      also: send
    events g                                 an event-based gateway
    throw a link=x                           a link; also: error=code, escalation=code, `any` for a catching event's any code
    handler h                                an event sub-process; its start event has the trigger, `keeps=true` lets the rest go on

`unstated=true` marks a timer whose length no document states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TAGS = {
    "boundary": "boundaryEvent",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "events": "eventBasedGateway",
    "receive": "receiveTask",
    "send": "sendTask",
    "service": "serviceTask",
    "handler": "subProcess",
}
OWN = {"on", "keeps", "duration", "date", "cycle", "message", "signal", "key", "carries", "topic"}
OWN |= {"unstated", "error", "escalation", "link", "code", "told"}
_TIMERS = {"duration": "timeDuration", "date": "timeDate", "cycle": "timeCycle"}


def attributes(kind: str, given: Mapping[str, str]) -> str:
    """Give the XML attributes of an event's own."""
    found = {"attachedToRef": given.get("on", "")}
    if given.get("keeps") == "true":
        found["isInterrupting" if kind == "start" else "cancelActivity"] = "false"
    if kind == "handler":
        found["triggeredByEvent"] = "true"
    if "topic" in given:
        found |= {"camunda:type": "external", "camunda:topic": given["topic"]}
    if kind == "receive" and "message" in given:
        found["messageRef"] = ref(given["message"])
    return "".join(f" {name}={quoteattr(value)}" for name, value in found.items() if value)


def properties(given: Mapping[str, str]) -> str:
    """Give the `camunda:properties` of an event."""
    named = {"pesan.kunci": given.get("key"), "pesan.isi": given.get("carries")}
    named["batas.ditetapkan"] = "tidak" if given.get("unstated") == "true" else None
    lines = "".join(
        f"<camunda:property name={quoteattr(name)} value={quoteattr(value)}/>"
        for name, value in named.items()
        if value
    )
    return f"<camunda:properties>{lines}</camunda:properties>" if lines else ""


def definitions(kind: str, given: Mapping[str, str]) -> Iterator[str]:
    """Give the event definition of a node."""
    for word, tag in _TIMERS.items():
        if word in given:
            inner = f"<bpmn:{tag}>{escape(given[word])}</bpmn:{tag}>"
            yield f"<bpmn:timerEventDefinition>{inner}</bpmn:timerEventDefinition>"
    for word in ("message", "signal"):
        if word in given and kind != "receive":
            yield f"<bpmn:{word}EventDefinition {word}Ref={quoteattr(ref(given[word]))}/>"
    for word in ("error", "escalation"):
        if word in given:
            yield f"<bpmn:{word}EventDefinition{_coded(word, given)}/>"
    if "link" in given:
        yield f"<bpmn:linkEventDefinition name={quoteattr(given['link'])}/>"


def _coded(word: str, given: Mapping[str, str]) -> str:
    code = given[word]
    found = {
        f"{word}Ref": "" if code == "any" else ref(code),
        f"camunda:{word}CodeVariable": given.get("code", ""),
        "camunda:errorMessageVariable": given.get("told", ""),
    }
    return "".join(f" {name}={quoteattr(value)}" for name, value in found.items() if value)


def named(nodes: Iterable[Mapping[str, str]]) -> str:
    """Give the messages and signals that the nodes name."""
    words = {"message": "", "signal": "", "error": "errorCode", "escalation": "escalationCode"}
    found = {(word, given[word]) for given in nodes for word in words if word in given}
    return "".join(
        f"<bpmn:{word} id={quoteattr(ref(name))} {words[word] or 'name'}={quoteattr(name)}/>"
        for word, name in sorted(found)
    )


def ref(name: str) -> str:
    """Give the id of a message or signal with a name."""
    return "ref_" + "".join(c if c.isalnum() else "_" for c in name)
