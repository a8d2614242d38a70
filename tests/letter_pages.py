"""The pages of letter numbers, worked at by HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from web_kit import Caller, Seen

ASKED = {
    "classification": "000.8.3.3",
    "unit": "bidang_usaha_mikro",
    "subject": "Undangan rapat luar biasa",
    "party": "Camat Gadingrejo",
    "letter_date": "2026-11-21",
    "reason": "Surat dibuat sebelum prosesnya ada di Alur.",
}
"""A number by hand as it is asked for."""


def take(caller: Caller, book: str = "surat_keluar", **changes: str) -> Seen:
    """Take a number by hand; gives the number's page, or the form with what is wrong."""
    path = f"/agenda/{book}/ambil"
    page = caller.get(path)
    fields = {f["name"]: f.get("value", "") for f in page.page.select("form.card input[type=text]")}
    return caller.post(path, {**fields, **page.form(path), **ASKED, **changes})


def register_form(caller: Caller, path: str, **changes: object) -> Seen:
    """Send the form of a register as it stands, with some fields changed."""
    page = caller.get(path)
    form = page.page.select_one("form.card")
    assert form is not None
    fields: dict[str, object] = {}
    for each in form.select("input[name]"):
        if each.get("type") != "checkbox" or each.has_attr("checked"):
            fields[str(each["name"])] = str(each.get("value", ""))
    for each in form.select("select"):
        chosen = each.select_one("option[selected]") or each.select_one("option")
        fields[str(each["name"])] = str(chosen["value"]) if chosen else ""
    return caller.post(path, {**fields, **changes})
