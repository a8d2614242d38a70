"""Sub-processes and called processes, run in memory and saved and loaded after every step."""

from __future__ import annotations

from decimal import Decimal

import pytest
from kit import Case, bpmn, definition
from twins import Twins, twins

from engine.errors import ExecutionFailed
from engine.history import ElementCancelled, ScopeClosed, ScopeOpened, UserTaskCancelled

TWO_LEVELS = """
    start s
    sub luar
    start s1 inside luar
    user a inside luar
    sub dalam inside luar
    start s2 inside dalam
    and f inside dalam
    user b inside dalam
    user c inside dalam
    end e2 inside dalam
    user d inside luar
    end e1 inside luar
    user z
    end e
    s -> luar
    s1 -> a
    a -> dalam
    s2 -> f
    f -> b
    f -> c
    b -> e2
    c -> e2
    dalam -> d
    d -> e1
    luar -> z
    z -> e
"""

CALLER = """
    start s
    user a
    call panggil calledElement=q {mappings}
    user z
    end e
    s -> a
    a -> panggil
    panggil -> z
    z -> e
"""
CALLED = """
    start s
    user b
    script hitung script="(if x = null then 0 else x) + 1" resultVariable=hasil
    user c
    end e
    s -> b
    b -> hitung
    hitung -> c
    c -> e
"""


def calls(mappings: str, called: str = CALLED) -> Twins:
    caller = definition(bpmn(CALLER.format(mappings=mappings)), calls={"q": "q"})
    return Twins(caller, definition(bpmn(called, key="q"), key="q")).start()


def test_a_sub_process_in_a_sub_process_goes_on_when_its_last_token_has_ended() -> None:
    case = twins(TWO_LEVELS)
    assert case.open == ["a"]
    assert case.complete("a").open == ["b", "c"]
    assert case.complete("c").open == ["b"]
    assert case.complete("b").open == ["d"]
    assert case.complete("d").open == ["z"]
    assert case.complete("z").finished


def test_a_sub_process_writes_to_the_case_when_the_name_is_not_its_own() -> None:
    case = twins(TWO_LEVELS).complete("a", x=1).complete("c", x=2)
    assert case.values == {"x": Decimal(2)}


def test_the_scope_of_a_sub_process_is_closed_with_it() -> None:
    case = twins(TWO_LEVELS).complete("a").complete("b").complete("c").complete("d")
    opened = [e.scope for e in case.events if isinstance(e, ScopeOpened)]
    closed = [e.scope for e in case.events if isinstance(e, ScopeClosed)]
    assert sorted(closed) == opened
    assert len(opened) == 2


def test_a_terminate_end_in_a_sub_process_ends_only_the_sub_process() -> None:
    case = twins(TWO_LEVELS.replace("end e2 inside dalam", "terminate e2 inside dalam"))
    assert case.complete("a").complete("b").open == ["d"]
    assert sum(isinstance(e, UserTaskCancelled) for e in case.events) == 1
    assert case.complete("d").complete("z").finished


def test_a_terminate_end_takes_running_sub_processes_with_it() -> None:
    case = twins("""
        start s
        and f
        sub u
        start s1 inside u
        sub v inside u
        start s2 inside v
        user a inside v
        end e2 inside v
        end e1 inside u
        user b
        terminate t
        end e
        s -> f
        f -> u
        f -> b
        s1 -> v
        s2 -> a
        a -> e2
        v -> e1
        u -> e
        b -> t
    """)
    assert case.open == ["a", "b"]
    assert case.complete("b").finished
    assert case.open == []
    assert sum(isinstance(e, ElementCancelled) for e in case.events) == 3
    opened = {e.scope for e in case.events if isinstance(e, ScopeOpened)}
    assert opened == {e.scope for e in case.events if isinstance(e, ScopeClosed)}


def test_a_sub_process_in_a_loop_has_a_new_scope_in_each_round() -> None:
    case = twins("""
        start s
        sub u
        start s1 inside u
        user a inside u
        end e1 inside u
        xor g
        end e
        s -> u
        s1 -> a
        a -> e1
        u -> g
        g -> u if =lagi
        g -> e default
    """)
    for _ in range(3):
        case.complete("a", lagi=True)
    assert case.complete("a", lagi=False).finished
    assert len({e.scope for e in case.events if isinstance(e, ScopeOpened)}) == 4


def test_a_called_process_gets_and_gives_what_the_call_maps() -> None:
    case = calls("in=nilai:x,=nilai*10:sepuluh out=hasil:kembali")
    case.complete("a", nilai=4, rahasia="tidak ikut")
    assert case.open == ["b"]
    assert case.complete("b").open == ["c"]
    inner = max(case.execution._scopes.all)
    assert case.execution._scopes.all[inner].values == {
        "x": Decimal(4),
        "sepuluh": Decimal(40),
        "hasil": Decimal(5),
    }
    case.complete("c", catatan="hanya di dalam")
    assert case.open == ["z"]
    assert case.values == {
        "nilai": Decimal(4),
        "rahasia": "tidak ikut",
        "kembali": Decimal(5),
    }
    assert case.complete("z").finished


def test_a_called_process_can_get_and_give_everything() -> None:
    case = calls("in=all out=all").complete("a", x=1, y="ya").complete("b").complete("c", y="baru")
    assert case.values == {"x": Decimal(1), "y": "baru", "hasil": Decimal(2)}


def test_a_call_without_mappings_passes_nothing() -> None:
    case = calls("").complete("a", x=7).complete("b").complete("c", y=1)
    assert case.values == {"x": Decimal(7)}
    assert case.complete("z").finished


def test_a_value_mapped_from_a_name_that_is_not_there_is_null() -> None:
    case = calls("in=entah:x out=tiada:kembali").complete("a").complete("b").complete("c")
    assert case.values == {"kembali": None}


def test_a_call_in_a_call_goes_back_level_by_level() -> None:
    first = definition(bpmn(CALLER.format(mappings="in=all out=all")), calls={"q": "q"})
    middle = CALLER.format(mappings="in=all out=all").replace("calledElement=q", "calledElement=r")
    second = definition(bpmn(middle, key="q"), key="q", calls={"r": "r"})
    third = definition(bpmn(CALLED, key="r"), key="r")
    case = Twins(first, second, third).start()
    case.complete("a", x=1).complete("a", x=2).complete("b").complete("c")
    assert case.values == {"x": Decimal(1)}
    assert case.complete("z").values == {"x": Decimal(2), "hasil": Decimal(3)}
    assert case.open == ["z"]
    assert case.complete("z").finished


RECURSIVE = """
    start s
    {wait}
    xor g
    call lagi calledElement=p in==n-1:n out=dalam:dalam
    script naik script="(if dalam = null then 0 else dalam) + 1" resultVariable=dalam
    end e
    s -> {first}
    {arrow}
    g -> lagi if =n > 0
    g -> naik default
    lagi -> naik
    naik -> e
"""


def test_a_process_that_calls_itself_with_a_wait_comes_back_from_every_level() -> None:
    lines = RECURSIVE.format(wait="user a", first="a", arrow="a -> g")
    case = Twins(definition(bpmn(lines), calls={"p": "p"})).start(n=5)
    for _ in range(5):
        assert case.open == ["a"]
        case.complete("a")
    assert case.open == ["a"]
    case.complete("a")
    assert case.finished
    assert case.values["dalam"] == Decimal(6)


def test_a_process_that_calls_itself_without_end_is_stopped() -> None:
    lines = RECURSIVE.format(wait="", first="g", arrow="").replace("if =n > 0", "if =true")
    case = Case(definition(bpmn(lines), calls={"p": "p"}))
    with pytest.raises(ExecutionFailed) as refused:
        case.start(n=5)
    assert refused.value.code == "nesting_too_deep"
    assert refused.value.params == {"element": "lagi", "limit": 100}
