"""What a rule of the gate is: a check over one process of a file that yields findings.

A rule is a module of `engine.rules` named by its sentence, with a function `check`, and one line in that package's table. It
has a valid and an invalid example in `tests/engine/rules/`, and its words in `web/rule_words.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.known import known_names
from engine.package_decisions import NO_DECISIONS, PackageDecisions
from engine.source import BPMN, DEFINED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml import etree

    from engine.form import Form
    from engine.process import Element, Process
    from engine.source import Source
    from engine.version import Version

_LEVELS = {
    BPMN + tag
    for tag in (
        "definitions",
        "process",
        "subProcess",
        "adHocSubProcess",
        "transaction",
        "laneSet",
        "childLaneSet",
    )
}


class Severity(StrEnum):
    """What a finding means for the deployment."""

    ERROR = "error"
    WARNING = "warning"
    MISSING = "missing"
    """It refuses nothing: the process is only drawn, and this is what keeps it from running."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in a file, with its place. `code` chooses the words, `params` fills them; an error refuses the file.

    `rule` is the name of the rule that found it (`engine.rules`), or of the part of the gate: the gate fills it in.
    """

    severity: Severity
    code: str
    file: str
    line: int = 0
    element_id: str = ""
    element_name: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a rule looks at: a process of a file, the forms that come with it, and which called processes and decisions are known."""

    source: Source
    process: Process
    forms: Mapping[str, Form]
    is_known: Callable[[str], bool]
    decisions: PackageDecisions = NO_DECISIONS
    package: tuple[Process, ...] = ()
    """All processes that come together, this one too."""

    versions_of: Callable[[str], tuple[Version, ...]] | None = None
    """Gives the versions of a process that were deployed before, the newest first; None where nobody knows which there are."""

    @property
    def node(self) -> etree._Element:
        """The process as it stands in the file."""
        processes = self.source.root.iter(BPMN + "process")
        return next(n for n in processes if n.get("id") == self.process.key)

    def nodes(self) -> Iterator[etree._Element]:
        """Give every element of the process, and of the messages, signals, errors and escalations that the file defines.

        Those are given with the first executable process of the file, so that each is looked at once.
        """
        yield from self.node.iter("*")
        runs = (process.key for process in self.source.processes if process.executable)
        if next(runs, "") == self.process.key:
            for defined in self.source.root.iterchildren(*DEFINED):
                yield from defined.iter("*")

    @property
    def lacks_forms(self) -> bool:
        """Whether a form that the process names is missing or unreadable, so that its fields are not known."""
        named = (element.form for element in self.process.elements.values())
        return any(form and form not in self.forms for form in named)

    @property
    def known(self) -> set[str]:
        """The names that a variable of the process can have."""
        return known_names(self.process, self.forms, self.package)

    def error(self, code: str, element: Element | None = None, /, **params: object) -> Finding:
        """Find something that refuses the file, at an element or at the process."""
        return self.at(
            Severity.ERROR,
            code,
            self.process.key if element is None else element.id,
            self.process.name if element is None else element.name,
            self.process.line if element is None else element.line,
            **params,
        )

    def at(
        self, severity: Severity, code: str, ident: str, name: str, line: int, /, **params: object
    ) -> Finding:
        """Find something at a place given by id, name and line."""
        return Finding(
            severity=severity,
            code=code,
            file=self.source.file,
            line=line,
            element_id=ident,
            element_name=name,
            params=params,
        )

    def at_node(
        self, severity: Severity, code: str, node: etree._Element, /, **params: object
    ) -> Finding:
        """Find something at a node of the file; its place is what an owner can click on in the Modeler."""
        owner = _owner(node, self.node)
        ident, name = owner.get("id") or "", owner.get("name") or ""
        return self.at(severity, code, ident, name, int(node.sourceline or 0), **params)


def _owner(node: etree._Element, process: etree._Element) -> etree._Element:
    """Give the element, flow, lane or process that a node belongs to: a timer's definition belongs to its event."""
    while node is not process:
        parent = node.getparent()
        if parent is None or (node.get("id") and parent.tag in _LEVELS):
            break
        node = parent
    return node
