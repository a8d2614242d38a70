"""Each kind of element, run in memory and saved and loaded after every step (the twins compare the two)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from kit import Case, bpmn, definition
from twins import twins

from engine.errors import ExecutionFailed, WrongState
from engine.history import (
    ElementActivated,
    ElementCancelled,
    ElementMerged,
    UserTaskCancelled,
    UserTaskCreated,
    VariablesChanged,
)


def test_a_user_task_waits_and_its_values_become_variables() -> None:
    case = twins("""
        start s
        user a
        end e
        s -> a
        a -> e
    """)
    assert case.open == ["a"]
    assert not case.finished
    case.complete("a", nama="Dinas Koperasi", jumlah=3)
    assert case.finished
    assert case.open == []
    assert case.values == {"nama": "Dinas Koperasi", "jumlah": Decimal(3)}


def test_a_manual_task_waits_for_a_person_too() -> None:
    case = twins("""
        start s
        manual m
        end e
        s -> m
        m -> e
    """)
    assert case.open == ["m"]
    assert case.complete("m").finished


def test_a_script_task_sets_its_result_variable() -> None:
    case = twins("""
        start s
        user a
        script z script="harga * 1.1" resultVariable=total
        user b
        end e
        s -> a
        a -> z
        z -> b
        b -> e
    """)
    case.complete("a", harga=Decimal("0.1"))
    assert case.open == ["b"]
    assert case.values["total"] == Decimal("0.11")


def test_a_user_task_is_laid_on_the_desk_that_its_expressions_name() -> None:
    case = twins("""
        start s
        user a
        user b assignee=${penerima} candidateGroups="umum, ${unit}" dueDate=${batas}
        end e
        s -> a
        a -> b
        b -> e
    """)
    case.complete("a", penerima="lina", unit="keuangan", batas="2026-12-01")
    created = [e for e in case.events if isinstance(e, UserTaskCreated)]
    assert [e.element for e in created] == ["a", "b"]
    assert created[1].assignee == "lina"
    assert created[1].candidate_groups == ("umum", "keuangan")
    assert created[1].due == "2026-12-01"


XOR = """
    start s
    user a
    xor g
    user b
    user c
    user d
    end e
    s -> a
    a -> g
    g -> b if =x > 10
    g -> c if =x > 5
    g -> d default
    b -> e
    c -> e
    d -> e
"""


@pytest.mark.parametrize(("x", "chosen"), [(11, "b"), (6, "c"), (5, "d"), (None, "d")])
def test_an_exclusive_gateway_takes_the_first_true_flow_or_the_default(
    x: int | None, chosen: str
) -> None:
    assert twins(XOR).complete("a", x=x).open == [chosen]


def test_an_exclusive_gateway_without_a_true_flow_is_an_error_and_the_case_stays() -> None:
    case = Case(definition(bpmn(XOR.replace("g -> d default", "g -> d if =false")))).start()
    before = case.at_rest()
    with pytest.raises(ExecutionFailed, match="at least one condition of g") as refused:
        case.complete("a", x=1)
    assert refused.value.code == "no_flow_matches"
    assert refused.value.params == {"element": "g"}
    case.load(*before)
    assert case.complete("a", x=20).open == ["b"]


def test_two_flows_between_the_same_elements_are_told_apart() -> None:
    lines = """
        start s
        user a
        xor g
        user b
        end e
        s -> a
        a -> g
        g -> b if =x > 10
        g -> b default
        b -> e
    """
    flows = []
    for x in (11, 1):
        case = twins(lines).complete("a", x=x)
        arrivals = [e for e in case.events if isinstance(e, ElementActivated) and e.element == "b"]
        assert case.open == ["b"]
        flows += [e.flow for e in arrivals]
    assert flows == ["f2", "f3"]


AND = """
    start s
    and f
    user a
    user b
    user c
    and j
    user z
    end e
    s -> f
    f -> a
    f -> b
    f -> c
    a -> j
    b -> j
    c -> j
    j -> z
    z -> e
"""


@pytest.mark.parametrize("order", ["abc", "acb", "bac", "bca", "cab", "cba"])
def test_a_parallel_gateway_waits_for_every_branch_in_any_order(order: str) -> None:
    case = twins(AND)
    assert case.open == ["a", "b", "c"]
    for left, element in zip((2, 1), order, strict=False):
        case.complete(element)
        assert len(case.open) == left
    assert case.complete(order[2]).open == ["z"]
    assert sum(isinstance(e, ElementMerged) for e in case.events) == 2
    assert case.complete("z").finished


def test_a_second_token_on_one_flow_stays_for_the_next_join() -> None:
    case = twins("""
        start s
        and f
        user a
        user b
        user c
        xor m
        and j
        user z
        end e
        s -> f
        f -> a
        f -> b
        f -> c
        a -> m
        b -> m
        m -> j
        c -> j
        j -> z
        z -> e
    """)
    case.complete("a").complete("b")
    assert case.open == ["c"]
    assert case.complete("c").open == ["z"]
    waiting = [element for element, _ in case.execution.active().values()]
    assert sorted(waiting) == ["j", "z"]


OR = """
    start s
    user k
    or f
    user a
    user b
    user c
    or j
    user z
    end e
    s -> k
    k -> f
    f -> a if =a
    f -> b if =b
    f -> c default
    a -> j
    b -> j
    c -> j
    j -> z
    z -> e
"""


@pytest.mark.parametrize(
    ("a", "b", "offered"),
    [(True, True, "ab"), (True, False, "a"), (False, True, "b"), (False, False, "c")],
)
def test_an_inclusive_gateway_waits_for_the_branches_that_were_taken(
    a: bool,  # noqa: FBT001 - a parameter of the table above
    b: bool,  # noqa: FBT001 - the same
    offered: str,
) -> None:
    case = twins(OR).complete("k", a=a, b=b)
    assert case.open == list(offered)
    for element in reversed(offered):
        assert "z" not in case.open
        case.complete(element)
    assert case.open == ["z"]
    assert case.complete("z").finished


def test_an_inclusive_gateway_without_a_true_flow_and_default_is_an_error() -> None:
    case = Case(definition(bpmn(OR.replace("f -> c default", "f -> c if =false")))).start()
    with pytest.raises(ExecutionFailed) as refused:
        case.complete("k", a=False, b=False)
    assert refused.value.code == "no_flow_matches"


def test_an_inclusive_join_goes_on_when_the_branch_it_waits_for_ends_elsewhere() -> None:
    case = twins("""
        start s
        and f
        user a
        user b
        xor g
        or j
        user z
        end e
        end e2
        s -> f
        f -> a
        f -> b
        b -> g
        g -> j if =kembali
        g -> e2 default
        a -> j
        j -> z
        z -> e
    """)
    case.complete("a")
    assert case.open == ["b"]
    case.complete("b", kembali=False)
    assert case.open == ["z"]
    assert case.complete("z").finished


def test_a_revision_loop_offers_its_tasks_anew_in_each_round() -> None:
    case = twins("""
        start s
        user tulis
        user periksa
        xor g
        end e
        s -> tulis
        tulis -> periksa
        periksa -> g
        g -> tulis if =putusan = "revisi"
        g -> e if =putusan = "setuju"
    """)
    for _ in range(3):
        case.complete("tulis").complete("periksa", putusan="revisi")
    case.complete("tulis").complete("periksa", putusan="setuju")
    assert case.finished
    assert case.rested.visits == {"tulis": 4, "periksa": 4}


def test_a_value_written_in_one_branch_is_seen_by_the_other_at_once() -> None:
    case = twins("""
        start s
        and f
        user a
        user b
        script x script="catatan + 1" resultVariable=lanjut
        user c
        and j
        end e
        s -> f
        f -> a
        f -> b
        a -> j
        b -> x
        x -> c
        c -> j
        j -> e
    """)
    case.complete("a", catatan=1).complete("b")
    assert case.values == {"catatan": Decimal(1), "lanjut": Decimal(2)}
    case.complete("c", catatan=5)
    assert case.finished
    assert case.values["catatan"] == Decimal(5)


def test_a_value_that_stays_the_same_is_no_change() -> None:
    case = twins(AND).complete("a", x=1).complete("b", x=1).complete("c", x=2)
    changes = [e.set for e in case.events if isinstance(e, VariablesChanged)]
    assert changes == [{"x": Decimal(1)}, {"x": Decimal(2)}]


def test_a_terminate_end_takes_every_other_token_away() -> None:
    case = twins(AND.replace("c -> j", "c -> t") + "terminate t")
    case.complete("c")
    assert case.finished
    assert case.open == []
    assert case.execution.active() == {}
    assert sum(isinstance(e, UserTaskCancelled) for e in case.events) == 2
    assert sum(isinstance(e, ElementCancelled) for e in case.events) == 2


def test_a_process_goes_on_until_every_branch_has_ended() -> None:
    case = twins("""
        start s
        and f
        user a
        user b
        end e1
        end e2
        s -> f
        f -> a
        f -> b
        a -> e1
        b -> e2
    """)
    assert not case.complete("b").finished
    assert case.open == ["a"]
    assert case.complete("a").finished


def test_a_case_may_be_over_without_a_rest() -> None:
    case = twins("""
        start s
        script z script="1 + 1" resultVariable=x
        end e
        s -> z
        z -> e
    """)
    assert case.finished
    assert case.values == {"x": Decimal(2)}


def test_a_cancelled_case_has_no_token_and_no_task() -> None:
    case = Case(definition(bpmn(AND))).start()
    case.execution.cancel()
    assert case.execution.active() == {}
    cancelled = [e for e in case.execution.events if isinstance(e, UserTaskCancelled)]
    assert [e.task for e in cancelled] == [f"c-{token}" for token in case.desk]


def test_a_token_that_is_gone_can_not_be_completed() -> None:
    case = Case(definition(bpmn(AND))).start()
    (token,) = [t for t, element in case.desk.items() if element == "a"]
    case.complete("a")
    with pytest.raises(WrongState) as refused:
        case.execution.complete(token, {})
    assert refused.value.code == "task_cancelled"


def test_a_token_at_rest_that_waits_for_others_can_not_be_completed() -> None:
    case = Case(definition(bpmn(AND))).start().complete("a")
    (waiting,) = [t for t, (element, _) in case.execution.active().items() if element == "j"]
    with pytest.raises(WrongState) as refused:
        case.execution.complete(waiting, {})
    assert refused.value.code == "task_cancelled"
