"""Flows part at activities and events without a gateway, and links join what is drawn apart, as BPMN says."""

from __future__ import annotations

import pytest
from kit import bpmn, definition
from twins import Twins, twins

from engine.errors import ExecutionFailed
from engine.history import ElementActivated


def started(lines: str, **variables: object) -> Twins:
    return Twins(definition(bpmn(lines))).start(**variables)


BOTH = """
start s
user a
user b
user c
end e
s -> a
a -> b
a -> c
b -> e
c -> e
"""


def test_all_flows_out_of_a_task_are_taken() -> None:
    found = twins(BOTH).complete("a")
    assert found.open == ["b", "c"]
    assert found.complete("b").complete("c").finished


def test_the_history_knows_by_which_flow_each_branch_came() -> None:
    found = twins(BOTH).complete("a")
    came = {e.element: e.flow for e in found.events if isinstance(e, ElementActivated)}
    assert (came["b"], came["c"]) == ("f1", "f2")


def test_a_task_with_several_flows_into_it_is_done_once_for_each() -> None:
    found = twins(
        """
        start s
        and g
        user a
        end e
        s -> g
        g -> a
        g -> a
        a -> e
        """
    )
    assert found.open == ["a", "a"]
    assert found.complete("a").open == ["a"]
    assert found.complete("a").finished


CONDITIONS = """
start s
user a
user b
user c
user d
end e
s -> a
a -> b if =jumlah > 10
a -> c if =jumlah > 100
a -> d default
b -> e
c -> e
d -> e
"""


@pytest.mark.parametrize(
    ("jumlah", "taken"), [(200, ["b", "c"]), (50, ["b"]), (5, ["d"]), (None, ["d"])]
)
def test_every_true_condition_is_followed_and_the_default_only_without_one(
    jumlah: int | None, taken: list[str]
) -> None:
    assert started(CONDITIONS, jumlah=jumlah).complete("a").open == taken


def test_a_flow_without_condition_is_taken_beside_conditional_ones() -> None:
    lines = CONDITIONS.replace("a -> d default", "a -> d")
    assert started(lines, jumlah=5).complete("a").open == ["d"]
    assert started(lines, jumlah=50).complete("a").open == ["b", "d"]


def test_without_a_true_condition_and_a_default_the_case_does_not_go_on() -> None:
    lines = CONDITIONS.replace("a -> d default", "").replace("user d", "").replace("d -> e", "")
    found = started(lines, jumlah=5)
    with pytest.raises(ExecutionFailed) as error:
        found.in_memory.complete("a")
    assert (error.value.code, error.value.params["element"]) == ("no_flow_matches", "a")


def test_flows_part_behind_a_repeated_task_when_all_of_it_is_done() -> None:
    lines = BOTH.replace("user a", "user a times=2")
    found = twins(lines).complete("a")
    assert found.open == ["a"]
    assert found.complete("a").open == ["b", "c"]


def test_flows_part_at_a_start_event_and_behind_a_boundary_event() -> None:
    found = twins(
        """
        start s
        user a
        user b
        boundary x on=a message=m
        user c
        user d
        end e
        s -> a
        s -> b
        x -> c
        x -> d
        a -> e
        b -> e
        c -> e
        d -> e
        """
    )
    assert found.open == ["a", "b"]
    (wait,) = found.execution.list_waits()
    assert found.fire_token(wait.token, "x").open == ["b", "c", "d"]


LINK = """
start s
user a
throw t link=halaman-2
catch c link=halaman-2
user b
end e
s -> a
a -> t
c -> b
b -> e
"""


def test_a_link_goes_on_where_the_catching_event_of_its_name_stands() -> None:
    found = twins(LINK).complete("a")
    assert found.open == ["b"]
    passed = [e.element for e in found.events if isinstance(e, ElementActivated)]
    assert passed == ["s", "a", "t", "c", "b"]
    assert found.complete("b").finished


def test_several_throwing_links_lead_to_one_catching_event() -> None:
    lines = LINK.replace("a -> t", "user a2\nthrow t2 link=halaman-2\ns -> a2\na2 -> t2\na -> t")
    assert twins(lines).complete("a").complete("a2").open == ["b", "b"]
