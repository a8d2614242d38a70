"""Maps with lanes and forms for tests of the commands: a drawing written as in `kit.bpmn`, with what a deployment needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from form_kit import form_file
from kit import bpmn
from lxml import etree

from engine.source import BPMN, CAMUNDA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
LANE = "petugas"


def drawn(  # noqa: PLR0913 - what a drawing says besides its elements
    lines: str,
    *,
    key: str = "p",
    lanes: Mapping[str, str] | None = None,
    recorders: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    properties: Mapping[str, str] | None = None,
) -> bytes:
    """Give a file with one process whose elements stand in lanes.

    `lanes` names the elements of each lane; those that no lane names stand in the lane `petugas`. `recorders` names the
    lane that records for an external one, `kinds` what a lane says it is, `properties` are those of the process. Each node has a line of its own.
    """
    root = etree.fromstring(bpmn(lines, key=key))
    process = root.find(BPMN + "process")
    assert process is not None
    named = {lane: text.split() for lane, text in (lanes or {}).items()}
    elsewhere = {element for elements in named.values() for element in elements}
    rest = [e for e in _elements(process) if e not in elsewhere]
    lane_set = etree.Element(BPMN + "laneSet", id="lajur")
    for lane, elements in {**named, **({LANE: rest} if rest else {})}.items():
        told = {"jenis": (kinds or {}).get(lane), "dicatat_oleh": (recorders or {}).get(lane)}
        lane_set.append(_lane(lane, elements, {k: v for k, v in told.items() if v is not None}))
    process.insert(0, lane_set)
    if properties:
        process.insert(0, _properties(properties))
    etree.indent(root)
    return etree.tostring(root)


def form_of(form: str, *keys: str, personal: str = "", **properties: object) -> bytes:
    """Give a form of text fields that may be left empty; `personal` names the keys that are a person's."""
    return form_file(*(_field(key, key in personal.split()) for key in keys), id=form, **properties)


def shipped(slug: str) -> dict[str, bytes]:
    """Give a shipped map with its forms, as one package."""
    forms = sorted((ROOT / "forms" / "pasuruan" / slug).glob("*.form"))
    files = [ROOT / "processes" / "pasuruan" / f"{slug}.bpmn", *forms]
    return {file.name: file.read_bytes() for file in files}


def _field(key: str, is_personal: bool) -> dict[str, object]:  # noqa: FBT001 - one call, beside it
    mark = {"properties": {"pribadi": "ya"}} if is_personal else {}
    return {"type": "textfield", "key": key, "label": key.title(), **mark}


def _elements(process: etree._Element) -> Iterator[str]:
    return (str(e.get("id")) for e in process if e.tag != BPMN + "sequenceFlow")


def _lane(lane: str, elements: list[str], properties: Mapping[str, str]) -> etree._Element:
    node = etree.Element(BPMN + "lane", id=lane, name=f"Lajur {lane}")
    if properties:
        node.append(_properties(properties))
    for element in elements:
        etree.SubElement(node, BPMN + "flowNodeRef").text = element
    return node


def _properties(properties: Mapping[str, str]) -> etree._Element:
    extensions = etree.Element(BPMN + "extensionElements")
    node = etree.SubElement(extensions, CAMUNDA + "properties")
    for name, value in properties.items():
        etree.SubElement(node, CAMUNDA + "property", name=name, value=value)
    return extensions
