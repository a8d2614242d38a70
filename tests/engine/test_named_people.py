"""What is said at deploy of steps that a drawing gives to people by name: those that nobody there can do."""

from __future__ import annotations

import pytest
from engine_maps import drawn
from engine_office import Dinas

from engine.actor import Signature
from engine.ids import AgencyId

LINES = "start mulai\nmanual kerja {}\nend selesai\nmulai -> kerja\nkerja -> selesai"


def told(narrowing: str) -> list[tuple[str, str, str]]:
    """Give what is found of a step of the lane `petugas`, which the posts `umum` and `bidang` hold."""
    prepared = Dinas().runtime.put_in_force(
        {"p.bpmn": drawn(LINES.format(narrowing))},
        agency=AgencyId("contoh"),
        by=Signature.of_system(),
    )
    assert {f.severity.value for f in prepared.findings} <= {"warning"}
    return [(f.code, f.element_id, str(f.params.get("names", ""))) for f in prepared.findings]


@pytest.mark.parametrize(
    "narrowing",
    [
        "",
        "assignee=umum",
        "assignee=kepala",
        'candidateGroups="bidang, sekretariat"',
        "candidateUsers=umum",
        "candidateUsers=umum candidateGroups=kepala",
        "candidateGroups==unit",
        "candidateGroups=kepala candidateUsers==orang",
    ],
)
def test_nothing_is_said_where_somebody_of_the_lane_is_named_or_may_be(narrowing: str) -> None:
    assert [found for found in told(narrowing) if found[0].startswith("people_")] == []


@pytest.mark.parametrize(
    ("narrowing", "names"),
    [
        ("assignee=budi", "budi"),
        ("assignee=tamu", "tamu"),
        ('candidateGroups="umum, seksi_lama"', "seksi_lama"),
        ("candidateUsers=budi assignee==orang", "budi"),
    ],
)
def test_names_that_the_agency_does_not_have_are_told(narrowing: str, names: str) -> None:
    assert ("people_unknown", "kerja", names) in told(narrowing)


@pytest.mark.parametrize("narrowing", ["candidateGroups=kepala", "candidateUsers=kepala"])
def test_candidates_none_of_whom_holds_the_lane_are_told(narrowing: str) -> None:
    assert told(narrowing) == [("people_without_lane", "kerja", "kepala")]
