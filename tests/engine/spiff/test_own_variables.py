"""Parameters (`camunda:inputOutput`) at every activity and event: a scope of its own while the token is there, and what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kit import Case, bpmn, definition, values_of
from parameter_kit import passing
from properties.test_replay import History, real, seen
from properties.test_retraction import at_rest, undone
from twins import Twins

from engine.history import ScopeClosed, ScopeOpened
from engine.process import TriggerKind
from engine.replay import fold
from engine.spiff.raising import Raised

if TYPE_CHECKING:
    from engine.variables import Value

LINE = "start s\nend e\nuser z\ns -> a\na -> z\nz -> e\n"
INPUTS = {"dasar": "=nilai + 1", "ganda": "${dasar}"}
OUTPUTS = {"hasil": "=dasar * 10"}


def begun(
    lines: str, at: str = "a", inputs: dict[str, str] | None = None, **variables: object
) -> Twins:
    source = passing(bpmn(lines), at, inputs=inputs or INPUTS, outputs=OUTPUTS)
    return Twins(definition(source)).start(nilai=4, **variables)


def filled(case: Case | Twins) -> dict[str, Value]:
    """Give the case's own variables; an answer form's are there too, still empty."""
    return {name: value for name, value in case.values.items() if value is not None}


STEPS = {
    "user": ("user a", "complete"),
    "manual": ("manual a", "complete"),
    "script": ('script a script="dasar + ganda" resultVariable=dasar', ""),
    "service": ("service a topic=oss", "fire"),
    "send": ("send a topic=oss", "fire"),
    "receive": ("receive a message=m", "fire"),
    "catching event": ("catch a message=m", "fire"),
    "throwing event": ("throw a signal=n", ""),
    "sub-process": (
        "sub a\nstart sa inside a\nuser ua inside a\nend ea inside a\nsa -> ua\nua -> ea",
        "ua",
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_every_activity_and_event_has_variables_of_its_own_and_leaves_its_outputs(
    step: str,
) -> None:
    lines, how = STEPS[step]
    case = begun(f"{lines}\n{LINE}")
    if how == "fire":
        case.fire_token(case.execution.list_waits()[0].token, "a")
    elif how:
        case.complete("a" if how == "complete" else how)
    expected = 100 if step == "script" else 50
    assert filled(case) == values_of({"nilai": 4, "hasil": expected})
    assert case.open == ["z"]
    opened = {e.scope for e in case.events if isinstance(e, ScopeOpened)}
    assert opened == {e.scope for e in case.events if isinstance(e, ScopeClosed)}


def test_a_step_sees_its_own_variables_and_a_form_that_names_one_of_them_writes_it_there() -> None:
    case = begun(f"user a\n{LINE}")
    (token,) = case.desk
    assert values_of(case.execution.view(token)) == values_of({"nilai": 4, "dasar": 5, "ganda": 5})
    case.complete("a", dasar=7, catatan="ya")
    assert filled(case) == values_of({"nilai": 4, "catatan": "ya", "hasil": 70})


def test_the_name_of_a_message_is_made_of_a_variable_of_the_event_that_waits_for_it() -> None:
    case = begun(f"catch a message=surat-${{dasar}}\n{LINE}")
    (wait,) = case.execution.list_waits()
    assert wait.name == "surat-5"


def test_a_boundary_event_takes_the_variables_away_and_goes_on_outside_without_outputs() -> None:
    lines = f"user a\nboundary b on=a message=m\nuser y\nb -> y\ny -> e\n{LINE}"
    case = begun(lines)
    case.fire_token(next(iter(case.desk)), "b", dasar=3)
    assert case.open == ["y"]
    assert filled(case) == values_of({"nilai": 4, "dasar": 3})
    assert len(case.execution.active()) == 1
    assert {scope for _, scope in case.execution.active().values()} == {0}


def test_a_boundary_event_that_does_not_interrupt_runs_outside_while_the_step_keeps_its_own() -> (
    None
):
    lines = f"user a\nboundary b on=a message=m keeps=true\nuser y\nb -> y\ny -> e\n{LINE}"
    case = begun(lines)
    case.fire_token(next(iter(case.desk)), "b")
    case.complete("y", dasar=1)
    case.complete("a")
    assert filled(case) == values_of({"nilai": 4, "dasar": 1, "hasil": 50})


def test_what_an_error_tells_goes_to_the_variables_around_the_work_that_failed() -> None:
    lines = (
        f"service a topic=oss\nboundary b on=a error=any code=dasar\nuser y\nb -> y\ny -> e\n{LINE}"
    )
    source = passing(bpmn(lines), "a", inputs=INPUTS, outputs=OUTPUTS)
    case = Case(definition(source)).start(nilai=4)
    (wait,) = case.execution.list_waits()
    case.execution.throw(wait.token, "a", Raised(kind=TriggerKind.ERROR, code="E1"))
    assert filled(case) == values_of({"nilai": 4, "dasar": "E1"})


def test_what_a_called_process_gives_back_is_there_for_the_outputs() -> None:
    caller = passing(
        bpmn(f"call a calledElement=anak in=dasar:x out=x:kembali\n{LINE}"),
        "a",
        inputs=INPUTS,
        outputs={"hasil": "=kembali + dasar"},
    )
    called = bpmn("start s\nuser u\nend e\ns -> u\nu -> e", key="anak")
    case = Twins(definition(caller, calls={"anak": "anak"}), definition(called, key="anak")).start(
        nilai=4
    )
    case.complete("u", x=6)
    assert filled(case) == values_of({"nilai": 4, "kembali": 6, "hasil": 11})


def test_a_sub_process_cancelled_by_a_terminate_end_beside_it_leaves_nothing() -> None:
    lines = """
        start s\nand g\nsub a\nstart sa inside a\nuser ua inside a\nend ea inside a
        user t\nterminate x\nend e
        s -> g\ng -> a\ng -> t\nt -> x\na -> e\nsa -> ua\nua -> ea
    """
    case = begun(lines)
    case.complete("t")
    assert case.finished
    assert filled(case) == values_of({"nilai": 4})


def test_a_parameter_can_be_a_list_or_a_map_of_texts_expressions_and_scripts() -> None:
    value = (
        '<camunda:map><camunda:entry key="isi"><camunda:list><camunda:value>x</camunda:value>'
        '<camunda:value>${nilai}</camunda:value><camunda:script scriptFormat="feel">nilai + 1'
        "</camunda:script><camunda:list/></camunda:list></camunda:entry>"
        '<camunda:entry key="nama">teks</camunda:entry></camunda:map>'
    )
    source = passing(bpmn(f"user a\n{LINE}"), "a", outputs={"hasil": "TEMPAT"})
    case = Twins(definition(source.replace(b"TEMPAT", value.encode()))).start(nilai=4)
    case.complete("a")
    assert case.values["hasil"] == values_of({"h": {"isi": ["x", 4, 5, []], "nama": "teks"}})["h"]


def test_a_step_that_is_taken_back_has_its_own_variables_again() -> None:
    source = passing(bpmn(f"user a\n{LINE}"), "a", inputs=INPUTS, outputs=OUTPUTS)
    case = Case(definition(source)).start(nilai=4)
    history = History()
    before, then = at_rest(case), fold(history.take(case), {})
    case.complete("a", dasar=9)
    old = undone(case, then)
    assert at_rest(case, old) == before
    moment = fold([*history.records, *history.take(case)], {})
    assert seen(moment) == real(case)
    assert case.complete("a", dasar=9).values["hasil"] == values_of({"h": 90})["h"]
