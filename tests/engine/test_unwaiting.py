"""Circles without a wait: which are found, and that they are those of the graph."""

from __future__ import annotations

import pytest
from engine_maps import drawn
from hypothesis import given
from hypothesis import strategies as st

from engine.source import read_source
from engine.unwaiting import circles, components

STEP = "start mulai\nend selesai\n"
COUNT = 'script hitung script="n + 1" scriptFormat=feel resultVariable=n\n'
BACK = "xor cukup\nmulai -> {first}\n{last} -> cukup\ncukup -> {first} if =n < 3\ncukup -> selesai default"


def found(lines: str) -> list[tuple[tuple[str, ...], bool]]:
    process = read_source(drawn(STEP + lines), file="p.bpmn").processes[0]
    return [
        (tuple(e.id for e in circle.elements), circle.is_endless) for circle in circles(process)
    ]


def test_a_script_that_counts_goes_round_without_a_wait_but_not_for_ever() -> None:
    assert found(COUNT + BACK.format(first="hitung", last="hitung")) == [
        (("hitung", "cukup"), False)
    ]


def test_what_changes_nothing_that_is_asked_goes_round_for_ever() -> None:
    lines = COUNT.replace("=n\n", "=m\n") + BACK.format(first="hitung", last="hitung")
    assert found(lines) == [(("hitung", "cukup"), True)]


WAITS = {
    "a person": "manual tunggu",
    "a timer": "catch tunggu duration=PT1H",
    "a message": "receive tunggu message=m",
    "a system outside": "service tunggu topic=oss",
    "a called process": "call tunggu calledElement=anak",
}


@pytest.mark.parametrize("wait", WAITS)
def test_where_something_is_waited_for_there_is_no_circle(wait: str) -> None:
    lines = f"{COUNT}{WAITS[wait]}\nhitung -> tunggu\n"
    assert found(lines + BACK.format(first="hitung", last="tunggu")) == []


INNER = "sub dalam\nstart a inside dalam\n{step} inside dalam\nend z inside dalam\na -> kerja\nkerja -> z\n"


def test_a_sub_process_waits_when_something_in_it_does() -> None:
    back = BACK.format(first="dalam", last="dalam")
    assert found(INNER.format(step="manual kerja") + back) == []
    script = 'script kerja script="n + 1" scriptFormat=feel resultVariable=n'
    assert found(INNER.format(step=script) + back) == [(("dalam", "cukup"), False)]


def test_a_circle_inside_a_sub_process_and_one_by_links_are_found() -> None:
    lines = (
        "sub luar\nstart a inside luar\nxor x inside luar\nxor y inside luar\nend z inside luar\na -> x\nx -> y\n"
        "y -> x if =true\ny -> z default\nmulai -> luar\nxor b\nluar -> b\nthrow pergi link=l\n"
        "catch datang link=l\nb -> pergi if =now() = null\nb -> selesai default\ndatang -> b\n"
    )
    assert sorted(found(lines)) == [(("b", "pergi", "datang"), False), (("x", "y"), True)]


def test_where_ways_meet_the_other_one_is_waited_for() -> None:
    lines = "and gabung\nxor bagi\nmulai -> gabung\ngabung -> bagi\nbagi -> gabung if =true\nbagi -> selesai default"
    assert found(lines) == []


@given(st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 7)), min_size=8, max_size=8))
def test_parts_are_those_that_reach_each_other(graph: dict[int, set[int]]) -> None:
    nodes = {str(node): sorted(map(str, targets)) for node, targets in graph.items()}
    reached = {node: _reached(node, nodes) for node in nodes}
    together = {
        frozenset(other for other in nodes if other in reached[node] and node in reached[other])
        for node in nodes
    }
    parts = list(components(nodes))
    assert set(parts) == together
    assert len(parts) == len(together)


def _reached(node: str, nodes: dict[str, list[str]]) -> set[str]:
    seen, waiting = set[str](), [node]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(nodes[here])
    return seen
