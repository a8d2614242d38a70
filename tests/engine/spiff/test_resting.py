"""What a case waits for, read from its frontier alone, is what the loaded case says."""

from __future__ import annotations

import pytest
from kit import Case, bpmn, definition

from engine.ids import DefinitionId
from engine.spiff.resting import find_view, list_resting, list_waits

MAPS = {
    "boundary": """
        start s
        user a
        boundary b on=a duration=P2D
        boundary c on=a message=Batal keeps=true key=${1}
        end e
        s -> a
        a -> e
        b -> e
        c -> e
    """,
    "sub-process": """
        start s
        sub d
        start x inside d
        catch t duration=P1D inside d
        end y inside d
        boundary b on=d duration=P2D
        end e
        x -> t
        t -> y
        s -> d
        d -> e
        b -> e
    """,
    "repetition": """
        start s
        user a times=3
        boundary b on=a duration=P2D
        end e
        s -> a
        a -> e
        b -> e
    """,
    "event gateway": """
        start s
        events g
        catch m message=Jawaban
        catch t date=2026-12-01
        receive r message=Lain
        end e
        s -> g
        g -> m
        g -> t
        g -> r
        m -> e
        t -> e
        r -> e
    """,
    "work": """
        start s
        service w topic=oss
        boundary b on=w signal=Bubar
        end e
        s -> w
        w -> e
        b -> e
    """,
}


@pytest.mark.parametrize("name", MAPS)
def test_waits_are_read_from_the_frontier_as_they_are(name: str) -> None:
    case = Case(definition(bpmn(MAPS[name]))).start()
    frontier, _ = case.at_rest()
    found = list_waits(frontier, DefinitionId("p"))
    assert set(found) == set(case.execution.list_waits())
    assert len(found) == len(case.waiting) > 0


def test_a_wait_in_a_called_process_belongs_to_that_version() -> None:
    inner = definition(
        bpmn("start x\ncatch t duration=P1D\nend y\nx -> t\nt -> y", key="anak"), key="anak"
    )
    lines = "start s\ncall c calledElement=anak\nend e\ns -> c\nc -> e"
    case = Case(definition(bpmn(lines), calls={"anak": "anak"}), inner).start()
    frontier, _ = case.at_rest()
    assert [(w.element, w.definition) for w in list_waits(frontier, DefinitionId("p"))] == [
        ("t", "anak")
    ]
    assert [(r.element, r.definition) for r in list_resting(frontier)] == [("t", "anak")]


def test_a_frontier_of_another_version_waits_for_nothing_that_could_be_read() -> None:
    assert list_waits(b'{"v":99}', DefinitionId("p")) == ()
    assert list_waits(b"", DefinitionId("p")) == ()


def test_what_a_resting_token_sees_is_what_the_loaded_case_shows_it() -> None:
    lines = """
    start s
    user u each=${daftar} item=nama
    end e
    s -> u
    u -> e
    """
    case = Case(definition(bpmn(lines))).start(daftar=["a", "b"], hal="rapat")
    for token in case.desk:
        assert find_view(*case.at_rest(), token) == case.execution.view(token)
    assert find_view(*case.at_rest(), 99) is None
