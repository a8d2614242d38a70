"""*Coba ekspresi*: a process owner tries an expression against the data of a case; nothing of the case changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template

from engine.errors import NotFound
from engine.expression import Language
from engine.ids import InstanceId
from engine.known import nearest
from engine.variables import canonical
from storage.queries.case import find_case_file
from storage.queries.cases import CaseWish, list_cases
from storage.queries.visibility import find_visible_case
from web.auth import actor, caller
from web.case_view import view_of
from web.expression_words import kind_name, parted, told
from web.i18n import DEFAULT_ZONE
from web.input import text_argument
from web.office_view import typed
from web.parts import parts
from web.trying import try_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.variables import Value
    from storage.queries.cases import CaseRow
    from web.case_view import CaseView
    from web.trying import Tried

expressions = Blueprint("expressions", __name__)

SAMPLES: tuple[tuple[Language, str, str], ...] = (
    (Language.FEEL, 'if nilai >= 80 then "lengkap" else "perbaiki"', "memilih satu dari dua"),
    (Language.FEEL, "jumlah between 1000000 and 5000000", "angka di antara dua batas"),
    (Language.FEEL, 'jenis in ("izin", "rekomendasi")', "salah satu dari beberapa"),
    (Language.FEEL, "count(berkas[ada = false])", "menghitung butir daftar yang memenuhi syarat"),
    (Language.FEEL, 'date(tanggal_surat) + duration("P14D")', "empat belas hari sesudah tanggal"),
    (Language.JUEL, "${jumlah > 1000000 && !empty catatan}", "syarat pada peta Camunda 7"),
    (Language.JUEL, "Permohonan ${nama} sudah diterima", "kalimat dengan data di dalamnya"),
)
"""Expressions to begin with: language, text, and what they are good for."""

MOST_FOUND = 8
"""Cases that a search on this page shows."""

LONGEST_VALUE = 300
"""Characters of a value that are shown beside its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A variable that the expression takes: its name, what the forms call it, and its value as JSON."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed: the expression, its language, the case whose data is taken (or none), words to look for a case by."""

    text: str = ""
    language: Language = Language.FEEL
    case: str = ""
    words: str = ""


@expressions.get("/ekspresi")
def index() -> str:
    """Show the form, with a case if the address names one."""
    return _page(Asked(case=text_argument("perkara")))


@expressions.post("/ekspresi")
def try_one() -> str:
    """Try the expression, look for a case, or choose or drop one; what was typed stays."""
    given = typed("ekspresi", "bahasa", "perkara", "cari", "aksi")
    wish, _mark, chosen = given["aksi"].partition(":")
    chooses = wish == "pilih"
    asked = Asked(
        text=given["ekspresi"].replace("\r\n", "\n"),
        language=Language.JUEL if given["bahasa"] == Language.JUEL else Language.FEEL,
        case=chosen if chooses else given["perkara"],
        words="" if chooses else given["cari"].strip()[:200],
    )
    return _page(
        asked, tries=wish not in {"cari", "pilih"}, searches=wish == "cari" or bool(asked.words)
    )


def _page(asked: Asked, *, tries: bool = False, searches: bool = False) -> str:
    view = _view(asked.case)
    variables = {} if view is None else view.story.moment.variables()
    tried = _tried(asked, variables) if tries else None
    problem = None if tried is None else tried.problem
    return render_template(
        "pages/expressions.html",
        asked=asked,
        languages=Language,
        view=view,
        names=sorted(variables),
        found=_found(asked.words) if searches else None,
        tried=tried,
        value="" if tried is None else canonical(tried.value),
        kind="" if tried is None else kind_name(tried.kind),
        problem="" if problem is None else told(problem),
        marked=None if problem is None else parted(problem),
        used=[] if tried is None or view is None else _used(tried, view, variables),
        unknown=[] if tried is None else [(n, nearest(n, variables)) for n in tried.unknown],
        samples=SAMPLES,
    )


def _view(case: str) -> CaseView | None:
    """Give the case whose data is taken. Raises NotFound for one that the caller does not see."""
    if not case:
        return None
    reader, wanted = actor(), InstanceId(case)
    seen = parts().database.read(lambda c: find_visible_case(c, reader, wanted))
    file = None if seen is None else parts().database.read(lambda c: find_case_file(c, wanted))
    if file is None:
        raise NotFound(f"Expected a case that {reader.login} may see", code="not_found")
    return view_of(file, parts().runtime.program)


def _found(words: str) -> tuple[CaseRow, ...]:
    reader, wish = actor(), CaseWish(words=tuple(words.split()))
    return parts().database.read(lambda c: list_cases(c, reader, wish)).rows[:MOST_FOUND]


def _tried(asked: Asked, variables: Mapping[str, Value]) -> Tried:
    here = caller()
    zone = ZoneInfo(here.agency.zone if here else DEFAULT_ZONE)
    now = parts().clock.now().astimezone(zone)
    return try_out(asked.text, asked.language, variables, now=now)


def _used(tried: Tried, view: CaseView, variables: Mapping[str, Value]) -> list[Used]:
    labels = view.labels
    return [
        Used(name=name, label=labels.get(name, ""), value=_short(canonical(variables[name])))
        for name in tried.used
    ]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
