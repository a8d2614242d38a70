"""The gate: what is in a package of files, and whether it may be deployed (DESIGN.md 5.2).

A package is deployed whole or not at all. Every file is read and every process checked by each rule, so that the owner sees
all findings at once, each with the name of its rule. A process that is not executable (`isExecutable` false or missing, as Bizagi
and bpmn.io write it) stays a map: every rule looks at it as if it were to run, and what it says is what is missing. A package of
decisions or forms alone is looked at too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.alternative import is_closed
from engine.decision_findings import read_decision_files
from engine.drawing.read import read_drawing
from engine.errors import DefinitionError
from engine.form import InvalidForm, read_form
from engine.package_decisions import PackageDecisions, bring
from engine.rule import Checked, Finding, Severity
from engine.rules import RULES
from engine.source import Source, read_source
from engine.verdict import Report, report_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.decision import DecisionRef, StoredDecision
    from engine.form import Form
    from engine.process import Process
    from engine.version import Version

MAX_FILES = 400
"""Files that one package may have."""

_KINDS = (".bpmn", ".dmn", ".form")
"""Endings of the files of a package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A package that was looked at: what could be read, and everything that was found."""

    files: tuple[str, ...]
    sources: tuple[Source, ...]
    forms: Mapping[str, Form]
    form_files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    decisions: PackageDecisions

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse the package."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    def executable(self) -> Iterator[tuple[Source, Process]]:
        """Give the processes that would run, with their file."""
        return ((s, p) for s in self.sources for p in s.processes if p.executable)

    def drawn(self) -> Iterator[tuple[Source, Process]]:
        """Give the processes that stay maps, with their file."""
        return ((s, p) for s in self.sources for p in s.processes if not p.executable)

    def report(self, *later: Finding) -> Report:
        """Give the verdicts, also over what was found later than by the rules."""
        return report_of(self.files, self.sources, (*self.findings, *later))


class Refused(DefinitionError):
    """A package was refused; `findings` says what, where and why, `report` of each file. Nothing was stored."""

    def __init__(self, findings: tuple[Finding, ...], report: Report) -> None:
        found = ", ".join(f"{f.code} at {f.file}:{f.line} {f.element_id}" for f in findings[:5])
        super().__init__(
            f"Expected a package that runs, but found {len(findings)} findings: {found}",
            code="package_refused",
            count=len(findings),
        )
        self.findings = findings
        self.report = report


def examine(
    files: Mapping[str, bytes],
    *,
    is_known: Callable[[str], bool],
    in_force: Callable[[DecisionRef], StoredDecision | None] | None = None,
    versions_of: Callable[[str], tuple[Version, ...]] | None = None,
    watch: Callable[[str], None] = lambda _file: None,
) -> Examined:
    """Look at a package: file name to content, `.bpmn`, `.form` and `.dmn`.

    `is_known` tells which other processes are in force, `in_force` finds other decisions and `versions_of` gives the versions
    of a process, newest first (None: nobody knows). `watch` is told each file before it is looked at. Nothing is raised.
    """
    findings = list(_package(files))
    sources = list(_sources(files, findings, watch))
    forms, form_files = _forms(files, sources, findings)
    decisions = _decisions(files, findings, in_force)
    findings.extend(_twice(sources))
    brought = tuple(p for s in sources for p in s.processes if p.executable)
    is_there = _known(brought, is_known)

    def checked(source: Source, process: Process) -> Checked:
        return Checked(
            source=source,
            process=replace(process, executable=True),
            forms=forms,
            is_known=is_there,
            decisions=decisions,
            package=brought,
            versions_of=versions_of,
        )

    return Examined(
        files=tuple(files),
        sources=tuple(sources),
        forms=forms,
        form_files=form_files,
        findings=(*findings, *_judged(sources, checked, watch)),
        decisions=decisions,
    )


def _known(brought: tuple[Process, ...], is_known: Callable[[str], bool]) -> Callable[[str], bool]:
    """Give what tells whether a process can be called: it comes with the package, or is in force and not closed by it."""
    closed = {p.key for p in brought if is_closed(p)}
    keys = {p.key for p in brought} - closed
    return lambda key: key in keys or (key not in closed and is_known(key))


def _judged(
    sources: list[Source],
    checked: Callable[[Source, Process], Checked],
    watch: Callable[[str], None],
) -> Iterator[Finding]:
    for source in sources:
        watch(source.file)
        for process in source.processes:
            judge = _process if process.executable else _only_drawn
            yield from judge(checked(source, process))


def _decisions(
    files: Mapping[str, bytes],
    findings: list[Finding],
    in_force: Callable[[DecisionRef], StoredDecision | None] | None,
) -> PackageDecisions:
    models, found = read_decision_files({name: files[name] for name in _named(files, ".dmn")})
    findings.extend(replace(each, rule="file") for each in found)
    return bring(models, files, in_force)


def _package(files: Mapping[str, bytes]) -> Iterator[Finding]:
    if len(files) > MAX_FILES:
        yield _found("package_too_many", "", limit=MAX_FILES)
    if not files:
        yield _found("package_empty", "")
    for name in files:
        if not name.lower().endswith(_KINDS):
            yield _found("file_kind", name)


def _named(files: Mapping[str, bytes], ending: str) -> Iterator[str]:
    return (name for name in files if name.lower().endswith(ending))


def _sources(
    files: Mapping[str, bytes], findings: list[Finding], watch: Callable[[str], None]
) -> Iterator[Source]:
    for name in _named(files, ".bpmn"):
        watch(name)
        try:
            source = read_source(files[name], file=name)
            read_drawing(source.root)
        except DefinitionError as error:
            findings.append(_of_error(error, name))
        else:
            yield source


def _forms(
    files: Mapping[str, bytes], sources: list[Source], findings: list[Finding]
) -> tuple[dict[str, Form], dict[str, bytes]]:
    """Give the forms that can be used, and their files, by form id; some stand in the drawings themselves."""
    forms: dict[str, Form] = {}
    form_files: dict[str, bytes] = {}
    for name in _named(files, ".form"):
        form = _form(files[name], name, findings)
        if form is not None and form.id in forms:
            findings.append(_found("form_twice", name, form=form.id))
        elif form is not None:
            forms[form.id], form_files[form.id] = form, files[name]
    _carried(sources, forms, form_files, findings)
    return forms, form_files


def _carried(
    sources: list[Source],
    forms: dict[str, Form],
    form_files: dict[str, bytes],
    findings: list[Finding],
) -> None:
    """Add the forms that stand in the drawings themselves."""
    for source in sources:
        for process in source.processes:
            for ident, data in process.carried_forms.items():
                form = _form(data, source.file, findings)
                if form is not None:
                    forms[ident], form_files[ident] = form, data


def _form(data: bytes, name: str, findings: list[Finding]) -> Form | None:
    try:
        return read_form(data, file=name)
    except InvalidForm as error:
        findings.extend(_found("form_invalid", name, problem=problem) for problem in error.problems)
        return None


def _process(checked: Checked) -> Iterator[Finding]:
    for name, check in RULES.items():
        for finding in check(checked):
            yield replace(finding, rule=name)


def _only_drawn(checked: Checked) -> Iterator[Finding]:
    """Find what is missing to make a map run: that it says so, and all that the rules would refuse."""
    mark = checked.error("not_executable")
    for finding in (replace(mark, rule="executable"), *_process(checked)):
        if finding.severity is Severity.ERROR:
            yield replace(finding, severity=Severity.MISSING)


def _twice(sources: list[Source]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for source in sources:
        for process in source.processes:
            if process.executable and seen.setdefault(process.key, source.file) != source.file:
                yield Finding(
                    severity=Severity.ERROR,
                    code="process_twice",
                    file=source.file,
                    line=process.line,
                    element_id=process.key,
                    element_name=process.name,
                    params={"other": seen[process.key]},
                    rule="package",
                )


def _of_error(error: DefinitionError, file: str) -> Finding:
    line = error.params.get("line", 0)
    return Finding(
        severity=Severity.ERROR,
        code=error.code,
        file=file,
        line=line if isinstance(line, int) else 0,
        element_id=str(error.params.get("element", "")),
        params=error.params,
        rule="file",
    )


def _found(code: str, file: str, **params: object) -> Finding:
    return Finding(
        severity=Severity.ERROR, code=code, file=file, params=params, rule=code.partition("_")[0]
    )
