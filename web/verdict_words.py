"""The verdicts of the gate on the command line, file by file, in Indonesian."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.verdict import Verdict
from web.rule_words import verdict_lines, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.rule import Finding
    from engine.verdict import Report

VERDICTS: Mapping[Verdict, str] = {
    Verdict.RUNS: "berjalan",
    Verdict.MAP_ONLY: "peta saja",
    Verdict.REFUSED: "ditolak",
}
"""What becomes of a file or process, in a word."""


def report_lines(report: Report) -> Iterator[str]:
    """Give each file with its verdict, those of its processes, and what was found in it."""
    for each in report.files:
        if each.file:
            yield f"{each.file}: {VERDICTS[each.verdict]}"
        for process in each.processes:
            yield f"  {process.name} ({process.key}): {VERDICTS[process.verdict]}"
        yield from (f"  {line}" for line in verdict_lines(each.findings))


def report_values(report: Report) -> list[dict[str, object]]:
    """Give the same as values that can be written as JSON."""
    return [
        {
            "file": each.file,
            "verdict": VERDICTS[each.verdict],
            "findings": [_finding(finding) for finding in each.findings],
        }
        for each in report.files
    ]


def _finding(finding: Finding) -> dict[str, object]:
    message, fix = words(finding)
    return {
        "severity": finding.severity.value,
        "rule": finding.rule,
        "element_id": finding.element_id,
        "element_name": finding.element_name,
        "line": finding.line,
        "message": message,
        "fix": fix,
    }
