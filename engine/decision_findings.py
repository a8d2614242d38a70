"""What the gate finds in DMN files: unreadable ones, wrong cells (errors), gaps and overlaps of tables (warnings)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decision import DecisionInvalid, check, read_decisions
from engine.errors import DefinitionError
from engine.package_decisions import askable
from engine.rule import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.decision import DecisionModel
    from engine.decision.problem import Place, Problem


def read_decision_files(
    files: Mapping[str, bytes],
) -> tuple[dict[str, DecisionModel], tuple[Finding, ...]]:
    """Give the DMN files that can be used, by name, and what was found in all of them."""
    models: dict[str, DecisionModel] = {}
    findings: list[Finding] = []
    seen: dict[str, str] = {}
    for name, content in files.items():
        try:
            models[name] = read_decisions(content, file=name)
        except DecisionInvalid as error:
            findings.extend(_wrong(problem, name) for problem in error.problems)
        except DefinitionError as error:
            findings.append(_unreadable(error, name))
        else:
            findings.extend(_checked(models[name], name))
            findings.extend(_twice(models[name], name, seen))
    return models, tuple(findings)


def _wrong(problem: Problem, file: str) -> Finding:
    error = {} if problem.error is None else {"error": problem.error}
    is_cell = problem.error is not None
    return _at(
        Severity.ERROR,
        "decision_cell_invalid" if is_cell else problem.code,
        file,
        problem.place,
        text=problem.text,
        **problem.params,
        **error,
    )


def _checked(model: DecisionModel, file: str) -> Iterator[Finding]:
    for each in check(model):
        yield _at(
            Severity.WARNING,
            each.code,
            file,
            each.place,
            rows=each.rows,
            by=each.by,
            region=each.region,
            **each.params,
        )


def _twice(model: DecisionModel, file: str, seen: dict[str, str]) -> Iterator[Finding]:
    for each in askable(model):
        if seen.setdefault(each.id, file) != file:
            yield Finding(
                severity=Severity.ERROR,
                code="decision_twice",
                file=file,
                line=each.line,
                element_id=each.id,
                element_name=each.name,
                params={"other": seen[each.id]},
            )


def _at(severity: Severity, code: str, file: str, place: Place, /, **params: object) -> Finding:
    return Finding(
        severity=severity,
        code=code,
        file=file,
        line=place.line,
        element_id=place.decision,
        element_name=place.name,
        params={"place": place, **params},
    )


def _unreadable(error: DefinitionError, file: str) -> Finding:
    line = error.params.get("line", 0)
    return Finding(
        severity=Severity.ERROR,
        code=error.code,
        file=file,
        line=line if isinstance(line, int) else 0,
        params=error.params,
    )
