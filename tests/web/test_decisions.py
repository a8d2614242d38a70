"""Decisions on their pages: the list, one as a table, its versions, and the way to it from a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from decision_kit import dmn, table
from decision_office import RULES, decision, deploy, judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup
    from flask import Flask
    from web_kit import Caller

    Desk = Callable[[str], Caller]


@pytest.fixture
def stored(app: Flask) -> str:
    """Give the address of a decision in force."""
    found = {each.key: each.id for each in deploy(app).decisions.new}
    return f"/keputusan/{found['nilai']}"


def cells(page: BeautifulSoup, row: str) -> list[list[str]]:
    found = page.select(f"table.decision {row}")
    return [[c.get_text(" ", strip=True) for c in line.select("th, td")] for line in found]


def test_the_list_names_each_decision_its_version_and_the_step_that_asks_it(
    desk: Desk, stored: str
) -> None:
    page = desk("pemilik").get("/keputusan")
    assert page.link("Nilai koperasi") == stored
    assert "uji_nilai Tentukan tingkat 1" in page.text


def test_a_decision_is_a_table_with_numbered_rows_and_its_hit_policy_in_words(
    desk: Desk, stored: str
) -> None:
    page = desk("koperasi").get(stored)
    assert page.heading == "Nilai koperasi"
    assert "Unik: hanya satu baris boleh cocok." in page.text
    assert cells(page.page, "tbody tr") == [
        [str(number), *rule, f"baris {number}"] for number, rule in enumerate(RULES, 1)
    ]
    assert cells(page.page, "thead tr")[1] == [
        "Skor Angka skor angka bilangan",
        "Hasil hasil teks",
        "Dasar",
    ]


def test_what_a_decision_requires_stands_on_the_same_page_and_is_linked(
    desk: Desk, stored: str
) -> None:
    page = desk("koperasi").get(stored).page
    link = page.select_one('main a[href="#k-angka"]')
    assert link is not None
    assert link.get_text() == "Skor angka"
    section = page.select_one('section[aria-labelledby="k-angka"]')
    assert section is not None
    assert "number(skor)" in section.get_text()


def test_an_old_version_says_so_and_leads_to_the_one_in_force(
    app: Flask, desk: Desk, stored: str
) -> None:
    deploy(app, nilai_dmn=decision((("< 50", '"kurang"'), (">= 50", '"sehat"'))))
    reader = desk("koperasi")
    old = reader.get(stored)
    assert "Ini versi lama." in old.text
    new = reader.get(old.link("Lihat versi 2"))
    assert "Ini versi lama." not in new.text
    assert new.link("Versi 1") == stored


def test_the_timeline_of_a_case_leads_to_the_rows_that_matched(desk: Desk, stored: str) -> None:
    staff = desk("koperasi")
    case = staff.get(judge(staff, "70"))
    assert "Nilai koperasi, versi 1 , baris 2: Skor Angka 70 → cukup" in case.text
    link = case.link("Nilai koperasi")
    assert link.startswith(stored)
    table_page = staff.get(link).page
    assert [row[0] for row in cells(table_page, "tr.matched")] == ["2 cocok"]


def test_a_case_keeps_showing_the_version_that_decided_it(app: Flask, desk: Desk) -> None:
    deploy(app)
    staff = desk("koperasi")
    case = judge(staff, "70")
    deploy(app, nilai_dmn=decision((("< 75", '"kurang"'), (">= 75", '"sehat"'))))
    assert "versi 1 , baris 2: Skor Angka 70 → cukup" in staff.get(case).text


def test_a_score_that_no_row_knows_is_told_without_a_row(app: Flask, desk: Desk) -> None:
    deploy(app)
    deploy(app, nilai_dmn=decision((("< 50", '"kurang"'),)))
    staff = desk("koperasi")
    assert "Skor Angka 70 → tanpa hasil" in staff.get(judge(staff, "70")).text


def test_a_decision_that_has_two_answers_says_which_rows_and_leaves_the_case(
    app: Flask, desk: Desk
) -> None:
    deploy(app)
    deploy(app, nilai_dmn=decision((("> 50", '"a"'), ("> 60", '"b"'))))
    staff = desk("koperasi")
    page = staff.send(staff.start("uji_nilai"), {"skor": "70"})
    assert "Keputusan “Nilai koperasi”" in page.text
    assert "Baris 1 dan 2 sama-sama cocok" in page.text
    assert page.status == 409
    assert 'value="70"' in page.answer.text


def test_the_file_is_given_byte_for_byte_to_auditors_and_owners_only(
    desk: Desk, stored: str
) -> None:
    answer = desk("auditor").get(f"{stored}/unduh").answer
    assert answer.data == decision()
    assert "nilai.dmn" in answer.headers["Content-Disposition"]
    assert "Unduh berkas DMN" in desk("pemilik").get(stored).text
    staff = desk("koperasi")
    assert "Unduh berkas DMN" not in staff.get(stored).text
    assert staff.get(f"{stored}/unduh").status == 403


def test_a_decision_service_shows_the_decisions_that_it_answers_with(
    app: Flask, desk: Desk
) -> None:
    service = (
        '<decisionService id="layanan" name="Layanan nilai"><outputDecision href="#nilai"/>'
        "</decisionService>"
    )
    new = deploy(app, layanan_dmn=dmn(table(), service)).decisions.new
    found = {each.key: each.id for each in new}
    page = desk("koperasi").get(f"/keputusan/{found['layanan']}")
    assert page.heading == "Layanan nilai"
    assert len(cells(page.page, "tbody tr")) == 3
