"""A package from outside is looked at in a process of its own, which it may take down; the server says a sentence and lives on."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn
from web_kit import parts_of

from engine.errors import NotFound
from engine.ids import AgencyId
from engine.verdict import Verdict
from storage.store import SqlTransaction
from web import checking
from web.in_force import IN_FORCE

if TYPE_CHECKING:
    from flask import Flask

    from engine.verdict import Report

STEP = "start mulai\nmanual kerja\nend selesai\nmulai -> kerja\nkerja -> selesai"
PACKAGE = {"p.bpmn": drawn(STEP)}
CALLING = "start a\ncall b calledElement={}\nend c\na -> b\nb -> c"
OFFICE = AgencyId("pasuruan")


def nobody_is_asked(name: str, of: list[object]) -> object:
    raise AssertionError((name, of))


def test_a_package_that_runs_comes_through_and_has_its_verdict() -> None:
    assert checking.rehearse(PACKAGE, None, nobody_is_asked) is None
    assert checking.check_alone(PACKAGE).runs


def test_a_package_that_takes_too_long_is_stopped_and_refused_with_a_sentence() -> None:
    stopped = checking.rehearse(PACKAGE, None, nobody_is_asked, seconds=0)
    assert stopped is not None
    assert refusals(stopped) == {("trial", "trial_time")}
    assert not stopped.accepted


def refusals(report: Report) -> set[tuple[str, str]]:
    return {(finding.rule, finding.code) for finding in report.findings}


ACTS = {
    "bytearray(600_000_000)": "MemoryError",
    "__import__('socket').socket()": "Forbidden",
    "__import__('subprocess').run(['true'])": "Forbidden",
    "__import__('os').fork()": "Forbidden",
    "__import__('tempfile').TemporaryFile()": "FileNotFoundError",
}
CHILD = """
import web.checking_child as child
child.limit()
for act in {acts!r}:
    try:
        eval(act)
    except BaseException as error:
        print(type(error).__name__)
"""


def test_the_process_has_little_memory_no_network_and_writes_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD.format(acts=list(ACTS))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == list(ACTS.values())


def test_an_office_is_asked_for_what_a_package_calls_and_the_version_is_in_force(
    app: Flask,
) -> None:
    here = parts_of(app)
    known = checking.check_package(
        here, {"p.bpmn": drawn(CALLING.format("pasuruan_surat_keluar"))}, OFFICE
    )
    assert known.accepted, known.findings
    unknown = checking.check_package(here, {"p.bpmn": drawn(CALLING.format("tidak_ada"))}, OFFICE)
    assert refusals(unknown) == {("calls_known", "call_unknown")}
    assert unknown.files[0].elements["b"] is Verdict.REFUSED


def test_the_process_is_told_nothing_of_another_agency(app: Flask) -> None:
    here = parts_of(app)

    def ask(agency: str, name: str, *of: object) -> object:
        return here.database.read(
            lambda c: IN_FORCE[name](SqlTransaction(c, here.clock), AgencyId(agency), list(of))
        )

    mine = ask("pasuruan", "find_latest", "pasuruan_surat_keluar")
    assert mine is not None
    assert ask("pacitan", "find_latest", "pasuruan_surat_keluar") is None
    with pytest.raises(NotFound):
        ask("pacitan", "get_definition", mine.id)  # type: ignore[attr-defined] # it is a definition
