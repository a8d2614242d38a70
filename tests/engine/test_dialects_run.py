"""A map runs as it means, whichever dialect it is written in."""

from __future__ import annotations

import pytest
from dialect_pair import FORMS, OF_EIGHT, OF_SEVEN
from dialect_rows import HEAD, inside
from engine_maps import drawn, form_of
from engine_office import Dinas
from kit import Case, definition
from twins import Twins

from engine.gate import examine
from engine.history import ElementActivated, VariablesChanged, WorkRequested
from engine.job import JobKind
from engine.process import ElementKind
from engine.rule import Severity
from engine.source import read_source
from engine.store import InstanceState

PERSONS = ["sekretariat", "bidang"]


def walked(source: bytes, jumlah: int) -> Twins:
    """Walk the map to its end: by the service when there is much, else past it."""
    case = Twins(definition(source, key="izin", forms=FORMS)).start()
    case.complete("isi", nomor="7/A", jumlah=str(jumlah), daftar=PERSONS)
    if jumlah > 5:
        fire(case, "oss", nib="123")
    case.complete("periksa", catatan="baik")
    case.complete("periksa", catatan="cukup")
    fire(case, "jawaban")
    fire(case, "kabari")
    assert case.finished
    return case


def fire(case: Twins, element: str, **values: object) -> None:
    (wait,) = (w for w in case.execution.list_waits() if w.element == element)
    case.fire_token(wait.token, element, **values)


@pytest.mark.parametrize("jumlah", [1, 9])
def test_one_map_in_both_dialects_has_the_same_history(jumlah: int) -> None:
    assert walked(OF_SEVEN, jumlah).events == walked(OF_EIGHT, jumlah).events


def test_both_dialects_are_one_neutral_process_but_for_the_texts() -> None:
    seven, eight = (read_source(s, file="p").processes[0] for s in (OF_SEVEN, OF_EIGHT))
    for one, other in zip(seven.elements.values(), eight.elements.values(), strict=True):
        assert (one.id, one.kind, one.topic, one.form) == (
            other.id,
            other.kind,
            other.topic,
            other.form,
        )
        assert (one.due, one.result, one.lane) == (other.due, other.result, other.lane)
    assert seven.flows.keys() == eight.flows.keys()
    assert seven.tag == eight.tag == "v1"


def test_the_key_of_a_message_is_that_of_its_subscription() -> None:
    case = Case(definition(OF_EIGHT, key="izin", forms=FORMS)).start()
    case.complete("isi", nomor="7/A", jumlah="1", daftar=["umum"]).complete("periksa")
    (wait,) = case.execution.list_waits()
    assert (wait.element, wait.name, wait.key) == ("jawaban", "jawaban_oss", "7/A")


def test_a_camunda_8_file_is_deployed_with_the_form_that_stands_in_it_and_runs() -> None:
    dinas = Dinas()
    found = dinas.deploy_one({"izin.bpmn": OF_EIGHT, "periksa.form": form_of("periksa", "catatan")})
    assert found.forms.keys() == FORMS.keys()
    case = dinas.start(found.id, "umum")
    task = dinas.task(case)
    assert (task.element, task.due_at is not None) == ("isi", True)
    dinas.claim(task, "umum")
    dinas.complete(dinas.task(case), "umum", nomor="7/A", jumlah="9", daftar="")
    assert dinas.values(case)["total"] == 18
    topics = [r.event.topic for r in dinas.records(case) if isinstance(r.event, WorkRequested)]
    assert topics == ["oss"]


def test_a_camunda_8_file_in_order_has_no_findings() -> None:
    package = {"izin.bpmn": OF_EIGHT, "periksa.form": form_of("periksa", "catatan")}
    assert [f.code for f in examine(package, is_known=lambda _: False).findings] == []


def test_a_form_in_the_drawing_that_cannot_be_read_is_refused() -> None:
    package = {
        "izin.bpmn": OF_EIGHT.replace(b'"textfield"', b'"iframe"'),
        "periksa.form": form_of("periksa", "catatan"),
    }
    codes = {f.code for f in examine(package, is_known=lambda _: False).errors}
    assert codes >= {"form_invalid", "form_not_there"}


EXPRESSIONS = {
    "service": 'service kerja expression="${jumlah * 2}" resultVariable=total',
    "send": 'send kerja expression="${jumlah * 2}" resultVariable=total',
    "rule": 'rule kerja expression="${jumlah * 2}" resultVariable=total',
    "script": 'script kerja scriptFormat=juel script="${jumlah * 2}" resultVariable=total',
}
LINE = "\nstart mulai\nend selesai\nmulai -> kerja\nkerja -> selesai"


@pytest.mark.parametrize("step", EXPRESSIONS.values(), ids=EXPRESSIONS.keys())
def test_an_expression_of_camunda_7_runs_like_a_script(step: str) -> None:
    case = Case(definition(drawn(step + LINE))).start(jumlah=4)
    assert case.finished
    assert VariablesChanged(scope=0, set={"total": case.values["total"]}) in case.events
    assert case.values["total"] == 8


@pytest.mark.parametrize("tag", ["intermediateThrowEvent", "endEvent"])
def test_a_message_event_with_an_expression_sets_its_variable_and_goes_on(tag: str) -> None:
    told = '<bpmn:messageEventDefinition camunda:expression="${jumlah * 2}" camunda:resultVariable="total"/>'
    source = drawn(
        "throw kerja" + LINE if "Throw" in tag else "start mulai\nend kerja\nmulai -> kerja"
    )
    name = tag.encode()
    source = source.replace(
        b'<bpmn:%b id="kerja"/>' % name,
        b'<bpmn:%b id="kerja">%b</bpmn:%b>' % (name, told.encode(), name),
    )
    case = Case(definition(source)).start(jumlah=4)
    assert (case.finished, case.values["total"]) == (True, 8)
    assert "kerja/done" not in {e.element for e in case.events if isinstance(e, ElementActivated)}


def test_a_case_that_ends_with_a_message_of_a_program_ends_when_that_is_done() -> None:
    dinas = Dinas()
    told = '<bpmn:messageEventDefinition camunda:type="external" camunda:topic="kabari"/>'
    source = drawn("start mulai\nuser isi formRef=isi\nend kabari\nmulai -> isi\nisi -> kabari")
    source = source.replace(
        b'<bpmn:endEvent id="kabari"/>',
        f'<bpmn:endEvent id="kabari">{told}</bpmn:endEvent>'.encode(),
    )
    found = dinas.deploy_one({"p.bpmn": source, "isi.form": form_of("isi", "catatan")})
    case = dinas.start(found.id, "umum")
    dinas.claim(dinas.task(case), "umum")
    dinas.complete(dinas.task(case), "umum", catatan="")
    (job,) = dinas.store.jobs.claim({JobKind.WORK}, 1)
    assert (job.topic, dinas.case(case).state) == ("kabari", InstanceState.RUNNING)
    dinas.runtime.complete_work(job, {}, worker="w")
    assert dinas.case(dinas.agree(case)).state is InstanceState.COMPLETED


def test_a_method_of_a_bean_is_refused_by_the_words_of_expressions() -> None:
    source = drawn("service kerja expression=${bean.hitung(jumlah)} resultVariable=total" + LINE)
    (found,) = examine({"p.bpmn": source}, is_known=lambda _: False).errors
    assert (found.code, found.element_id) == ("script_invalid", "kerja")
    assert "juel" in str(getattr(found.params["error"], "code", "")) or found.params["error"]


BPMN_IO = (
    HEAD.replace(' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"', "")
    + '<bpmn:collaboration id="c"><bpmn:participant id="dinas" name="Dinas" processRef="p"/>'
    '<bpmn:participant id="warga" name="Warga"/>'
    '<bpmn:messageFlow id="m" sourceRef="warga" targetRef="mulai"/></bpmn:collaboration>'
    '<bpmn:process id="p" isExecutable="true"><bpmn:laneSet id="l"><bpmn:lane id="bidang" name="Bidang">'
    '<bpmn:childLaneSet id="d"><bpmn:lane id="petugas"><bpmn:flowNodeRef>kerja</bpmn:flowNodeRef>'
    "<bpmn:flowNodeRef>mulai</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>"
    '<bpmn:startEvent id="mulai"/><bpmn:manualTask id="kerja" name="Periksa berkas"/><bpmn:endEvent id="selesai"/>'
    '<bpmn:textAnnotation id="n"><bpmn:text>Berkas asli</bpmn:text></bpmn:textAnnotation>'
    '<bpmn:association id="a" sourceRef="kerja" targetRef="n"/>'
    '<bpmn:sequenceFlow id="f" sourceRef="mulai" targetRef="kerja"/>'
    '<bpmn:sequenceFlow id="g" sourceRef="kerja" targetRef="selesai"/></bpmn:process></bpmn:definitions>'
)


def test_plain_bpmn_with_pools_nested_lanes_and_notes_runs() -> None:
    (process,) = read_source(BPMN_IO.encode(), file="p.bpmn").processes
    lane = process.lane_of(process.elements["kerja"])
    assert (process.name, lane and lane.id) == ("Dinas", "petugas")
    assert examine({"p.bpmn": BPMN_IO.encode()}, is_known=lambda _: False).findings == ()


def test_a_task_without_a_kind_is_refused_with_what_to_do() -> None:
    source = BPMN_IO.replace("manualTask", "task").encode()
    found = examine({"p.bpmn": source}, is_known=lambda _: False).findings
    assert [(f.code, f.severity, f.element_name) for f in found] == [
        ("task_untyped", Severity.ERROR, "Periksa berkas")
    ]


def test_a_script_by_a_job_worker_is_service_work() -> None:
    source = drawn("script kerja" + LINE).replace(
        b'<bpmn:scriptTask id="kerja"/>',
        f'<bpmn:scriptTask id="kerja">{inside("<zeebe:taskDefinition type=" + chr(34) + "oss" + chr(34) + "/>")}</bpmn:scriptTask>'.encode(),
    )
    found = read_source(source, file="p.bpmn").processes[0].elements["kerja"]
    assert (found.kind, found.topic) == (ElementKind.SERVICE_TASK, "oss")
    assert Case(definition(source)).start().waiting == ["kerja"]
