"""What the gate says of a package, as the page *Hasil pemeriksaan* shows it: file by file, and element by element with the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from engine.drawing import Kind, read_drawing
from engine.errors import DefinitionError
from engine.source import read_source
from engine.trial import GAVE_UP
from engine.verdict import FileReport, ProcessReport, Verdict
from web.diagram import Marks, Note, State
from web.i18n import _
from web.rule_words import words_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.drawing import Drawing
    from engine.kept_map import KeptMap
    from engine.rule import Finding
    from engine.verdict import Report

VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.RUNS: "dapat berjalan",
    Verdict.MAP_ONLY: "peta saja",
    Verdict.REFUSED: "ditolak",
}
"""What becomes of a file or a process, in a word."""

SEVERITY_WORDS: Mapping[str, str] = {
    "error": "Ditolak",
    "warning": "Peringatan",
    "missing": "Belum lengkap",
}
"""What a finding means."""

_STATES = {
    Verdict.RUNS: State.RUNS,
    Verdict.MAP_ONLY: State.MAP_ONLY,
    Verdict.REFUSED: State.REFUSED,
}
_FOUND = {"error": State.REFUSED, "warning": State.WARNED, "missing": State.MAP_ONLY}
"""What a finding does to its element, the worst first."""

_QUIET = (Kind.LANE, Kind.POOL, Kind.GROUP, Kind.ANNOTATION)
"""What is coloured only when something is said of it."""

MOST_GROUPS = 60
"""Elements whose findings a page shows; the owner mends these first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing found at an element: what it means, where in the file, what and why, and what to do."""

    severity: str
    line: int
    what: str
    fix: str

    @property
    def meaning(self) -> str:
        """What the finding means, in a word."""
        return _(SEVERITY_WORDS[self.severity])


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What was found at one element, under a number that the drawing shows too."""

    number: int
    element: str
    title: str
    lines: tuple[Line, ...]
    drawn: bool

    @property
    def anchor(self) -> str:
        """The place of the group on the page."""
        return f"temuan-{self.number}"

    @property
    def picture(self) -> str:
        """The place of the element on the page, in the drawing."""
        return f"unsur-{self.number}"

    @property
    def state(self) -> State:
        """What the findings mean for the element: the worst of them."""
        found = {line.severity for line in self.lines}
        return next(state for severity, state in _FOUND.items() if severity in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file of the package in the list."""

    number: int
    report: FileReport

    @property
    def name(self) -> str:
        """The name of the file; of the package as a whole, words for it."""
        return self.report.file or _("Paket seluruhnya")

    @property
    def words(self) -> str:
        """The verdict in a word."""
        is_part = not self.report.processes and self.report.verdict is Verdict.RUNS
        return _("dapat dipakai") if is_part else verdict_words(self.report.verdict)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is to be said of it but that it is good."""
        return not self.report.findings and not self.report.processes

    @property
    def count(self) -> int:
        """How many things were found."""
        return len(set(map(_line, self.report.findings)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file in full: its processes, its drawing with the verdicts, and what was found, element by element."""

    line: FileLine
    drawing: Drawing | None
    marks: Marks
    groups: tuple[Group, ...]
    more: int
    """Elements with findings that are not shown."""

    @property
    def processes(self) -> tuple[ProcessReport, ...]:
        """The processes of the file."""
        return self.line.report.processes


def verdict_words(verdict: Verdict) -> str:
    """Say a verdict in a word."""
    return _(VERDICT_WORDS[verdict])


def list_files(report: Report) -> list[FileLine]:
    """Give the files in the order they came; the package as a whole only when something is wrong with it."""
    shown = [each for each in report.files if each.file or each.findings]
    return [FileLine(number=n, report=each) for n, each in enumerate(shown, 1)]


def list_drawn_only(report: Report) -> list[ProcessReport]:
    """Give the processes that are kept as maps."""
    processes = [process for file in report.files for process in file.processes]
    return [process for process in processes if process.verdict is Verdict.MAP_ONLY]


def choose_file(files: list[FileLine], asked: str) -> FileLine:
    """Give the file that is asked for by its number, else the first that is refused, else the first with a process."""
    numbers = {str(line.number): line for line in files}
    refused = [line for line in files if line.report.verdict is Verdict.REFUSED]
    with_process = [line for line in files if line.report.processes]
    return numbers.get(asked) or (*refused, *with_process, *files)[0]


def sheet_of(line: FileLine, content: bytes) -> Sheet:
    """Give a file in full; one that could not be looked at to the end is not read again for its drawing."""
    hostile = any(finding.code in GAVE_UP for finding in line.report.findings)
    drawing = None if hostile else _drawing(line.report.file, content)
    groups = _groups(line.report.findings, drawing)
    shown = tuple(groups[:MOST_GROUPS])
    return Sheet(
        line=line,
        drawing=drawing,
        marks=marks_of(line.report.elements, shown, drawing),
        groups=shown,
        more=len(groups) - len(shown),
    )


def sheet_of_map(kept: KeptMap, missing: tuple[Finding, ...]) -> Sheet:
    """Give a process that is only drawn, with what keeps it from running."""
    drawing = _drawing(kept.resource, kept.source)
    shapes = () if drawing is None else drawing.shapes
    process = ProcessReport(
        key=kept.key,
        name=kept.name,
        line=0,
        verdict=Verdict.MAP_ONLY,
        elements={shape.element_id: Verdict.MAP_ONLY for shape in shapes},
    )
    report = FileReport(
        file=kept.resource, verdict=Verdict.MAP_ONLY, findings=missing, processes=(process,)
    )
    return sheet_of(FileLine(number=1, report=report), kept.source)


def marks_of(
    elements: Mapping[str, Verdict], groups: Iterable[Group], drawing: Drawing | None
) -> Marks:
    """Give what is painted over the drawing: each element's verdict, and the numbers of what was found."""
    found = tuple(groups)
    frames = () if drawing is None else drawing.shapes
    quiet = {shape.element_id for shape in frames if shape.kind in _QUIET}
    states = {id_: _STATES[v] for id_, v in elements.items() if id_ not in quiet}
    states |= {group.element: group.state for group in found}
    notes = {
        group.element: Note(number=group.number, id=group.picture, href=f"#{group.anchor}")
        for group in found
        if group.drawn
    }
    return Marks(states=states, notes=notes)


def _drawing(file: str, content: bytes) -> Drawing | None:
    """Give the drawing of a file, None where it has none or can't be read: a finding says why."""
    if not file.lower().endswith(".bpmn"):
        return None
    try:
        return read_drawing(read_source(content, file=file).root)
    except DefinitionError:
        return None


def _groups(findings: Iterable[Finding], drawing: Drawing | None) -> list[Group]:
    """Group what was found by element: the file itself first, then from the top of the file to its end."""
    drawn: set[str] = set()
    if drawing is not None:
        drawn = {shape.element_id for shape in drawing.shapes}
        drawn |= {edge.element_id for edge in drawing.edges}
    in_order = sorted(findings, key=lambda f: (f.element_id != "", f.line, f.element_id, f.code))
    first: dict[str, int] = {}
    for number, finding in enumerate(in_order):
        first.setdefault(finding.element_id, number)
    in_order.sort(key=lambda f: first[f.element_id])
    grouped = groupby(in_order, key=lambda f: f.element_id)
    return [
        _group(number, element, tuple(found), drawn=element in drawn)
        for number, (element, found) in enumerate(grouped, 1)
    ]


def _group(number: int, element: str, found: tuple[Finding, ...], *, drawn: bool) -> Group:
    places = [place for place in (words_at(finding)[0] for finding in found) if place]
    lines = sorted(dict.fromkeys(map(_line, found)), key=lambda line: line.severity != "error")
    return Group(
        number=number,
        element=element,
        title=places[0] if places else element or _("Berkas ini"),
        lines=tuple(lines),
        drawn=drawn,
    )


def _line(finding: Finding) -> Line:
    _place, what, fix = words_at(finding)
    return Line(
        severity=finding.severity.value,
        line=finding.line,
        what=what[:1].upper() + what[1:],
        fix=fix,
    )
