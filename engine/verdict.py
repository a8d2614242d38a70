"""What Alur would do with each file of a package, each process in it and each element drawn: it runs, it stays a map, it is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.process import DONE, LINKED
from engine.rule import Severity
from engine.source import BPMN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.process import Process
    from engine.rule import Finding
    from engine.source import Source


class Verdict(StrEnum):
    """What becomes of something drawn."""

    RUNS = "runs"
    MAP_ONLY = "map_only"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessReport:
    """A process of a file. `elements` are its flow nodes, flows and lanes by id, and whatever else of it has an error."""

    key: str
    name: str
    line: int
    verdict: Verdict
    elements: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """A file: refused with any error, a map if none of its processes is executable; a form or decisions without error run.

    A finding of severity `missing` refuses nothing: it is what keeps a process that is only drawn from running.
    """

    file: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    processes: tuple[ProcessReport, ...] = ()

    @property
    def elements(self) -> Mapping[str, Verdict]:
        """The verdict of everything drawn in the file, by id."""
        return {ident: v for process in self.processes for ident, v in process.elements.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A package: its files as they were given; last, without a name, what is wrong with the package as a whole."""

    files: tuple[FileReport, ...] = field(default=())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found."""
        return tuple(finding for each in self.files for finding in each.findings)

    @property
    def accepted(self) -> bool:
        """Whether the package may be put in force: all of it or nothing."""
        return all(each.verdict is not Verdict.REFUSED for each in self.files)

    @property
    def drawn(self) -> tuple[ProcessReport, ...]:
        """The processes that are only drawn."""
        found = (process for each in self.files for process in each.processes)
        return tuple(each for each in found if each.verdict is Verdict.MAP_ONLY)

    @property
    def runs(self) -> bool:
        """Whether all of it runs."""
        return all(each.verdict is Verdict.RUNS for each in self.files)


def report_of(
    files: Iterable[str], sources: Iterable[Source], findings: Iterable[Finding]
) -> Report:
    """Give the verdicts over the files of a package, by the processes that could be read and what was found."""
    named = tuple(files)
    found: dict[str, list[Finding]] = {name: [] for name in named}
    for finding in findings:
        found.setdefault(finding.file if finding.file in found else "", []).append(finding)
    read = {source.file: source for source in sources}
    return Report(files=tuple(_file(name, read.get(name), found[name]) for name in found))


def _file(name: str, source: Source | None, found: list[Finding]) -> FileReport:
    processes = () if source is None else tuple(_processes(source, found))
    return FileReport(
        file=name,
        verdict=_verdict(found, processes),
        findings=tuple(sorted(found, key=lambda f: (f.line, f.element_id, f.code))),
        processes=processes,
    )


def _verdict(found: list[Finding], processes: tuple[ProcessReport, ...]) -> Verdict:
    if any(finding.severity is Severity.ERROR for finding in found):
        return Verdict.REFUSED
    if processes and all(each.verdict is Verdict.MAP_ONLY for each in processes):
        return Verdict.MAP_ONLY
    return Verdict.RUNS


def _processes(source: Source, found: list[Finding]) -> Iterator[ProcessReport]:
    for process, node in zip(source.processes, source.root.iter(BPMN + "process"), strict=True):
        here = {ident for each in node.iter() if (ident := each.get("id"))}
        wrong = {f.element_id for f in found if f.severity is Severity.ERROR} & here
        named = {f.element_id for f in found} & here
        whole = Verdict.RUNS if process.executable else Verdict.MAP_ONLY
        is_refused = process.executable and bool(wrong)
        yield ProcessReport(
            key=process.key,
            name=process.name,
            line=process.line,
            verdict=Verdict.REFUSED if is_refused else whole,
            elements={
                ident: Verdict.REFUSED if ident in wrong else whole
                for ident in sorted({*_drawn(process), *named} - {process.key})
            },
        )


def _drawn(process: Process) -> Iterator[str]:
    made = (*process.elements, *process.flows)
    yield from (ident for ident in made if not ident.endswith((LINKED, DONE, f"{DONE}/in")))
    yield from process.lanes
