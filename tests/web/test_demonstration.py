"""The demonstration offices: two agencies, whose people, posts, lanes and maps fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web_kit import parts_of

from engine.gate import examine
from engine.ids import AgencyId
from engine.rule import Severity
from storage.queries.office import find_roster
from storage.queries.people import list_agencies, list_persons
from web import demonstration
from web.demonstration import AGENCIES, list_packages

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller


def test_each_person_belongs_to_one_of_the_offices(app: Flask) -> None:
    parts = parts_of(app)
    persons = parts.database.read(lambda c: list_persons(c, parts.clock.now()))
    assert {agency.id for agency in parts.database.read(list_agencies)} == set(AGENCIES)
    assert {person.agency for person in persons} == set(AGENCIES)
    assert len({person.login for person in persons}) == len(persons)


def test_a_second_start_sets_nothing_up(app: Flask) -> None:
    assert demonstration.fill(parts_of(app)) is False


@pytest.mark.parametrize("folder", AGENCIES)
def test_every_map_is_in_force_and_only_lengths_of_ours_are_warned_about(
    app: Flask, folder: str
) -> None:
    parts = parts_of(app)
    for package in list_packages(folder):
        deployed = parts.runtime.put_in_force(
            package, agency=AgencyId(folder), by=demonstration.Signature.of_system()
        )
        assert [definition.version for definition in deployed.definitions] == [1]
        # a table whose limits the office sets can't be looked at for gaps beforehand
        assert {f.code for f in deployed.findings} <= {"timer_unstated", "table_not_checked"}


@pytest.mark.parametrize("folder", AGENCIES)
def test_every_post_stands_for_lanes_that_a_map_has(app: Flask, folder: str) -> None:
    parts = parts_of(app)
    roster = parts.database.read(lambda c: find_roster(c, AgencyId(folder)))
    held = {lane for entry in roster.list_posts() for lane in entry.post.lanes}
    drawn = set()
    for package in list_packages(folder):
        examined = examine(package, is_known=lambda _key: False)
        assert all(f.severity is Severity.WARNING or "link" in f.code for f in examined.findings)
        drawn |= {lane for _, process in examined.executable() for lane in process.lanes}
    assert held <= drawn


@pytest.mark.parametrize(
    ("login", "seen", "hidden"),
    [
        ("koperasi", "Pembubaran Koperasi", "Dana Bergulir"),
        ("petugas.upt", "Pengajuan Proposal Dana Bergulir", "Pembubaran Koperasi"),
    ],
)
def test_who_starts_a_process_sees_those_of_the_own_office(
    desk: Callable[[str], Caller], login: str, seen: str, hidden: str
) -> None:
    text = desk(login).get("/proses").text
    assert seen in text
    assert hidden not in text


def test_a_process_is_listed_with_the_number_of_its_sop(desk: Callable[[str], Caller]) -> None:
    assert "17/SOP/DIKUPERIND/2023" in desk("petugas.upt").get("/proses").text


def test_the_sign_in_page_lists_the_people_of_each_office_below_its_name(visitor: Caller) -> None:
    page = visitor.get("/masuk").page
    headings = [heading.get_text() for heading in page.select(".demonstration h3")]
    assert len(headings) == len(AGENCIES)
    assert any("Pacitan" in heading for heading in headings)
