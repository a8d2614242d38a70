"""Standard loops, what repetitions collect, and terminate ends beside event sub-processes."""

from __future__ import annotations

import pytest
from kit import bpmn, definition, values_of
from parameter_kit import passing
from twins import Twins, twins

from engine.errors import ExecutionFailed
from engine.history import ElementActivated, VariablesMissed

LINE = "start s\nend e\nuser z\ns -> a\na -> z\nz -> e\n"


def rounds(case: Twins, element: str = "a") -> int:
    """Count how often the element itself was begun."""
    begun = [e for e in case.events if isinstance(e, ElementActivated) and e.element == element]
    return sum(1 for e in begun if e.part_of)


def begun(lines: str, **variables: object) -> Twins:
    return Twins(definition(bpmn(f"{lines}\n{LINE}"))).start(**variables)


def test_a_loop_that_asks_afterwards_is_done_once_even_when_its_condition_is_false() -> None:
    case = begun("user a while==lagi", lagi=False)
    assert case.open == ["a"]
    assert case.complete("a").open == ["z"]
    assert rounds(case) == 1


def test_a_loop_that_asks_first_may_not_be_done_at_all() -> None:
    case = begun("user a while==lagi before=true", lagi=False)
    assert case.open == ["z"]
    assert rounds(case) == 0


@pytest.mark.parametrize("before", ["true", "false"])
def test_a_loop_goes_on_while_its_condition_holds_and_counts_its_rounds(before: str) -> None:
    case = begun(f"user a while='=loopCounter < 3' before={before}")
    for done in range(3):
        (token,) = case.desk
        assert case.execution.view(token)["loopCounter"] == done
        case.complete("a")
    assert case.open == ["z"]
    assert "loopCounter" not in case.values


def test_a_loop_ends_at_its_drawn_maximum_whatever_its_condition_says() -> None:
    case = begun("user a while==true rounds=2")
    assert case.complete("a").complete("a").open == ["z"]
    assert begun("user a rounds=1").complete("a").open == ["z"]


def test_a_loop_without_a_maximum_is_stopped_after_a_thousand_rounds() -> None:
    with pytest.raises(ExecutionFailed) as stopped:
        begun("script a script=1 resultVariable=x while==true")
    assert stopped.value.code == "loop_endless"
    assert stopped.value.params["limit"] == 1_000


def test_a_sub_process_and_a_call_are_looped_as_a_whole() -> None:
    inner = "start sa inside a\nuser ua inside a\nend ea inside a\nsa -> ua\nua -> ea"
    case = begun(f"sub a rounds=2\n{inner}")
    assert case.complete("ua").open == ["ua"]
    assert case.complete("ua").open == ["z"]


def test_a_boundary_event_ends_the_whole_loop() -> None:
    case = begun("user a rounds=3\nboundary b on=a message=m\nb -> z")
    case.complete("a")
    (wait,) = case.execution.list_waits()
    case.fire_token(wait.token, "b")
    assert case.open == ["z"]
    assert len(case.execution.active()) == 1


def test_each_round_has_parameters_of_its_own() -> None:
    source = bpmn(f"user a rounds=2\n{LINE}")
    inputs = {"putaran": "=loopCounter + 1"}
    passed = passing(source, "a", inputs=inputs, outputs={"jumlah": "=jumlah + putaran"})
    case = Twins(definition(passed)).start(jumlah=0)
    case.complete("a").complete("a")
    assert case.values == values_of({"jumlah": 3})


COLLECTING = "user a each==daftar item=ini results=hasil result='=ini + tambah' {more}"


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_a_repetition_collects_its_results_in_the_order_of_the_items(sequential: str) -> None:
    lines = COLLECTING.format(more=f"sequential={sequential}")
    case = begun(lines, daftar=[1, 2, 3], tambah=None)
    last = sequential == "false"
    case.complete("a", which=2 if last else 0, tambah=10)
    case.complete("a", which=0, tambah=20)
    assert "hasil" not in case.values
    case.complete("a", which=0, tambah=30)
    expected = [21, 32, 13] if last else [11, 22, 33]
    assert case.values["hasil"] == values_of({"h": expected})["h"]


def test_what_was_not_done_is_null_in_the_list_and_no_items_give_an_empty_one() -> None:
    lines = COLLECTING.format(more="until='=nrOfCompletedInstances = 1'")
    case = begun(lines, daftar=[1, 2, 3], tambah=None).complete("a", which=1, tambah=10)
    assert case.values["hasil"] == values_of({"h": [None, 12, None]})["h"]
    assert begun(lines, daftar=[]).values["hasil"] == []


def test_a_terminate_end_takes_the_event_sub_processes_of_its_level_too() -> None:
    case = twins("""
        start s\nuser a\nterminate t\ns -> a\na -> t
        handler h\nstart hs inside h message=m keeps=true\nuser hu inside h\nend he inside h
        hs -> hu\nhu -> he
    """)
    (wait,) = case.execution.list_waits()
    case.fire_token(wait.token, "hs")
    assert case.open == ["a", "hu"]
    assert case.complete("a").finished


def test_a_terminate_end_inside_an_event_sub_process_ends_only_that() -> None:
    case = twins("""
        start s\nuser a\nend e\ns -> a\na -> e
        handler h\nstart hs inside h message=m keeps=true\nuser hu inside h\nterminate ht inside h
        hs -> hu\nhu -> ht
    """)
    (wait,) = case.execution.list_waits()
    case.fire_token(wait.token, "hs")
    case.fire_token(wait.token, "hs")
    case.complete("hu", which=0)
    assert case.open == ["a", "hu"]


def test_an_interrupting_event_sub_process_takes_those_that_run_beside_it_too() -> None:
    case = twins("""
        start s\nuser a\nend e\ns -> a\na -> e
        handler h\nstart hs inside h message=m keeps=true\nuser hu inside h\nend he inside h
        hs -> hu\nhu -> he
        handler i\nstart is inside i message=n\nuser iu inside i\nend ie inside i
        is -> iu\niu -> ie
    """)
    token = case.execution.list_waits()[0].token
    case.fire_token(token, "hs")
    case.fire_token(token, "is")
    assert case.open == ["iu"]
    assert case.complete("iu").finished


def test_a_name_that_is_missed_again_by_a_later_command_is_told_again() -> None:
    case = begun("user a while='=lagi = true or loopCounter < 2'")
    case.complete("a").complete("a")
    missed = [e for e in case.events if isinstance(e, VariablesMissed)]
    assert [e.names for e in missed] == [("lagi",), ("lagi",)]
