"""What stands in a DMN file where nobody reads it: attributes and texts that DMN doesn't have there, parts in other parts' places.

Source: the schema of DMN 1.5 (clause 12), for tables, literal expressions, facts and requirements, which is what owners write.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ALWAYS = frozenset({"description", "extensionElements"})
_TEXT = frozenset({"text"})

_PARTS: Mapping[str, frozenset[str]] = {
    "decisionTable": frozenset({"input", "output", "rule", "annotation"}),
    "input": frozenset({"inputExpression", "inputValues"}),
    "inputExpression": _TEXT,
    "inputValues": _TEXT,
    "output": frozenset({"outputValues", "defaultOutputEntry"}),
    "outputValues": _TEXT,
    "defaultOutputEntry": _TEXT,
    "rule": frozenset({"inputEntry", "outputEntry", "annotationEntry"}),
    "inputEntry": _TEXT,
    "outputEntry": _TEXT,
    "annotationEntry": _TEXT,
    "literalExpression": _TEXT | {"importedValues"},
    "inputData": frozenset({"variable"}),
    "variable": frozenset(),
    "informationRequirement": frozenset({"requiredDecision", "requiredInput"}),
    "requiredDecision": frozenset(),
    "requiredInput": frozenset(),
    "text": frozenset(),
    "description": frozenset(),
}
"""What each part may hold besides a description and extensions."""

_ONCE = frozenset({"text", "inputExpression", "inputValues", "outputValues", "defaultOutputEntry"})
_ONCE_IN = {"informationRequirement": frozenset({"requiredDecision", "requiredInput"})}
_EXPRESSION = frozenset({"id", "label", "typeRef", "expressionLanguage"})
_CELL = _EXPRESSION - {"typeRef"}
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_PARTS, frozenset({"id", "label"})),
    **dict.fromkeys(("inputExpression", "literalExpression"), _EXPRESSION),
    **dict.fromkeys(("inputEntry", "inputValues", "outputValues"), _CELL),
    **dict.fromkeys(("outputEntry", "defaultOutputEntry"), _CELL),
    "decisionTable": _EXPRESSION
    | {"hitPolicy", "aggregation", "preferredOrientation", "outputLabel"},
    "output": _EXPRESSION | {"name"},
    "inputData": frozenset({"id", "label", "name"}),
    "variable": frozenset({"id", "label", "name", "typeRef"}),
    "decision": frozenset({"id", "label", "name"}),
    "requiredDecision": frozenset({"href"}),
    "requiredInput": frozenset({"href"}),
    "text": frozenset(),
    "description": frozenset(),
}


def unread(root: etree._Element, namespace: str) -> Iterator[tuple[str, int]]:
    """Give the name and line of each attribute, text and element that stands where DMN has none."""
    for node in root.iter(f"{namespace}*"):
        kind, line = etree.QName(node).localname, int(node.sourceline or 0)
        if kind in _ATTRIBUTES:
            plain = (str(name) for name in node.attrib if not str(name).startswith("{"))
            yield from ((f"{kind}/{name}", line) for name in plain if name not in _ATTRIBUTES[kind])
        if kind in _PARTS:
            yield from ((f"{kind}/{part}", line) for part in _misplaced(node, kind, namespace))


def _misplaced(node: etree._Element, kind: str, namespace: str) -> Iterator[str]:
    parts = [str(c.tag).removeprefix(namespace) for c in node.iterchildren(f"{namespace}*")]
    yield from (part for part in parts if part not in _PARTS[kind] | _ALWAYS)
    found = Counter(parts)
    if len(parts) > 1 and kind in _ONCE_IN:
        yield from sorted(_ONCE_IN[kind] & found.keys())[1:]
    yield from sorted(part for part in _ONCE if found[part] > 1)
    texts = [child.tail or "" for child in node]
    if kind not in {"text", "description"}:
        texts.append(node.text or "")
    if text := "".join(texts).strip():
        yield text[:40]
