"""A form as a page, and the browser without JavaScript that fills it in: for tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag
from form_kit import form_with
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict

from engine.form import (
    FieldProblem,
    Form,
    RawSubmission,
    StoredFile,
)
from web.form_view import TEMPLATE_GLOBALS, FilledForm
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.variables import Value


ROOT = Path(__file__).parents[1]
REQUIRED = {"required": True}
OPTIONS = [{"value": "revisi", "label": "Perlu <revisi>"}, {"value": "setuju", "label": "Setuju"}]
COMPONENTS = [
    {"type": "text", "text": "# Draf surat\n\nIsi data.\n* satu\n* dua"},
    {
        "type": "textfield",
        "key": "perihal",
        "label": "Perihal",
        "description": "Seperti yang tercetak.",
        "validate": REQUIRED,
    },
    {"type": "textarea", "key": "ringkasan", "label": "Ringkasan"},
    {
        "type": "number",
        "key": "biaya",
        "label": "Biaya",
        "decimalDigits": 2,
        "appearance": {"prefixAdorner": "Rp"},
    },
    {"type": "select", "key": "sifat", "label": "Sifat", "values": OPTIONS},
    {
        "type": "radio",
        "key": "keputusan",
        "label": "Keputusan",
        "values": OPTIONS,
        "validate": REQUIRED,
    },
    {"type": "radio", "key": "cara", "label": "Cara", "values": OPTIONS},
    {"type": "checklist", "key": "unit", "label": "Unit", "values": OPTIONS},
    {"type": "checkbox", "key": "stempel", "label": "Stempel"},
    {"type": "datetime", "subtype": "date", "key": "tanggal", "dateLabel": "Tanggal"},
    {"type": "datetime", "subtype": "datetime", "key": "waktu", "dateLabel": "Waktu"},
    {"type": "filepicker", "key": "berkas", "label": "Berkas", "multiple": True},
    {
        "type": "group",
        "label": "Catatan lama",
        "components": [
            {"type": "textfield", "key": "nomor", "label": "Nomor", "readonly": True},
            {
                "type": "table",
                "label": "Surat lama",
                "dataSource": "=surat",
                "columns": [{"key": "nomor", "label": "Nomor"}, {"key": "hari", "label": "Hari"}],
            },
        ],
    },
    {
        "type": "dynamiclist",
        "path": "penerima",
        "label": "Penerima",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": [
            {"type": "textfield", "key": "nama", "label": "Nama", "validate": REQUIRED},
            {"type": "datetime", "subtype": "datetime", "key": "jam", "dateLabel": "Jam"},
            {"type": "radio", "key": "hadir", "label": "Hadir", "values": OPTIONS},
        ],
    },
    {"type": "separator"},
    {"type": "spacer", "height": 20},
]
DRAFT = StoredFile(
    name="draf <1>.docx", digest="a" * 64, size=86_016, content_type="application/msword"
)
TODAY = date(2026, 11, 21)
PAGE = """
{%- from "components/form.html" import error_summary, form_parts -%}
<form method="post">{{ error_summary(filled) }}{{ form_parts(filled, address) }}</form>
"""
VALUES = """
{%- from "components/values.html" import values_list -%}{{ values_list(items, address, only) }}
"""


def environment() -> Environment:
    """Give Jinja as the application has it: escaping, and no silent names."""
    loader = FileSystemLoader(ROOT / "web" / "templates")
    jinja = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    jinja.globals.update(TEMPLATE_GLOBALS, _=_)
    return jinja


JINJA = environment()
PAGE_TEMPLATE, VALUES_TEMPLATE = JINJA.from_string(PAGE), JINJA.from_string(VALUES)


FORM = form_with(*COMPONENTS)


def drawn(
    form: Form,
    raw: RawSubmission,
    problems: tuple[FieldProblem, ...] = (),
    variables: Mapping[str, Value] | None = None,
) -> BeautifulSoup:
    """Give the page of a form."""
    filled = FilledForm(
        form=form, raw=raw, variables=variables or {}, problems=problems, today=TODAY
    )
    html = PAGE_TEMPLATE.render(filled=filled, address=lambda file: f"/berkas/{file.digest}")
    return BeautifulSoup(html, "html.parser")


def pressed(page: BeautifulSoup, button: Tag | None = None) -> MultiDict[str, str]:
    """Give what a browser sends when this button is pressed (HTML, 4.10.22.4: constructing the entry list)."""
    sent: MultiDict[str, str] = MultiDict()
    for control in page.select("input, select, textarea"):
        for text in texts_of(control):
            sent.add(str(control["name"]), text)
    if button is not None:
        sent.add(str(button["name"]), str(button["value"]))
    return sent


def texts_of(control: Tag) -> list[str]:
    if control.name == "select":
        chosen = control.select("option[selected]") or control.select("option")[:1]
        return [str(option["value"]) for option in chosen]
    if control.name == "textarea":
        # A parser drops the first line break; a browser sends the others as CRLF.
        return [control.text.removeprefix("\n").replace("\n", "\r\n")]
    if control["type"] == "file":
        return []
    if control["type"] in ("radio", "checkbox") and not control.has_attr("checked"):
        return []
    return [str(control["value"])]


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.text.split())


def the(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select(selector)
    assert len(found) == 1, f"{selector}: {found}"
    return found[0]


EMPTY = RawSubmission()
