"""What an event waits for or throws, or a receive task waits for (BPMN 2.0.2, 10.5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import ElementKind, Trigger, TriggerKind
from engine.source.names import BPMN, CAMUNDA, TIMERS, ZEEBE, find_extension

if TYPE_CHECKING:
    from lxml import etree


def read_trigger(node: etree._Element) -> Trigger | None:
    """Read the trigger, None for none; the gate sees to it that there is one at most."""
    if node.tag == BPMN + ElementKind.RECEIVE_TASK:
        return Trigger(kind=TriggerKind.MESSAGE, name=_of_ref(node, "message", "name"))
    for kind in TriggerKind:
        found = node.find(f"{BPMN}{kind}EventDefinition")
        if found is not None:
            return _READERS[kind](found, kind)
    return None


def read_key(node: etree._Element, process: etree._Element) -> str:
    """Give the expression that tells which message an element waits for, as `zeebe:subscription` of the message says it.

    The start of a case waits for any of its name.
    """
    if node.tag == BPMN + ElementKind.START_EVENT and node.getparent() is process:
        return ""
    receives = node.tag == BPMN + ElementKind.RECEIVE_TASK
    holder = node if receives else node.find(BPMN + "messageEventDefinition")
    message = None if holder is None else _referred(holder, "message")
    found = None if message is None else find_extension(message, ZEEBE + "subscription")
    return "" if found is None else str(found.get("correlationKey", "")).strip()


def _timer(definition: etree._Element, kind: TriggerKind) -> Trigger:
    texts = [(tag, definition.findtext(BPMN + tag)) for tag in TIMERS]
    given = [(tag, text.strip()) for tag, text in texts if text is not None]
    timer, text = given[0] if len(given) == 1 else ("", "")
    return Trigger(kind=kind, timer=timer, text=text)


def _named(definition: etree._Element, kind: TriggerKind) -> Trigger:
    return Trigger(kind=kind, name=_of_ref(definition, kind, "name"))


def _coded(definition: etree._Element, kind: TriggerKind) -> Trigger:
    return Trigger(
        kind=kind,
        name=_of_ref(definition, kind, f"{kind}Code"),
        message=_of_ref(definition, kind, f"{CAMUNDA}errorMessage"),
        code_variable=definition.get(f"{CAMUNDA}{kind}CodeVariable", "").strip(),
        message_variable=definition.get(CAMUNDA + "errorMessageVariable", "").strip(),
    )


def _link(definition: etree._Element, kind: TriggerKind) -> Trigger:
    return Trigger(kind=kind, name=definition.get("name", "").strip())


_READERS = {
    TriggerKind.TIMER: _timer,
    TriggerKind.MESSAGE: _named,
    TriggerKind.SIGNAL: _named,
    TriggerKind.ERROR: _coded,
    TriggerKind.ESCALATION: _coded,
    TriggerKind.LINK: _link,
}


def _of_ref(node: etree._Element, kind: str, attribute: str) -> str:
    """Give an attribute of the message, signal, error or escalation that a node refers to; '' for none or an unknown one."""
    found = _referred(node, kind)
    return "" if found is None else str(found.get(attribute, "")).strip()


def _referred(node: etree._Element, kind: str) -> etree._Element | None:
    wanted = node.get(f"{kind}Ref", "")
    root = node.getroottree().getroot()
    found = (n for n in root.iter(BPMN + kind) if wanted and n.get("id") == wanted)
    return next(found, None)
