"""Whatever a person reads on a form comes from the form file, from the case, or through the catalogue of texts."""

from __future__ import annotations

import gettext
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from form_kit import form_with
from form_page_kit import DRAFT, TODAY, VALUES_TEMPLATE, drawn
from form_process_kit import COMPONENTS
from typing_extensions import override

from engine.form import FieldCode, FieldProblem, FormProblem, RawSubmission
from web import i18n
from web.form_view import shown_items
from web.form_words import (
    FIELD_SENTENCES,
    FORM_SENTENCES,
    form_problem_text,
    place_text,
    problem_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup

OPEN, CLOSE = "⟦", "⟧"


class Marked(gettext.NullTranslations):
    """A catalogue that shows which texts it gave."""

    @override
    def gettext(self, message: str) -> str:
        """Give the text between marks; what is filled in later stands between them too."""
        return f"{OPEN}{message}{CLOSE}"


@pytest.fixture(autouse=True)
def catalogue() -> Iterator[None]:
    """Put the marking catalogue behind all texts."""
    i18n.use(Marked())
    yield
    i18n.use(gettext.NullTranslations())


def unmarked(page: BeautifulSoup, own: set[str]) -> list[str]:
    """Give the texts of a page that neither the catalogue nor the form file gave; `own` are those of the form."""
    texts = [text.strip() for text in page.find_all(string=True)]
    titles = [str(tag["title"]) for tag in page.select("[title]")]
    news = [str(tag["data-changed"]) for tag in page.select("[data-changed]")]
    found = [text for text in texts + titles + news if any(sign.isalpha() for sign in text)]
    return [text for text in found if not (OPEN in text and CLOSE in text) and text not in own]


def own_texts() -> set[str]:
    """Give everything that the form file itself says."""
    found = {"Rp", "Pemohon", "Isi seperti pada KTP.", "Sebutkan tiap alat pada baris sendiri."}
    waiting: list[object] = [*COMPONENTS]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            found |= {str(item[n]) for n in ("label", "dateLabel", "description") if n in item}
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    return found


def test_every_text_of_a_form_passes_the_catalogue() -> None:
    form = form_with(*COMPONENTS)
    fresh = form.prefill({}, answered_here=False).values
    typed = {
        **fresh,
        "keperluan": ("alat",),
        "jumlah": ("1500000",),
        "barang.0.jenis": ("mesin",),
        "barang.1.jenis": ("",),
    }
    raw = RawSubmission(values=typed, files={"lampiran": (DRAFT,)})
    own = own_texts() | {DRAFT.name, "84 KB", "mesin"}
    assert unmarked(drawn(form, raw), own) == []
    read = form.read(raw, {}, today=TODAY)
    assert read.errors
    assert unmarked(drawn(form, read.raw, read.errors), own) == []


def params_of(sentence: str) -> dict[str, str]:
    """Give something for each param that a sentence names."""
    names = {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}
    return {name: "number" if name == "kind" else "x" for name in names}


def test_every_sentence_about_a_form_passes_the_catalogue() -> None:
    for code, sentence in FIELD_SENTENCES.items():
        assert problem_text(FieldProblem(code=code, params=params_of(sentence)))[0] == OPEN
    for file_code, sentence in FORM_SENTENCES.items():
        params = params_of(sentence)
        assert form_problem_text(FormProblem(code=file_code, params=params))[0] == OPEN
        problem = FormProblem(code=file_code, component="isi", params=params)
        assert form_problem_text(problem).startswith(f"{OPEN}Isian “isi”: {OPEN}")
    assert place_text(FieldProblem(code=FieldCode.REQUIRED, place=("A", 2, "B")))[3] == OPEN


def test_values_for_reading_have_no_words_of_their_own() -> None:
    form = form_with(*COMPONENTS)
    items = shown_items([form], {"nama": "Ani", "lampiran": [DRAFT.as_value()]})
    html = VALUES_TEMPLATE.render(items=items, address=None, only=True)
    assert OPEN not in html
