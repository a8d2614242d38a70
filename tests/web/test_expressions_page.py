"""*Coba ekspresi*: a process owner tries expressions against the data of a case that they see, and nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from matrix import Thing, Who
from web_kit import FIRST_REQUEST, close, parts_of

from engine.expression import Language, compile_expression, compile_literal_or_expression
from web.pages.expressions import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from matrix_world import World
    from web_kit import Caller, Seen

PAGE = "/ekspresi"
FORM = f"{PAGE}#hasil"
SUBJECT = str(FIRST_REQUEST["perihal"])


@pytest.fixture(scope="module")
def office(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give the application; these tests only look."""
    app = world.open(tmp_path_factory.mktemp("trying") / "trying.sqlite3")
    yield app
    close(app)


@pytest.fixture
def owner(world: World, office: Flask) -> Caller:
    """Give the browser of a process owner."""
    return world.browser(office, Who.OWNER)


@pytest.fixture
def case(world: World) -> str:
    """Give the id of a case that the owner sees."""
    return world.things[Thing.MINE]["case_id"]


def tried(owner: Caller, text: str, case: str = "", **more: str) -> Seen:
    """Type an expression on the page of the case, and press a button."""
    hidden = owner.get(f"{PAGE}?perkara={case}").form(FORM)
    return owner.post(
        PAGE, {**hidden, "ekspresi": text, "bahasa": "feel", "aksi": "coba", "cari": "", **more}
    )


def result(page: Seen) -> str:
    """Give the text of the card with the result."""
    card = page.page.select_one("section[aria-labelledby=hasil]")
    assert card is not None
    return " ".join(card.get_text(" ").split())


def test_an_expression_without_a_case_has_a_value_and_its_kind(owner: Caller) -> None:
    assert result(tried(owner, "sum([1.50, 2])")) == "Hasil 3.5 Jenisnya: angka"
    assert result(tried(owner, '=date("2026-11-21")')) == 'Hasil "2026-11-21" Jenisnya: tanggal'


def test_the_data_is_that_of_the_case_and_only_what_is_used_is_shown(
    owner: Caller, case: str
) -> None:
    said = result(tried(owner, "string length(perihal) > 3", case))
    assert said.startswith("Hasil true Jenisnya: ya/tidak Data yang dipakai perihal")
    assert f'"{SUBJECT}"' in said
    assert "jenis_naskah" not in said


def test_what_camunda_calls_juel_is_tried_as_in_a_drawing(owner: Caller, case: str) -> None:
    said = result(tried(owner, "Hal: ${perihal}", case, bahasa="juel"))
    assert said.startswith(f'Hasil "Hal: {SUBJECT}" Jenisnya: teks')
    said = result(tried(owner, "perihal eq ''", case, bahasa="juel"))
    assert said.startswith("Hasil false")


def test_a_name_that_the_case_does_not_have_is_told_with_the_nearest(
    owner: Caller, case: str
) -> None:
    said = result(tried(owner, "perihall", case))
    assert "Tidak ada dalam data, dianggap kosong: perihall (maksud Anda “perihal”?)" in said


def test_an_error_stands_at_the_field_and_its_place_is_marked(owner: Caller) -> None:
    page = tried(owner, "jumlah >> 3")
    assert "kolom 9: sesudah “>” diharapkan nilai, tetapi ada “>”" in result(page)
    mark, field = page.page.select_one("mark"), page.page.select_one("#ekspresi")
    assert mark is not None
    assert mark.text == ">"
    assert field is not None
    assert field.text.strip() == "jumlah >> 3"
    assert field["aria-invalid"] == "true"
    assert page.status == 200


def test_a_case_is_found_and_chosen_and_the_text_stays(owner: Caller, case: str) -> None:
    page = tried(owner, "perihal", aksi="cari", cari=SUBJECT)
    assert page.page.select_one(f'button[value="pilih:{case}"]') is not None
    chosen = owner.post(PAGE, {**page.form(FORM), "ekspresi": "perihal", "aksi": f"pilih:{case}"})
    assert chosen.form(FORM)["perkara"] == case
    field = chosen.page.select_one("#ekspresi")
    assert field is not None
    assert field.text.strip() == "perihal"
    dropped = owner.post(PAGE, {**chosen.form(FORM), "ekspresi": "x", "aksi": "pilih:"})
    assert dropped.form(FORM)["perkara"] == ""


@pytest.mark.parametrize("thing", ["secret", "hilang"])
def test_a_case_that_the_owner_does_not_see_is_not_there(
    world: World, owner: Caller, thing: str
) -> None:
    case = world.things[Thing.SECRET]["case_id"] if thing == "secret" else "tidak-ada"
    assert owner.get(f"{PAGE}?perkara={case}").status == 404
    assert tried(owner, "perihal", perkara=case).status == 404
    found = tried(owner, "1", aksi="cari", cari=SUBJECT)
    assert found.page.select_one(f'button[value="pilih:{case}"]') is None


def test_an_owner_of_another_agency_does_not_see_the_case(
    world: World, office: Flask, case: str
) -> None:
    assert world.browser(office, Who.FOREIGN_ADMIN).get(f"{PAGE}?perkara={case}").status == 404


def test_what_costs_too_much_ends_with_a_sentence_and_the_next_page_answers(owner: Caller) -> None:
    text = "for a in 1..9999, b in 1..9999 return a * b"
    assert "ederhanakan ekspresinya" in result(tried(owner, text))
    assert result(tried(owner, "1")).startswith("Hasil 1")


def test_nothing_of_the_case_changes(office: Flask, owner: Caller, case: str) -> None:
    count = "SELECT count(*), max(seq), (SELECT max(revision) FROM instances) FROM history"
    read = parts_of(office).database.read
    before = read(lambda c: c.exec_driver_sql(count).one())
    tried(owner, "tidak_ada + 1", case)
    assert read(lambda c: c.exec_driver_sql(count).one()) == before


def test_the_page_of_a_case_leads_here_for_who_may_try(
    world: World, office: Flask, owner: Caller, case: str
) -> None:
    words = "Coba ekspresi dengan data perkara ini"
    assert owner.get(f"/perkara/{case}").link(words) == f"{PAGE}?perkara={case}"
    assert words not in world.browser(office, Who.LANE).get(f"/perkara/{case}").text


@pytest.mark.parametrize(("language", "text", "_words"), SAMPLES)
def test_each_sample_can_be_tried_as_it_stands(language: Language, text: str, _words: str) -> None:
    if language is Language.JUEL:
        assert compile_literal_or_expression(text, language).names
    else:
        assert compile_expression(text, language).names
