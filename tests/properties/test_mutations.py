"""The shipped maps, changed at random: the gate always gives a verdict, and no change of what a file says is taken in silence.

A changed file is refused, or named in a finding, or another model (which a comparison of versions shows), or it means the same.
300 files with fixed seeds; `ALUR_FUZZ_MUTATIONS` says how many in `make fuzz`.
"""

from __future__ import annotations

import os
from functools import cache
from random import Random
from time import process_time
from typing import TYPE_CHECKING

import pytest
from engine_maps import ROOT
from engine_office import NOON, Dinas
from meaning import model, told
from mutations import mutated

from engine.deployment import prepare
from engine.gate import Refused
from engine.ids import AgencyId
from engine.testing import predictable_ids

if TYPE_CHECKING:
    from engine.rule import Finding

NUMBER = int(os.environ.get("ALUR_FUZZ_MUTATIONS", "300"))
SECONDS = 2
ALTERNATIVES = {"penagihan-pertama", "penagihan-kedua", "penagihan-ketiga"}
BESIDE = "pencatatan-penyimpanan-pembukuan"
SLUGS = sorted(path.stem for path in (ROOT / "processes").rglob("*.bpmn"))


@cache
def package(slug: str) -> dict[str, bytes]:
    """Give a shipped map with its forms and decisions."""
    (bpmn,) = (ROOT / "processes").rglob(f"{slug}.bpmn")
    forms = sorted((ROOT / "forms" / bpmn.parent.name / slug).glob("*.form"))
    decisions = [path for path in [bpmn.with_suffix(".dmn")] if path.exists()]
    return {path.name: path.read_bytes() for path in (bpmn, *decisions, *forms)}


@cache
def office(*, alternatives: bool) -> Dinas:
    """Give an office where all maps are in force that can be in force together."""
    taken = ALTERNATIVES | {BESIDE} if alternatives else set(SLUGS) - ALTERNATIVES
    dinas = Dinas()
    dinas.deploy({f"{s}/{name}": data for s in sorted(taken) for name, data in package(s).items()})
    return dinas


def verdict(slug: str, files: dict[str, bytes]) -> tuple[bool, set[tuple[str, ...]]]:
    """Tell whether a package would be deployed, and what is found in it; nothing is stored."""
    dinas = office(alternatives=slug in ALTERNATIVES)
    try:
        prepared = dinas.store.transact(
            lambda tx: prepare(
                files,
                agency=AgencyId("contoh"),
                versions=tx,
                ids=predictable_ids(dinas.clock),
                now=NOON,
            )
        )
    except Refused as refused:
        return False, set(map(_known, refused.findings))
    return True, set(map(_known, prepared.findings))


def _known(finding: Finding) -> tuple[str, ...]:
    return finding.code, finding.file, finding.element_id, str(finding.params)


@cache
def unchanged(slug: str) -> set[tuple[str, ...]]:
    """Give what is found in a shipped map, having seen that it can be deployed."""
    is_deployed, findings = verdict(slug, package(slug))
    assert is_deployed
    return findings


def file_to_change(random: Random, slug: str) -> str:
    """Choose a file of a map: half of the times the drawing."""
    names = list(package(slug))
    drawings = [name for name in names if not name.endswith(".form")]
    return random.choice(drawings if random.random() < 0.7 else names)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_change_of_a_shipped_map_is_taken_in_silence(slug: str) -> None:
    before = unchanged(slug)
    for seed in range(SLUGS.index(slug), NUMBER, len(SLUGS)):
        random = Random(seed)  # noqa: S311 - a seed is a file
        name = file_to_change(random, slug)
        original = package(slug)[name]
        changed = mutated(random, name, original)
        begun = process_time()
        is_deployed, findings = verdict(slug, {**package(slug), name: changed})
        assert process_time() - begun < SECONDS, f"seed {seed}: {name}"
        if is_deployed and findings == before and model(name, changed) == model(name, original):
            assert told(name, changed) == told(name, original), f"seed {seed}: {name}"


def test_the_changes_are_of_all_kinds() -> None:
    """Some are refused, some named, some another model, some nothing: else the property above would be an empty one."""
    ends = set()
    for seed in range(200):
        random = Random(seed)  # noqa: S311 - a seed is a file
        name = file_to_change(random, "disposisi")
        original = package("disposisi")[name]
        changed = mutated(random, name, original)
        is_deployed, findings = verdict("disposisi", {**package("disposisi"), name: changed})
        if not is_deployed:
            ends.add("refused")
        elif findings != unchanged("disposisi"):
            ends.add("named")
        else:
            ends.add("same" if model(name, changed) == model(name, original) else "other")
        if len(ends) == 4:
            return
    assert ends == {"refused", "named", "other", "same"}
