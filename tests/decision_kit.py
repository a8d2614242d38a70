"""Decision tables for tests, as the Modeler writes them (DMN 1.3), and maps that ask them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"

SCORES = (("< 60", '"kurang"'), ("[60..80)", '"cukup"'), (">= 80", '"sehat"'))
"""The rules of a table from a score to a word."""


def dmn(*decisions: str, name: str = "Keputusan uji") -> bytes:
    """Give a file with these decisions (`table`, `literal`)."""
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="{DMN}" '
        'xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="Definitions_1" '
        f'name={quoteattr(name)} namespace="http://camunda.org/schema/1.0/dmn">\n'
    )
    return (head + "\n".join(decisions) + "\n</definitions>\n").encode()


def table(  # noqa: PLR0913 - what a table says
    rules: Sequence[Sequence[str]] = SCORES,
    *,
    key: str = "nilai",
    name: str = "Nilai koperasi",
    inputs: Mapping[str, str] | None = None,
    output: str = "hasil",
    kind: str = "string",
    policy: str = "UNIQUE",
    tag: str = "",
    requires: Sequence[str] = (),
) -> str:
    """Give a decision with a table of one output; `inputs` are expressions with their type, `score` as a number if none."""
    columns = inputs or {"skor": "number"}
    number = count(1)
    parts = [
        f'<input id="{key}_in_{n}" label={quoteattr(text.title())}>'
        f'<inputExpression id="{key}_ie_{n}" typeRef="{typed}"><text>{escape(text)}</text>'
        "</inputExpression></input>"
        for n, (text, typed) in enumerate(columns.items(), 1)
    ]
    parts.append(f'<output id="{key}_out_1" label="Hasil" name="{output}" typeRef="{kind}" />')
    parts.append('<annotation name="Dasar" />')
    for cells in rules:
        row = next(number)
        tests = "".join(
            _cell("inputEntry", f"{key}_{row}_{n}", c) for n, c in enumerate(cells[:-1])
        )
        result = _cell("outputEntry", f"{key}_{row}_o", cells[-1])
        parts.append(
            f'<rule id="{key}_rule_{row}">{tests}{result}<annotationEntry><text>baris {row}</text></annotationEntry></rule>'
        )
    told = f' hitPolicy="{policy}"' if policy != "UNIQUE" else ""
    body = "\n".join(parts)
    return _decision(
        key, name, tag, requires, f'<decisionTable id="{key}_t"{told}>{body}</decisionTable>'
    )


def literal(text: str, *, key: str, name: str, variable: str, requires: Sequence[str] = ()) -> str:
    """Give a decision that is one expression."""
    body = (
        f'<variable id="{key}_v" name="{variable}" /><literalExpression id="{key}_l">'
        f"<text>{escape(text)}</text></literalExpression>"
    )
    return _decision(key, name, "", requires, body)


def asked(source: bytes, element: str, called: Mapping[str, str]) -> bytes:
    """Turn a business rule task of a drawing into one that asks by `zeebe:calledDecision` with these attributes."""
    head, tail = source.split(f'id="{element}"'.encode(), 1)
    attributes, rest = tail.split(b"/>", 1)
    said = " ".join(f"{name}={quoteattr(value)}" for name, value in called.items())
    inner = (
        f'<bpmn:extensionElements><zeebe:calledDecision xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" {said}/>'
        "</bpmn:extensionElements></bpmn:businessRuleTask>"
    )
    return head + f'id="{element}"'.encode() + attributes + b">" + inner.encode() + rest


def _cell(tag: str, ident: str, text: str) -> str:
    return f'<{tag} id="{ident}"><text>{escape(text)}</text></{tag}>'


def _decision(key: str, name: str, tag: str, requires: Sequence[str], body: str) -> str:
    told = f" camunda:versionTag={quoteattr(tag)}" if tag else ""
    needs = "".join(
        f'<informationRequirement id="{key}_r_{n}"><requiredDecision href="#{each}" />'
        "</informationRequirement>"
        for n, each in enumerate(requires)
    )
    return f'<decision id="{key}" name={quoteattr(name)}{told}>{needs}{body}</decision>'
