"""Random changes to files of maps: what a slip in an editor, another tool, a bad copy or malice makes of them.

Each change is drawn from a `Random`, so that a seed is a file.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

Change: TypeAlias = "Callable[[Random, etree._Element], None]"

CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
VALUES = ("", " ", "true", "false", "1", "0", "-1", "NaN", "x", "kerja", "${x}", "=x", "9" * 400)
"""What an attribute or text becomes."""

ADDED = {
    "completionQuantity": "2",
    "startQuantity": "2",
    "isForCompensation": "true",
    "instantiate": "true",
    "eventGatewayType": "Parallel",
    "parallelMultiple": "true",
    "behavior": "None",
    "language": "http://www.w3.org/1999/XPath",
    "expressionLanguage": "http://www.w3.org/1999/XPath",
    "isInterrupting": "0",
    "cancelActivity": "0",
    "isExecutable": "0",
    "triggeredByEvent": "1",
    "isSequential": "1",
    "default": "x",
    "attachedToRef": "x",
    "messageRef": "x",
    "calledElement": "x",
    "hitPolicy": "ANY",
    "aggregation": "SUM",
    "typeRef": "boolean",
    "isCollection": "1",
    "{x:y}sourceRef": "x",
    CAMUNDA + "asyncBefore": "true",
    CAMUNDA + "candidateUsers": "x",
    CAMUNDA + "isStartableInTasklist": "false",
    CAMUNDA + "resultVariable": "x",
    CAMUNDA + "exclusive": "false",
    CAMUNDA + "salah": "x",
    ZEEBE + "modelerTemplate": "x",
}
"""Attributes that a file can have more."""

NAMES = ("required", "hidden", "disabled", "readonly", "min", "pattern", "valuesKey")
"""Properties that a form can have more."""

CHILDREN = [
    "standardLoopCharacteristics",
    "multiInstanceLoopCharacteristics",
    "ioSpecification",
    "property",
    "script",
    "conditionExpression",
    "timerEventDefinition",
    "terminateEventDefinition",
    "messageEventDefinition",
    "cancelEventDefinition",
    "compensateEventDefinition",
    "completionCondition",
    "loopCardinality",
    "resourceRole",
    "potentialOwner",
    "laneSet",
    "lane",
    "flowNodeRef",
    "dataInputAssociation",
    "task",
    "userTask",
    "sequenceFlow",
]
"""Elements that a file can have more, anywhere."""


def mutated(random: Random, name: str, data: bytes) -> bytes:
    """Give a file with one to three changes."""
    if random.random() < 0.1:
        return damaged(random, data)
    if name.endswith(".form"):
        return _json(random, data)
    root = etree.fromstring(data)
    for _ in range(random.choice((1, 1, 2, 3))):
        _once(random, root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def damaged(random: Random, data: bytes) -> bytes:
    """Give a file that was cut, or in which a few bits or bytes are others."""
    spot = random.randrange(len(data))
    if random.random() < 0.3:
        return data[:spot] + (data[spot + random.randrange(50) :] if random.random() < 0.5 else b"")
    found = bytearray(data)
    for _ in range(random.choice((1, 1, 4))):
        spot = random.randrange(len(data))
        found[spot] = found[spot] ^ (1 << random.randrange(8)) if random.random() < 0.7 else 0
    return bytes(found)


def _once(random: Random, root: etree._Element) -> None:
    """Change one node of the part that means something; a few changes hit the drawing too."""
    nodes = [n for n in root.iter() if isinstance(n.tag, str) and n is not root]
    logic = [n for n in nodes if "/DI" not in str(n.tag) and "/DD/" not in str(n.tag)]
    pool = nodes if random.random() < 0.1 else logic
    if pool:
        random.choice(CHANGES)(random, random.choice(pool))


def _drop(_random: Random, node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _double(_random: Random, node: etree._Element) -> None:
    node.addnext(copy.deepcopy(node))


def _double_and_change(random: Random, node: etree._Element) -> None:
    other = copy.deepcopy(node)
    put = node.addnext if random.random() < 0.5 else node.addprevious
    put(other)
    random.choice((_retype, _text, _drop_attribute))(
        random, random.choice(list(other.iter("{*}*")))
    )


def _other(random: Random, node: etree._Element) -> etree._Element:
    return random.choice(list(node.getroottree().getroot().iter("{*}*")))


def _swap(random: Random, node: etree._Element) -> None:
    other = _other(random, node)
    keys = [k for k in node.attrib if k in other.attrib]
    for key in random.sample(keys, min(1, len(keys))):
        node.attrib[key], other.attrib[key] = other.attrib[key], node.attrib[key]


def _move(random: Random, node: etree._Element) -> None:
    other = _other(random, node)
    if node not in {other, *other.iterancestors()}:
        other.append(node)


def _copy_into(random: Random, node: etree._Element) -> None:
    other = _other(random, node)
    found = copy.deepcopy(node)
    if random.random() < 0.5:
        for each in found.iter():
            each.attrib.pop("id", None)
    other.append(found)


def _rename(random: Random, node: etree._Element) -> None:
    namespace = etree.QName(node).namespace
    others = [str(_other(random, node).tag), f"{node.tag}x", f"{{{namespace}}}task", "{x:y}z"]
    node.tag = random.choice(others)


def _rename_attribute(random: Random, node: etree._Element) -> None:
    for key in random.sample(sorted(node.attrib), min(1, len(node.attrib))):
        value = node.attrib.pop(key)
        renamed = (f"{key}x", f"{{x:y}}{etree.QName(key).localname}", random.choice(list(ADDED)))
        node.set(random.choice(renamed), value)


def _drop_attribute(random: Random, node: etree._Element) -> None:
    for key in random.sample(sorted(node.attrib), min(1, len(node.attrib))):
        del node.attrib[key]


def _retype(random: Random, node: etree._Element) -> None:
    root = node.getroottree().getroot()
    for key in random.sample(sorted(node.attrib), min(1, len(node.attrib))):
        known = [str(n.get(key)) for n in root.iter("{*}*") if n.get(key) is not None]
        node.set(key, random.choice([*VALUES, *known, *known]))


def _add_attribute(random: Random, node: etree._Element) -> None:
    key = random.choice(list(ADDED))
    node.set(key, ADDED[key])


def _add_child(random: Random, node: etree._Element) -> None:
    namespace = etree.QName(node.getroottree().getroot()).namespace
    child = etree.SubElement(node, f"{{{namespace}}}{random.choice(CHILDREN)}")
    child.text = random.choice(("", "x", "=x"))


def _text(random: Random, node: etree._Element) -> None:
    texts = [n.text for n in node.getroottree().getroot().iter("{*}*") if (n.text or "").strip()]
    node.text = random.choice([*VALUES, *texts])


def _break_text(random: Random, node: etree._Element) -> None:
    """Put an element or a comment into a text."""
    text = node.text or "x"
    spot = random.randrange(len(text))
    inner = etree.Comment("x") if random.random() < 0.3 else etree.Element("{x:y}b")
    node.text, inner.tail = text[:spot], text[spot:]
    node.insert(0, inner)


CHANGES: tuple[Change, ...] = (
    _drop,
    _double,
    _double_and_change,
    _double_and_change,
    _swap,
    _move,
    _copy_into,
    _rename,
    _rename_attribute,
    _drop_attribute,
    _retype,
    _retype,
    _add_attribute,
    _add_attribute,
    _add_child,
    _text,
    _break_text,
)


def _json(random: Random, data: bytes) -> bytes:
    source = json.loads(data)
    for _ in range(random.choice((1, 1, 2, 3))):
        places = list(_places(source))
        holder, key = random.choice(places)
        if isinstance(holder, list):
            _change_list(random, holder, int(key))
        else:
            _change_object(random, holder, str(key))
    text = json.dumps(source)
    if random.random() < 0.1:
        spot = text.index("{") + 1
        text = f'{text[:spot]}"components": [], "id": "lain", {text[spot:]}'
    return text.encode()


def _places(value: object) -> list[tuple[dict[str, object] | list[object], str | int]]:
    found: list[tuple[dict[str, object] | list[object], str | int]] = []
    if isinstance(value, dict):
        found += [(value, key) for key in value]
        found += [place for each in value.values() for place in _places(each)]
    elif isinstance(value, list):
        found += [(value, number) for number in range(len(value))]
        found += [place for each in value for place in _places(each)]
    return found


def _change_list(random: Random, holder: list[object], key: int) -> None:
    kind = random.randrange(4)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder.insert(key, copy.deepcopy(holder[key]))
    elif kind == 2:
        other = random.randrange(len(holder))
        holder[key], holder[other] = holder[other], holder[key]
    else:
        holder[key] = random.choice((None, 1, "x", [], {}))


def _change_object(random: Random, holder: dict[str, object], key: str) -> None:
    kind = random.randrange(4)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key + "x"] = holder.pop(key)
    elif kind == 2:
        holder[key] = random.choice((None, True, False, 0, -1, 1e9, "", "x", "=x", "{{x}}", [], {}))
    else:
        holder[random.choice(NAMES)] = random.choice((True, 1, "x", "=x"))
