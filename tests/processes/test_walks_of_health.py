"""The map of the cooperatives' health: a table proposes the predicate by limits that the office sets, the team decides."""

from __future__ import annotations

from decimal import Decimal

import pytest
from map_walk import Walk

from engine.errors import ExecutionFailed, InvalidSubmission, WrongState
from engine.history import DecisionEvaluated
from engine.ids import InstanceId, LaneId

HEALTH, KEY = "penilaian-kesehatan-koperasi", "pacitan_penilaian_kesehatan_koperasi"
LIMITS = {"batas_sehat": 80, "batas_cukup_sehat": 66, "batas_dalam_pengawasan": 51}
"""Numbers of this test; no document gives any."""

UNTIL_ASSESSED = (
    *("bentuk_tim", "siapkan_kertas_kerja", "rapat_tim", "identifikasi_sasaran"),
    *("beritahukan_rencana", "siapkan_dokumen"),
)
TO_THE_END = (
    *("susun_rekomendasi", "cetak_sertifikat", "tandatangani_sertifikat", "sampaikan_sertifikat"),
)
ASPECTS = ("nilai_tata_kelola", "nilai_profil_risiko", "nilai_kinerja_keuangan", "nilai_permodalan")


@pytest.fixture
def health() -> Walk:
    return Walk("pacitan", HEALTH)


def choose(walk: Walk, **limits: int | None) -> None:
    """Let the owner of the process set limits."""
    walk.dinas.runtime.set_office_values(
        KEY,
        {name: None if limit is None else Decimal(limit) for name, limit in limits.items()},
        actor=walk.dinas.person("pengawas"),
        request=walk.dinas.request(),
    )


def prepared(walk: Walk) -> InstanceId:
    """Begin a case, up to the assessment."""
    choose(walk, **LIMITS)
    case = walk.begin(HEALTH, "kepala_dinas")
    assert walk.dinas.task(case, "bentuk_tim").lane == LaneId("kepala_dinas")
    walk.do(case, *UNTIL_ASSESSED)
    return case


def assess(walk: Walk, case: InstanceId, *points: str) -> None:
    given = map(Decimal, points)
    walk.do(case, "laksanakan_penilaian", **dict(zip(ASPECTS, given, strict=True)))


def evaluated(walk: Walk, case: InstanceId) -> list[DecisionEvaluated]:
    events = (record.event for record in walk.dinas.records(case))
    return [event for event in events if isinstance(event, DecisionEvaluated)]


def test_without_the_limits_of_the_office_nothing_begins(health: Walk) -> None:
    choose(health, batas_sehat=80)
    with pytest.raises(WrongState) as refused:
        health.begin(HEALTH, "kepala_dinas")
    assert refused.value.params["missing"] == (
        "Skor terendah untuk predikat cukup sehat",
        "Skor terendah untuk predikat dalam pengawasan",
    )


@pytest.mark.parametrize(
    ("points", "rule"),
    [
        (("30", "20", "20", "10"), "sehat"),
        (("30", "20", "20", "9.99"), "cukup_sehat"),
        (("30", "20", "10", "6"), "cukup_sehat"),
        (("30", "20", "10", "5.99"), "dalam_pengawasan"),
        (("20", "20", "10", "1"), "dalam_pengawasan"),
        (("20", "20", "10", "0.99"), "dalam_pengawasan_khusus"),
        (("0", "0", "0", "0"), "dalam_pengawasan_khusus"),
    ],
)
def test_the_table_proposes_the_predicate_at_its_limits(
    health: Walk, points: tuple[str, ...], rule: str
) -> None:
    case = prepared(health)
    assess(health, case, *points)
    values = health.dinas.values(case)
    assert (values["predikat"], values["skor"]) == (rule, sum(map(Decimal, points)))
    score, predicate = evaluated(health, case)
    assert (score.name, score.outputs) == ("Skor", sum(map(Decimal, points)))
    assert score.settings == {}
    assert predicate.inputs == {"Skor": sum(map(Decimal, points))}
    assert predicate.rules == (f"Rule_{rule}",)
    assert predicate.settings == {name: Decimal(limit) for name, limit in LIMITS.items()}
    assert "variables_missed" not in health.dinas.told(case)


def test_the_certificate_says_what_the_team_agreed_to(health: Walk) -> None:
    case = prepared(health)
    assess(health, case, "30", "20", "20", "10")
    health.do(case, "tetapkan_predikat", *TO_THE_END)
    assert health.end_of(case) == "selesai"
    values = health.dinas.values(case)
    assert (values["predikat"], values["alasan_koreksi"]) == ("sehat", None)


def test_another_predicate_needs_a_reason(health: Walk) -> None:
    case = prepared(health)
    assess(health, case, "30", "20", "20", "10")
    with pytest.raises(InvalidSubmission):
        health.do(case, "tetapkan_predikat", predikat="cukup_sehat")
    told = "RAT tidak dilaksanakan"
    health.do(case, "tetapkan_predikat", predikat="cukup_sehat", alasan_koreksi=told)
    health.do(case, *TO_THE_END)
    assert health.end_of(case) == "selesai"
    values = health.dinas.values(case)
    assert (values["predikat"], values["alasan_koreksi"]) == ("cukup_sehat", told)


def test_limits_that_change_hold_for_decisions_from_then_on(health: Walk) -> None:
    first, second = prepared(health), prepared(health)
    assess(health, first, "30", "20", "20", "10")
    choose(health, batas_sehat=90)
    assess(health, second, "30", "20", "20", "10")
    assert health.dinas.values(first)["predikat"] == "sehat"
    assert health.dinas.values(second)["predikat"] == "cukup_sehat"


def test_a_limit_that_is_taken_back_holds_the_case_up_until_it_is_set(health: Walk) -> None:
    case = prepared(health)
    choose(health, batas_sehat=None)
    with pytest.raises(ExecutionFailed) as failed:
        assess(health, case, "30", "20", "20", "10")
    assert failed.value.code == "office_value_unset"
    choose(health, batas_sehat=80)
    assess(health, case, "30", "20", "20", "10")
    assert health.open(case) == {"tetapkan_predikat"}
