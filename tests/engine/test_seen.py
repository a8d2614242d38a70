"""A package replaces only what its owner saw in force: of processes, and of decisions."""

from __future__ import annotations

import pytest
from decision_kit import SCORES, dmn, table
from engine_office import Dinas
from upload_kit import KEY, package

from engine.actor import Signature
from engine.errors import Conflict
from engine.ids import AgencyId
from engine.seen import SeenInForce

LENIENT = (("< 50", '"kurang"'), (">= 50", '"sehat"'))


def bring(dinas: Dinas, files: dict[str, bytes], **seen: int) -> list[int]:
    """Put files in force, having seen these versions of the process and the decision; gives the new versions."""
    prepared = dinas.runtime.put_in_force(
        files,
        agency=AgencyId("contoh"),
        by=Signature.of_system(),
        seen=SeenInForce(
            processes={KEY: seen.get("process", 0)}, decisions={"nilai": seen.get("decision", 0)}
        ),
    )
    return [each.version for each in (*prepared.new, *prepared.decisions.new)]


def test_what_was_not_seen_is_not_replaced() -> None:
    dinas = Dinas()
    assert bring(dinas, package("Satu")) == [1]
    with pytest.raises(Conflict) as refused:
        bring(dinas, package("Dua"))
    assert refused.value.code == "in_force_changed"
    assert refused.value.params == {"name": "Dua", "version": 1}
    assert bring(dinas, package("Dua"), process=1) == [2]


def test_a_decision_that_was_not_seen_keeps_the_whole_package_out() -> None:
    dinas = Dinas()
    assert bring(dinas, {"a.dmn": dmn(table(SCORES))}) == [1]
    changed = {**package(), "a.dmn": dmn(table(LENIENT))}
    with pytest.raises(Conflict, match="Expected version 0 of nilai in force, but it is 1"):
        bring(dinas, changed)
    assert bring(dinas, changed, decision=1) == [1, 2]


def test_what_is_in_force_already_may_be_sent_again_whatever_was_seen() -> None:
    dinas = Dinas()
    bring(dinas, package())
    assert bring(dinas, package()) == []
