"""What a file of a map means, told twice: by its neutral model, and by the file itself with what means nothing left out.

The second knows nothing of Alur's readers: a file whose tree says something else must be another model or have another finding.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from engine.decision.read import read_drawn
from engine.form import read_form
from engine.source import BPMN, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator

Meaning: TypeAlias = "frozenset[object]"

DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
_PLATFORMS = "http://camunda.org/schema/"

_SAID_TWICE = {"incoming", "outgoing"}
"""The flows name their ends themselves (BPMN 2.0.2, 8.4.13)."""

_FOR_READERS = {
    *("documentation", "textAnnotation", "association", "group", "category", "categoryValue"),
    *("dataObject", "dataObjectReference", "dataStoreReference", "text", "auditing", "monitoring"),
}
_NAMELESS = {"laneSet", "childLaneSet", "multiInstanceLoopCharacteristics", "conditionExpression"}
_NOTHING_IN_BPMN = {
    "{http://camunda.org/schema/1.0/bpmn}historyTimeToLive",  # no history is thrown away
    "{http://camunda.org/schema/1.0/bpmn}versionTag",  # told apart by the file's digest
    *("gatewayDirection", "implementation", "isClosed", "processType", "structureRef", "itemKind"),
}
_OF_LANES = {"jenis", "dicatat_oleh"}
_ROOTS = {"message", "signal", "error", "escalation"}
_OF_FILE = ("expressionLanguage", "{http://camunda.org/schema/modeler/1.0}executionPlatform")
_NO_LOGIC = {
    *("label", "exporter", "exporterVersion", "namespace"),
    *("question", "allowedAnswers", "description", "DMNDI", "authorityRequirement"),
}
_NOTHING_IN_FORMS = {
    *("id", "layout", "executionPlatform", "executionPlatformVersion", "exporter", "versionTag"),
    *("timeSerializingFormat", "defaultRepetitions"),  # of times alone; one row is there anyhow
    *("schemaVersion", "serializeToString"),  # older ones only have less; numbers are exact here
}


def told(name: str, data: bytes) -> object:
    """Give what a file says, as far as it means anything; equal for two files that mean the same."""
    if name.endswith(".form"):
        return _plain(json.loads(data))
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))
    return _dmn(root) if name.endswith(".dmn") else frozenset(_bpmn(root))


def model(name: str, data: bytes) -> object:
    """Give the neutral model that Alur makes of a file, without the lines."""
    if name.endswith(".form"):
        return without_lines(read_form(data, file=name))
    if name.endswith(".dmn"):
        return without_lines(read_drawn(data, file=name)[0])
    return without_lines(read_source(data, file=name).processes)


def without_lines(value: object) -> object:
    """Give a value that is equal for two that differ only in the lines where they were read; the order of mappings counts."""
    if is_dataclass(value) and not isinstance(value, type):
        told = (f for f in fields(value) if f.compare and f.name not in {"line", "file"})
        return type(value).__name__, *(without_lines(getattr(value, f.name)) for f in told)
    if isinstance(value, dict):
        return tuple((key, without_lines(each)) for key, each in value.items())
    if isinstance(value, tuple | list):
        return tuple(without_lines(each) for each in value)
    return value


def _bpmn(root: etree._Element) -> Iterator[object]:
    """Give the processes, what they refer to, and what the file says about all of them."""
    used = {str(v) for node in root.iter(f"{BPMN}*") for k, v in node.attrib.items() if "Ref" in k}
    for node in root.iter(f"{BPMN}*"):
        kind = etree.QName(node).localname
        if kind == "process" or (kind in _ROOTS and node.get("id") in used):
            yield _node(node)
    yield tuple(root.get(name) for name in _OF_FILE)


def _node(node: etree._Element) -> object:
    kind = etree.QName(node).localname
    anonymous = kind in _NAMELESS or kind.endswith("EventDefinition")
    attributes = {
        (str(key), str(value).strip())
        for key, value in node.attrib.items()
        if _counts(str(key)) and not (anonymous and key == "id")
    }
    if kind == "property" and _is_note(node):
        return None
    children = frozenset(_node(child) for child in node if _means(child, BPMN)) - {None}
    if kind in {"extensionElements", "properties"} and not (children or attributes or _text(node)):
        return None
    return str(node.tag), frozenset(attributes), _text(node), children


def _is_note(node: etree._Element) -> bool:
    """Tell whether a property is the drawer's own: a lane has two that count, a flow none."""
    owner = next(node.iterancestors(f"{BPMN}*"), None)
    while owner is not None and owner.tag == f"{BPMN}extensionElements":
        owner = owner.getparent()
    kind = "" if owner is None else etree.QName(owner).localname
    return kind == "sequenceFlow" or (kind == "lane" and node.get("name") not in _OF_LANES)


def _counts(key: str) -> bool:
    own = not key.startswith("{") or key.startswith("{" + _PLATFORMS)
    return own and key not in _NOTHING_IN_BPMN


def _means(node: etree._Element, language: str) -> bool:
    tag = etree.QName(node)
    if (tag.namespace or "").startswith(_PLATFORMS):
        return True
    told = tag.namespace == language[1:-1]
    return told and tag.localname not in _SAID_TWICE | _FOR_READERS | _NO_LOGIC


def _text(node: etree._Element) -> str:
    return " ".join([node.text or "", *(child.tail or "" for child in node)]).strip()


def _dmn(root: etree._Element) -> object:
    def told(node: etree._Element) -> object:
        kind = etree.QName(node).localname
        nameless = kind not in {"decision", "inputData", "businessKnowledgeModel"}
        attributes = frozenset(
            (str(k), str(v).strip())
            for k, v in node.attrib.items()
            if not (nameless and k == "id")
            and k not in _NO_LOGIC
            and not k.startswith("{")
            and (kind, k) != ("inputData", "name")  # its variable has one of its own
        )
        children = tuple(told(child) for child in node if _means(child, f"{{{tag.namespace}}}"))
        order = children if kind in {"rule", "decisionTable"} else frozenset(children)
        return kind, attributes, _text(node), order

    tag = etree.QName(root)
    return told(root)


def _plain(value: object) -> object:
    """Give a form's JSON without what only arranges it or is switched off."""
    if isinstance(value, dict):
        return frozenset(
            (key, _plain(each))
            for key, each in value.items()
            if (key not in _NOTHING_IN_FORMS)
            and each not in (None, False, "", [], {})  # switched off
        )
    if isinstance(value, list):
        return tuple(map(_plain, value))
    return type(value).__name__, str(value)
