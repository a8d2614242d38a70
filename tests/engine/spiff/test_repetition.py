"""Multi-instance activities, run in memory and saved and loaded after every step."""

from __future__ import annotations

from decimal import Decimal

import pytest
from kit import Case, bpmn, definition, values_of
from twins import Twins

from engine.errors import ExecutionFailed
from engine.history import ElementActivated, ScopeClosed, ScopeOpened, UserTaskCancelled

TASK = """
    start s
    user m {loop}
    user z
    end e
    s -> m
    m -> z
    z -> e
"""
SUB = """
    start s
    sub u {loop}
    start s1 inside u
    user a inside u
    user b inside u
    end e1 inside u
    user z
    end e
    s -> u
    s1 -> a
    a -> b
    b -> e1
    u -> z
    z -> e
"""
CALL = """
    start s
    call u calledElement=q in=item:nama out=hasil:hasil_terakhir {loop}
    user z
    end e
    s -> u
    u -> z
    z -> e
"""
CALLED = """
    start s
    user b assignee=${nama}
    script h script="nama + nama" resultVariable=hasil
    end e
    s -> b
    b -> h
    h -> e
"""


def repeated(lines: str, loop: str, **variables: object) -> Twins:
    return Twins(definition(bpmn(lines.format(loop=loop)))).start(**variables)


def called(loop: str, **variables: object) -> Twins:
    caller = definition(bpmn(CALL.format(loop=loop)), calls={"q": "q"})
    return Twins(caller, definition(bpmn(CALLED, key="q"), key="q")).start(**variables)


def counters(case: Twins) -> tuple[int, ...]:
    names = ("nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances")
    scopes = case.execution._scopes.all.values()
    return next(tuple(int(str(s.values[n])) for n in names) for s in scopes if names[0] in s.values)


def items(case: Twins) -> list[object]:
    scopes = case.execution._scopes.all.values()
    return [s.values["item"] for s in scopes if "item" in s.values]


def no_scope_is_left(case: Twins) -> bool:
    opened = {e.scope for e in case.events if isinstance(e, ScopeOpened)}
    return opened == {e.scope for e in case.events if isinstance(e, ScopeClosed)}


@pytest.mark.parametrize("order", [(0, 0, 0), (2, 1, 0), (1, 1, 0)])
def test_a_parallel_task_is_offered_once_per_item_and_counts_them(order: tuple[int, ...]) -> None:
    case = repeated(TASK, "each=daftar", daftar=["x", "y", "z"])
    assert case.open == ["m", "m", "m"]
    assert items(case) == ["x", "y", "z"]
    for done, which in enumerate(order):
        assert counters(case) == (3, done, 3 - done)
        case.complete("m", which)
    assert case.open == ["z"]
    assert no_scope_is_left(case)
    assert case.complete("z").finished


def test_a_sequential_task_is_offered_one_item_after_the_other() -> None:
    case = repeated(TASK, "each=daftar sequential=true", daftar=["x", "y", "z"])
    for item in ("x", "y", "z"):
        assert case.open == ["m"]
        assert items(case) == [item]
        case.complete("m", daftar=[])
    assert case.open == ["z"]
    assert no_scope_is_left(case)


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_a_number_of_times_needs_no_list(sequential: str) -> None:
    case = repeated(TASK, f"times==n+1 sequential={sequential}", n=2)
    for _ in range(3):
        case.complete("m")
    assert case.open == ["z"]


@pytest.mark.parametrize("sequential", ["true", "false"])
@pytest.mark.parametrize("loop", ["each=daftar", "times=0"])
@pytest.mark.parametrize("lines", [TASK, SUB])
def test_no_item_means_straight_on(lines: str, loop: str, sequential: str) -> None:
    case = repeated(lines, f"{loop} sequential={sequential}", daftar=[])
    assert case.open == ["z"]
    assert case.complete("z").finished


@pytest.mark.parametrize(("sequential", "cancelled"), [("false", 2), ("true", 0)])
def test_a_completion_condition_ends_the_repetition_early(sequential: str, cancelled: int) -> None:
    loop = f'each=daftar sequential={sequential} until="=nrOfCompletedInstances >= 2 or tolak"'
    case = repeated(TASK, loop, daftar=[1, 2, 3, 4], tolak=False)
    case.complete("m").complete("m")
    assert case.open == ["z"]
    assert sum(isinstance(e, UserTaskCancelled) for e in case.events) == cancelled
    assert no_scope_is_left(case)


def test_a_completion_condition_sees_what_the_last_one_wrote() -> None:
    case = repeated(TASK, 'each=daftar until="=tolak"', daftar=[1, 2, 3], tolak=False)
    case.complete("m", 2)
    assert case.open == ["m", "m"]
    assert case.complete("m", 0, tolak=True).open == ["z"]


def test_each_child_has_its_item_and_number_and_may_overwrite_only_its_own() -> None:
    case = repeated(TASK, "each=daftar", daftar=["x", "y"])
    case.complete("m", 0, item="diganti", bersama=1)
    assert items(case) == ["y"]
    assert case.values == {"daftar": ["x", "y"], "bersama": Decimal(1)}


def test_the_children_of_a_repetition_are_part_of_its_token() -> None:
    case = repeated(TASK, "each=daftar", daftar=["x", "y"])
    arrivals = [e for e in case.events if isinstance(e, ElementActivated) and e.element == "m"]
    assert [e.part_of for e in arrivals] == [0, arrivals[0].token, arrivals[0].token]
    assert [e.flow for e in arrivals] == ["f0", "", ""]


def test_parallel_sub_processes_run_side_by_side() -> None:
    case = repeated(SUB, "each=daftar", daftar=[1, 2])
    assert case.open == ["a", "a"]
    case.complete("a", 1)
    assert case.open == ["a", "b"]
    case.complete("b")
    assert case.open == ["a"]
    case.complete("a").complete("b")
    assert case.open == ["z"]
    assert no_scope_is_left(case)


def test_sequential_sub_processes_run_one_after_the_other() -> None:
    case = repeated(SUB, "each=daftar sequential=true", daftar=[1, 2])
    for item in (1, 2):
        assert case.open == ["a"]
        assert items(case) == [Decimal(item)]
        case.complete("a").complete("b")
    assert case.open == ["z"]


def test_a_completion_condition_takes_the_other_sub_processes_away() -> None:
    case = repeated(SUB, 'each=daftar until="=nrOfCompletedInstances = 1"', daftar=[1, 2, 3])
    case.complete("a", 2).complete("a", 0).complete("b", 0)
    assert case.open == ["z"]
    assert case.execution.active().keys() == case.desk.keys()
    assert no_scope_is_left(case)


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_a_called_process_gets_the_item_of_its_child(sequential: str) -> None:
    case = called(f"each=daftar sequential={sequential}", daftar=["x", "y"])
    case.complete("b").complete("b")
    assert case.open == ["z"]
    assert case.values["hasil_terakhir"] == "yy"
    assert no_scope_is_left(case)
    assert case.complete("z").finished


def test_a_repetition_in_a_repetition_counts_its_own() -> None:
    case = Twins(
        definition(
            bpmn("""
                start s
                sub u each=luar item=baris
                start s1 inside u
                user a each=baris item=sel inside u
                end e1 inside u
                user z
                end e
                s -> u
                s1 -> a
                a -> e1
                u -> z
                z -> e
            """)
        )
    ).start(luar=[["a", "b"], [], ["c"]])
    assert case.open == ["a", "a", "a"]
    case.complete("a", 1).complete("a", 1)
    assert case.open == ["a"]
    assert case.complete("a").open == ["z"]
    assert no_scope_is_left(case)


def test_a_repetition_in_a_loop_begins_anew() -> None:
    case = Twins(
        definition(
            bpmn("""
                start s
                user m each=daftar
                xor g
                end e
                s -> m
                m -> g
                g -> m if =lagi
                g -> e default
            """)
        )
    ).start(daftar=[1, 2])
    case.complete("m").complete("m", lagi=True)
    assert case.open == ["m", "m"]
    assert case.complete("m").complete("m", lagi=False).finished


def test_a_script_is_repeated_without_a_rest() -> None:
    case = Twins(
        definition(
            bpmn("""
                start s
                script h each=daftar script="jumlah + item" resultVariable=jumlah
                end e
                s -> h
                h -> e
            """)
        )
    ).start(daftar=[1, 2, 3], jumlah=0)
    assert case.finished
    assert case.values["jumlah"] == Decimal(6)


def test_a_terminate_end_takes_a_repetition_away_with_its_scopes() -> None:
    case = Twins(
        definition(
            bpmn("""
                start s
                and f
                user m each=daftar
                user b
                terminate t
                end e
                s -> f
                f -> m
                f -> b
                m -> e
                b -> t
            """)
        )
    ).start(daftar=[1, 2])
    assert case.complete("b").finished
    assert case.open == []
    assert case.execution.active() == {}
    assert no_scope_is_left(case)


@pytest.mark.parametrize(
    "value", ["bukan daftar", None, {"a": 1}, Decimal("1.5"), -1, 2001, [0] * 2001, True]
)
def test_what_can_not_be_counted_is_refused(value: object) -> None:
    case = Case(definition(bpmn(TASK.format(loop="each=daftar"))))
    with pytest.raises(ExecutionFailed) as refused:
        case.start(**values_of({"daftar": value}))
    assert refused.value.code == "repetition_items"
    assert refused.value.params == {"element": "m", "limit": 2000}
