"""Values as an office writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_kit import (
    CHECKBOX,
    CHECKLIST,
    DATE,
    DRAFT,
    LINE,
    MOMENT,
    NUMBER,
    RADIO,
    SELECT,
    Json,
    form_with,
    isi,
)

from engine.form import moment_words, number_words, plain_words
from engine.form.words import size_words

if TYPE_CHECKING:
    from engine.variables import Value


@pytest.mark.parametrize(
    ("component", "value", "words"),
    [
        (LINE, "Undangan", "Undangan"),
        ({**LINE, "appearance": {"suffixAdorner": "lembar"}}, "5", "5 lembar"),
        (NUMBER, Decimal(1500000), "Rp 1.500.000"),
        (NUMBER, Decimal("1500000.5"), "Rp 1.500.000,50"),
        ({"type": "number"}, Decimal("-1234.567"), "-1.234,567"),
        (DATE, "2026-12-05", "5 Desember 2026"),
        (MOMENT, "2026-12-05T09:15:00", "5 Desember 2026 09.15"),
        (SELECT, "setuju", "Disetujui"),
        (RADIO, "lama", "lama"),
        (CHECKBOX, True, "Ya"),
        (CHECKBOX, False, "Tidak"),
        (CHECKLIST, ["setuju", "revisi"], "Disetujui, Perlu revisi"),
        ({"type": "filepicker"}, [DRAFT.as_value()], "draf.docx"),
    ],
)
def test_a_value_is_shown_in_the_words_of_the_office(
    component: Json, value: Value, words: str
) -> None:
    (field,) = form_with(isi(component)).fields
    assert field.shown(value) == words
    assert field.shown(None) == ""


def test_numbers_dates_and_sizes_in_words() -> None:
    assert number_words(Decimal("1500000.50")) == "1.500.000,5"
    assert number_words(Decimal("-0.5")) == "-0,5"
    assert number_words(Decimal(7), 2) == "7"
    assert moment_words("2026-05-01") == "1 Mei 2026"
    assert moment_words("2026-05-01T00:00:07") == "1 Mei 2026 00.00.07"
    assert moment_words("2026-13-01") == "2026-13-01"
    assert moment_words("Rapat") == "Rapat"
    assert size_words(0) == "0 B"
    assert size_words(86_016) == "84 KB"
    assert size_words(Decimal(1_258_291)) == "1,2 MB"


def test_any_value_has_plain_words() -> None:
    assert plain_words(None) == ""
    assert plain_words([Decimal(1000), True, "2026-12-05"]) == "1.000, Ya, 5 Desember 2026"
    assert plain_words({"nama": "Rina", "umur": Decimal(3)}) == "nama: Rina; umur: 3"
    assert plain_words([DRAFT.as_value()]) == "draf.docx"
