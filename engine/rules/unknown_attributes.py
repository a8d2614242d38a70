"""Every `camunda:` or `zeebe:` attribute is honoured, refused by name, or named in a warning; none is ignored in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.dialects import ACCEPTED, ELSEWHERE, HONOURED, PLACES, REFUSED, WITHOUT_EFFECT
from engine.rule import Severity
from engine.source import BPMN, CAMUNDA, ZEEBE, word_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

_OWN = ("properties", "modelerTemplate")
"""What may stand in either dialect beside the other one."""

_LONGEST = 60
"""Characters of a value that are said again."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find attributes that change what the Modeler's engine would do and that Alur does not honour."""
    for node in checked.nodes():
        word = word_of(node)
        if word in PLACES:
            for name, value in node.attrib.items():
                yield from _attribute(checked, node, word, str(name), str(value))
        elif not word:
            kind = etree.QName(node).localname
            for name, value in _of_dialects(node):
                yield from _attribute(checked, node, kind, name, value)
            if _is_mixed(node):
                yield checked.at_node(Severity.ERROR, "dialects_mixed", node)


def _of_dialects(node: etree._Element) -> Iterator[tuple[str, str]]:
    """Give the attributes of an element of BPMN that are written for an engine; one of Camunda 8 has its prefix before it."""
    for key, value in node.attrib.items():
        if str(key).startswith((CAMUNDA, ZEEBE)):
            name = etree.QName(str(key)).localname
            is_known = str(key).startswith(CAMUNDA) or name in WITHOUT_EFFECT
            yield (name if is_known else f"zeebe:{name}"), str(value)


def _attribute(
    checked: Checked, node: etree._Element, kind: str, name: str, value: str
) -> Iterator[Finding]:
    accepted = ACCEPTED.get(kind, {}).get(name)
    if accepted is not None and value in accepted:
        return
    if accepted is None and name in HONOURED.get(kind, ()):
        return
    told = {"attribute": name, "value": value[:_LONGEST]}
    if name in WITHOUT_EFFECT:
        yield checked.at_node(Severity.WARNING, "attribute_without_effect", node, **told)
    elif name in REFUSED:
        yield checked.at_node(Severity.ERROR, REFUSED[name], node, **told)
    elif name in ELSEWHERE:
        yield checked.at_node(Severity.ERROR, "attribute_refused", node, **told)
    else:
        yield checked.at_node(Severity.WARNING, "attribute_unknown", node, **told)


def _is_mixed(node: etree._Element) -> bool:
    """Tell whether an element speaks both dialects, of which only one would be heard."""
    said = [str(key) for key in node.attrib]
    extensions = node.find(BPMN + "extensionElements")
    said += [] if extensions is None else [str(each.tag) for each in extensions.iterchildren("*")]
    meant = [name for name in said if not name.partition("}")[2].startswith(_OWN)]
    return all(any(name.startswith(each) for name in meant) for each in (CAMUNDA, ZEEBE))
