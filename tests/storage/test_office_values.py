"""The numbers that an office sets for a process, on every store."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from decision_kit import dmn, table
from engine_maps import drawn, form_of
from storage_kit import START, Workplace
from timer_kit import AGENCY, ENDED, TimedOffice

from engine.actor import Role, Signature
from engine.chain import agency_chain
from engine.errors import InvalidSubmission, NotAllowed, NotFound, WrongState
from engine.history import DecisionEvaluated, OfficeValueChanged

if TYPE_CHECKING:
    from engine.ids import DefinitionId
    from engine.testing import FixedClock

LIMITS = {
    "ketetapan.batas_sehat": "Batas sehat",
    "ketetapan.batas_cukup": "Batas cukup sehat",
    "ketetapan.urutan": "batas_cukup < batas_sehat",
}


@pytest.fixture
def office(backend: Workplace, clock: FixedClock) -> TimedOffice:
    """Give an office on each store in turn."""
    return TimedOffice(backend, clock)


def deploy(office: TimedOffice, lines: str = ENDED, key: str = "p", **limits: str) -> DefinitionId:
    properties = limits or LIMITS
    package = {
        f"{key}.bpmn": drawn(lines, key=key, properties=properties),
        "isi.form": form_of("isi", "catatan"),
    }
    put = office.runtime.put_in_force(package, agency=AGENCY, by=Signature.of_system())
    return put.definitions[0].id


def choose(office: TimedOffice, reason: str = "", **values: str | None) -> None:
    office.runtime.set_office_values(
        "p",
        {name: None if text is None else Decimal(text) for name, text in values.items()},
        actor=office.ani,
        request=office.request(),
        reason=reason,
    )


def chosen(office: TimedOffice, process: str = "p") -> dict[str, str]:
    found = office.store.transact(lambda tx: tx.list_office_values(AGENCY, process))
    assert {(value.set_by, value.set_at) for value in found} <= {("Ani", START)}
    return {value.name: str(value.value) for value in found}


def changes(backend: Workplace) -> list[OfficeValueChanged]:
    found = (record.event for record in backend.records(agency_chain(AGENCY)))
    return [event for event in found if isinstance(event, OfficeValueChanged)]


def test_numbers_are_set_together_changed_one_by_one_and_taken_back(
    office: TimedOffice, backend: Workplace
) -> None:
    deploy(office)
    choose(office, batas_sehat="80.50", batas_cukup="66")
    choose(office, "Rapat 3 Desember", batas_sehat="80.5", batas_cukup="65.999")
    choose(office, batas_sehat=None)
    assert chosen(office) == {"batas_cukup": "65.999"}
    assert chosen(office, "lain") == {}
    assert [(e.label, e.previous, e.value, e.reason) for e in changes(backend)] == [
        ("Batas sehat", None, Decimal("80.5"), ""),
        ("Batas cukup sehat", None, Decimal(66), ""),
        ("Batas cukup sehat", Decimal(66), Decimal("65.999"), "Rapat 3 Desember"),
        ("Batas sehat", Decimal("80.5"), None, ""),
    ]


def test_a_case_begins_only_when_all_its_numbers_are_set(office: TimedOffice) -> None:
    process = deploy(office)
    choose(office, batas_sehat="80")
    with pytest.raises(WrongState) as refused:
        office.begin(process)
    assert refused.value.code == "office_value_missing"
    assert refused.value.params["missing"] == ("Batas cukup sehat",)
    choose(office, batas_cukup="66")
    assert office.open(office.begin(process)) == ["kerja"]


def test_a_case_that_calls_a_process_waits_for_the_numbers_of_that_too(office: TimedOffice) -> None:
    deploy(office)
    calls = "start mulai\ncall anak calledElement=p\nend selesai\nmulai -> anak\nanak -> selesai\n"
    caller = deploy(office, calls, "induk", **{"perkara.nomor": "catatan"})
    with pytest.raises(WrongState) as refused:
        office.begin(caller)
    assert refused.value.code == "office_value_missing"
    choose(office, batas_sehat="80", batas_cukup="66")
    assert office.open(office.begin(caller)) == ["kerja"]


def test_a_decision_in_a_called_process_takes_the_numbers_of_that_one(office: TimedOffice) -> None:
    limits = ((">= batas_sehat", '"sehat"'), ("< batas_sehat", '"belum"'))
    decided = "start mulai\nrule putus decisionRef=batas resultVariable=hasil mapDecisionResult=singleEntry\nend selesai\n"
    package = {
        "p.bpmn": drawn(decided + "mulai -> putus\nputus -> selesai\n", properties=LIMITS),
        "p.dmn": dmn(table(limits, key="batas", inputs={"70": "number"})),
    }
    office.runtime.deploy(package, agency=AGENCY, by=Signature.of_system())
    calls = "start mulai\ncall anak calledElement=p out=hasil:hasil\nuser kerja formRef=isi\nend selesai\n"
    lines = calls + "mulai -> anak\nanak -> kerja\nkerja -> selesai\n"
    caller = deploy(office, lines, "induk", **{"perkara.nomor": "catatan"})
    choose(office, batas_sehat="70", batas_cukup="66")
    case = office.begin(caller)
    (event,) = (r.event for r in office.records(case) if isinstance(r.event, DecisionEvaluated))
    assert event.outputs == "sehat"
    assert event.settings == {"batas_sehat": Decimal(70)}


@pytest.mark.parametrize(("sehat", "cukup"), [("66", "66"), ("65", "66"), ("-1", "0")])
def test_numbers_against_their_order_are_refused_together(
    office: TimedOffice, backend: Workplace, sehat: str, cukup: str
) -> None:
    deploy(office)
    with pytest.raises(InvalidSubmission) as refused:
        choose(office, batas_sehat=sehat, batas_cukup=cukup)
    assert refused.value.code == "office_value_order"
    assert refused.value.params == {"low": "Batas cukup sehat", "high": "Batas sehat"}
    assert chosen(office) == {}
    assert changes(backend) == []


def test_a_number_is_held_against_what_was_set_before(office: TimedOffice) -> None:
    deploy(office)
    choose(office, batas_sehat="80")
    with pytest.raises(InvalidSubmission):
        choose(office, batas_cukup="80")


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e31", "1e-31", "1." + 30 * "1"])
def test_what_is_no_number_of_a_sensible_length_is_refused(office: TimedOffice, text: str) -> None:
    deploy(office)
    with pytest.raises(InvalidSubmission) as refused:
        choose(office, batas_sehat=text)
    assert refused.value.code == "office_value_long"


def test_the_same_request_sets_numbers_once(office: TimedOffice) -> None:
    deploy(office)
    request = office.request()
    for number in (80, 90):
        office.runtime.set_office_values(
            "p", {"batas_sehat": Decimal(number)}, actor=office.ani, request=request
        )
    assert chosen(office) == {"batas_sehat": "80"}


@pytest.mark.parametrize(("process", "name"), [("p", "urutan"), ("p", "lain"), ("hilang", "batas_sehat")])  # fmt: skip
def test_what_no_process_in_force_declares_is_not_there(
    office: TimedOffice, process: str, name: str
) -> None:
    deploy(office)
    with pytest.raises(NotFound):
        office.runtime.set_office_values(
            process, {name: Decimal(1)}, actor=office.ani, request=office.request()
        )


def test_only_who_oversees_the_office_sets_numbers(office: TimedOffice) -> None:
    deploy(office)
    clerk = replace(office.ani, roles=frozenset({Role.STAFF}))
    with pytest.raises(NotAllowed):
        office.runtime.set_office_values(
            "p", {"batas_sehat": Decimal(80)}, actor=clerk, request=office.request()
        )


def test_a_reason_has_its_length(office: TimedOffice) -> None:
    deploy(office)
    with pytest.raises(InvalidSubmission) as refused:
        choose(office, "a" * 2001, batas_sehat="80")
    assert refused.value.code == "reason_long"
