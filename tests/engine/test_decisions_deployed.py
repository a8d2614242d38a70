"""What a deployment does with decisions, in memory: their versions, and that personal values don't come out by a table."""

from __future__ import annotations

import pytest
from decision_kit import SCORES, dmn, table
from decision_maps import asking_personal
from engine_office import Dinas

from engine.actor import Signature
from engine.gate import Refused
from engine.history import DecisionEvaluated
from engine.ids import AgencyId

BY = Signature.of_system()
LENIENT = (("< 50", '"kurang"'), (">= 50", '"sehat"'))


def versions(dinas: Dinas, **files: bytes) -> dict[str, int]:
    """Put decisions in force; gives the new versions."""
    package = {f"{name}.dmn": content for name, content in files.items()}
    prepared = dinas.runtime.put_in_force(package, agency=AgencyId("contoh"), by=BY)
    return {each.key: each.version for each in prepared.decisions.new}


def test_every_decision_of_a_file_that_changed_gets_a_version() -> None:
    dinas = Dinas()
    both = table(), table(key="lain", name="Lain")
    assert versions(dinas, a=dmn(*both)) == {"nilai": 1, "lain": 1}
    assert versions(dinas, a=dmn(*both)) == {}
    assert versions(dinas, a=dmn(table(LENIENT), both[1])) == {"nilai": 2, "lain": 2}
    assert versions(dinas, b=dmn(both[1])) == {"lain": 3}


def test_an_older_file_deployed_again_is_a_version_of_its_own() -> None:
    dinas = Dinas()
    for rules, version in ((SCORES, 1), (LENIENT, 2), (SCORES, 3)):
        assert versions(dinas, a=dmn(table(rules))) == {"nilai": version}


def test_each_agency_has_its_own_versions() -> None:
    dinas = Dinas()
    versions(dinas, a=dmn(table()))
    prepared = dinas.runtime.put_in_force(
        {"a.dmn": dmn(table(LENIENT))}, agency=AgencyId("lain"), by=BY
    )
    assert [each.version for each in prepared.decisions.new] == [1]


def test_a_refused_file_leaves_no_version() -> None:
    dinas = Dinas()
    with pytest.raises(Refused):
        versions(dinas, a=dmn(table()), b=dmn(table((("<", '"a"'),), key="lain")))
    assert versions(dinas, a=dmn(table())) == {"nilai": 1}


def test_what_is_made_of_a_personal_value_is_told_as_a_commitment_only() -> None:
    dinas = Dinas()
    definition = dinas.deploy_one(asking_personal("catatan hasil"))
    case = dinas.start(definition.id, "umum")
    dinas.complete(dinas.task(case, "isi"), "umum", catatan="71", hasil=None)
    (record,) = (r for r in dinas.records(case) if isinstance(r.event, DecisionEvaluated))
    assert isinstance(record.event, DecisionEvaluated)
    assert set(record.event.personal) == {"inputs.Number(Catatan)", "outputs"}
    assert (record.event.inputs, record.event.outputs) == ({}, None)
    assert b"cukup" not in record.data
