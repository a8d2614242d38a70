"""The verdict of the gate over every file, process and element of a package."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from decision_kit import dmn, table
from engine_maps import drawn, form_of

from engine.alone import examine_alone
from engine.gate import examine
from engine.ids import Ids
from engine.rule import Severity
from engine.testing import FixedClock
from engine.verdict import Report, Verdict

STEP = "start mulai\nuser isi formRef=isi\nend selesai\nmulai -> isi\nisi -> selesai"
RUNS, MAP_ONLY, REFUSED = Verdict.RUNS, Verdict.MAP_ONLY, Verdict.REFUSED


def only_drawn(source: bytes) -> bytes:
    assert b'isExecutable="true"' in source
    return source.replace(b'isExecutable="true"', b"")


def verdicts(files: dict[str, bytes]) -> Report:
    return examine(files, is_known=lambda _key: False).report()


def test_a_package_that_runs_has_nothing_found_and_every_element_runs() -> None:
    report = verdicts({"p.bpmn": drawn(STEP), "isi.form": form_of("isi")})
    assert [(each.file, each.verdict) for each in report.files] == [
        ("p.bpmn", RUNS),
        ("isi.form", RUNS),
    ]
    assert report.runs
    assert report.accepted
    assert set(report.files[0].elements) >= {"mulai", "isi", "selesai", "f0", "f1", "petugas"}
    assert set(report.files[0].elements.values()) == {RUNS}


def test_only_what_is_wrong_is_refused_but_the_process_and_the_file_with_it() -> None:
    report = verdicts({"p.bpmn": drawn(STEP), "q.bpmn": drawn("start a\nend b\na -> b", key="q")})
    first, second = report.files
    assert (first.verdict, first.processes[0].verdict, second.verdict) == (REFUSED, REFUSED, RUNS)
    assert {ident for ident, verdict in first.elements.items() if verdict is REFUSED} == {"isi"}
    assert [(f.rule, f.element_id) for f in first.findings] == [("forms_there", "isi")]
    assert not report.accepted


def test_an_element_that_alur_does_not_know_is_refused_by_its_id() -> None:
    source = drawn(STEP).replace(b'userTask id="isi"', b'complexGateway id="isi"')
    (file,) = verdicts(
        {"p.bpmn": source.replace(b"</bpmn:userTask", b"</bpmn:complexGateway")}
    ).files
    assert file.elements["isi"] is REFUSED


def test_a_process_that_is_not_executable_stays_a_map_with_what_is_missing_to_run_it() -> None:
    report = verdicts({"p.bpmn": only_drawn(drawn(STEP))})
    (file,) = report.files
    assert (file.verdict, file.processes[0].verdict) == (MAP_ONLY, MAP_ONLY)
    assert set(file.elements.values()) == {MAP_ONLY}
    assert {(f.rule, f.code, f.severity) for f in file.findings} == {
        ("executable", "not_executable", Severity.MISSING),
        ("forms_there", "form_not_there", Severity.MISSING),
    }
    assert report.accepted
    assert not report.runs


def test_a_drawing_that_cannot_be_read_is_refused_even_as_a_map() -> None:
    report = verdicts({"p.bpmn": only_drawn(drawn(STEP))[:-30]})
    assert [(f.rule, f.code) for f in report.findings] == [("file", "file_not_xml")]
    assert report.files[0].verdict is REFUSED


def test_what_is_wrong_with_the_package_as_a_whole_stands_at_no_file() -> None:
    (whole,) = verdicts({}).files
    assert (whole.file, whole.verdict, whole.findings[0].code) == ("", REFUSED, "package_empty")


@pytest.mark.parametrize(
    "file", [("isi.form", form_of("isi")), ("nilai.dmn", dmn(table()))], ids=["form", "decision"]
)
def test_a_form_or_a_decision_alone_is_looked_at_by_itself(file: tuple[str, bytes]) -> None:
    assert verdicts(dict([file])).runs


def alone(files: dict[str, bytes]) -> Report:
    clock = FixedClock(datetime(2026, 11, 21, 5, tzinfo=UTC))
    return examine_alone(files, ids=Ids(clock), now=clock.now())


def test_without_an_office_what_stands_for_itself_is_tried_out() -> None:
    lines = (
        'start a\nscript b script="{}" scriptFormat=feel resultVariable=x\nend c\na -> b\nb -> c'
    )
    report = alone({"p.bpmn": drawn(lines.format("for i in 1..9999, j in 1..9999 return i"))})
    assert [(f.rule, f.code, f.element_id) for f in report.findings] == [
        ("trial", "trial_failed", "b")
    ]
    assert not report.accepted


def test_without_an_office_what_needs_something_elsewhere_is_taken_to_be_there() -> None:
    calling = "start a\ncall b calledElement=lain\nend c\na -> b\nb -> c"
    assert alone({"p.bpmn": drawn(calling)}).runs
