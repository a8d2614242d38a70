"""What every template can use: our texts, times in the agency's zone, addresses, and the navigation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined

from storage.queries.inbox import count_mine
from web import back, i18n
from web.answer_view import waits_for
from web.assets import asset_url
from web.auth import caller, csrf_token
from web.calendar_words import kept_words, length_words
from web.diagram import draw
from web.form_view import TEMPLATE_GLOBALS
from web.letter_view import reads_a_book
from web.parts import parts
from web.permissions import ROUTES, Access, admits
from web.wishes import seen_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask

    from engine.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the navigation: shown to who may open its page (and has anything there), under its section's heading."""

    endpoint: str
    icon: str
    name: str
    section: str = ""
    has_any: Callable[[Actor], bool] = lambda _actor: True


NAVIGATION = (
    Line(endpoint="tasks.inbox", icon="inbox", name="Tugas saya"),
    Line(endpoint="processes.index", icon="play", name="Mulai proses"),
    Line(endpoint="cases.index", icon="folder", name="Perkara"),
    Line(endpoint="answers.index", icon="clock", name="Menunggu tanggapan", has_any=waits_for),
    Line(endpoint="team.overview", icon="load", name="Tim saya"),
    Line(endpoint="incidents.index", icon="alert", name="Kendala"),
    Line(endpoint="letters.index", icon="book", name="Buku agenda", has_any=reads_a_book),
    Line(endpoint="calendar.show", icon="calendar", name="Kalender kerja"),
    Line(endpoint="office.index", icon="people", name="Kantor", section="Pengelolaan"),
    Line(
        endpoint="letter_registers.index",
        icon="book",
        name="Register surat",
        section="Pengelolaan",
    ),
    Line(endpoint="maps.index", icon="file", name="Peta proses", section="Pengelolaan"),
    Line(
        endpoint="decisions.index",
        icon="table",
        name="Keputusan",
        section="Pengelolaan",
        has_any=lambda actor: admits(Access.AUDITS, actor),
    ),
    Line(endpoint="wait_lengths.index", icon="clock", name="Batas waktu", section="Pengelolaan"),
    Line(
        endpoint="office_values.index",
        icon="pen",
        name="Ketetapan kantor",
        section="Pengelolaan",
    ),
    Line(endpoint="expressions.index", icon="search", name="Coba ekspresi", section="Pengelolaan"),
    Line(endpoint="notices.failed", icon="alert", name="Pekerjaan gagal", section="Pengelolaan"),
)
"""The navigation, in its order; a section's lines stand together."""


def register(app: Flask) -> None:
    """Let the app's templates use these names."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(
        TEMPLATE_GLOBALS,
        _=i18n._,
        asset_url=asset_url,
        caller=caller,
        count_mine=_count_mine,
        csrf_token=csrf_token,
        diagram=draw,
        due_chip=due_chip,
        kept_words=kept_words,
        length_words=length_words,
        long_moment=_long_moment,
        navigation=_navigation,
        near_day=_near_day,
        near_moment=_near_moment,
        new_request=_new_request,
        short_moment=_short_moment,
        way_along=back.along,
        way_back=back.carried,
        way_to_list=back.to_list,
    )


def _navigation() -> list[tuple[str, list[Line]]]:
    found = caller()
    open_to = [n for n in NAVIGATION if found and admits(ROUTES[n.endpoint], found.actor)]
    shown = [n for n in open_to if found and n.has_any(found.actor)]
    return [(title, list(lines)) for title, lines in groupby(shown, key=lambda n: n.section)]


def due_chip(due: datetime) -> tuple[str, str]:
    """Give the kind (`late`, `today`, `later`) and the words of a due time, seen from now."""
    now = parts().clock.now()
    if due < now:
        return "late", i18n._("Terlambat {length}").format(length=i18n.length(now - due))
    if i18n.is_same_day(due, now, _zone()):
        return "today", _near_moment(due)
    return "later", _near_moment(due)


def _zone() -> str:
    found = caller()
    return found.agency.zone if found else i18n.DEFAULT_ZONE


def _short_moment(at: datetime) -> str:
    return i18n.short_moment(at, _zone())


def _long_moment(at: datetime) -> str:
    return i18n.long_moment(at, _zone())


def _near_moment(at: datetime) -> str:
    return i18n.weekday_moment(at, parts().clock.now(), _zone())


def _near_day(day: str) -> str:
    return i18n.weekday_day(date.fromisoformat(day), parts().clock.now(), _zone())


def _new_request() -> str:
    return parts().ids.new()


def _count_mine() -> int:
    found = caller()
    if found is None:
        return 0
    deadlines = seen_now()
    return parts().database.read(lambda c: count_mine(c, found.actor, deadlines))
