"""*Kalender kerja*: which days and hours the office works, whom its deadlines are told to; everybody reads it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from engine.actor import Role
from engine.calendar import FASTING_WEEK, USUAL_WEEK, Season
from engine.calendar.check import EARLIEST, LATEST
from engine.errors import CommandRejected, InvalidSubmission
from web.auth import actor
from web.calendar_view import (
    calendar_now,
    day_lines,
    days_of,
    hour_fields,
    hour_lines,
    season_lines,
    typed_hours,
    week_of,
)
from web.calendar_words import KINDS, ZONES
from web.days import day_of
from web.errors import status_of
from web.i18n import WEEKDAYS, _
from web.input import revision
from web.office_view import by, told, typed, zone
from web.parts import parts

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

calendar = Blueprint("calendar", __name__)

NEWS = {
    "hari": "Hari disimpan.",
    "hapus": "Hari dihapus dari kalender; jam kerjanya seperti biasa.",
    "pasti": "Tahun ini dipastikan.",
    "perkiraan": "Tahun ini menjadi perkiraan lagi.",
    "jam": "Jam kerja disimpan.",
    "musim": "Jam kerja khusus disimpan.",
    "musim-hapus": "Jam kerja khusus dihapus.",
    "aturan": "Aturan tenggat disimpan.",
}

_NO_DAYS = {"tanggal": "", "sampai": "", "jenis": "closed", "nama": ""}
_LONGEST_NUMBER = 4


@calendar.get("/kantor/kalender")
def show() -> str:
    """Show a year, the hours and the rules."""
    return _page(_year(request.args.get("tahun", "")), _NO_DAYS)


@calendar.post("/kantor/kalender/hari")
def save_days() -> Response | tuple[str, int]:
    """Let dates not be like their weekdays."""
    given = typed("tanggal", "sampai", "jenis", "nama")
    year = _year(request.form.get("tahun", ""))
    try:
        days = days_of(given["tanggal"], given["sampai"], given["jenis"], given["nama"])
        parts().runtime.save_days(days, seen=revision(), **by())
    except CommandRejected as error:
        return _page(year, given, told(error)), status_of(error)
    return _done("hari", days[0].on.year)


@calendar.post("/kantor/kalender/hari/hapus")
def drop_day() -> Response | tuple[str, int]:
    """Let a date be like its weekday again."""
    on = _day(request.form.get("tanggal", ""))
    try:
        parts().runtime.drop_day(on, seen=revision(), **by())
    except CommandRejected as error:
        return _page(on.year, _NO_DAYS, told(error)), status_of(error)
    return _done("hapus", on.year)


@calendar.post("/kantor/kalender/tahun")
def confirm() -> Response | tuple[str, int]:
    """Confirm a year, or let it be an estimate again."""
    year = _year(request.form.get("tahun", ""))
    is_confirmed = request.form.get("pasti") == "ya"
    try:
        parts().runtime.confirm_year(year, is_confirmed=is_confirmed, seen=revision(), **by())
    except CommandRejected as error:
        return _page(year, _NO_DAYS, told(error)), status_of(error)
    return _done("pasti" if is_confirmed else "perkiraan", year)


@calendar.get("/kantor/kalender/jam")
def hours_page() -> str:
    """Show the hours of the week to be changed."""
    return _hours_form(hour_fields(calendar_now().calendar.week))


@calendar.post("/kantor/kalender/jam")
def save_hours() -> Response | tuple[str, int]:
    """Set the hours of the week."""
    given = typed_hours()
    try:
        parts().runtime.save_hours(week_of(given), seen=revision(), **by())
    except CommandRejected as error:
        return _hours_form(given, told(error)), status_of(error)
    return _done("jam")


@calendar.get("/kantor/kalender/musim")
def season_page() -> str:
    """Show a season to be changed, or ask for a new one, with the hours proposed for Ramadhan."""
    first = request.args.get("mulai", "")
    found = next((s for s in calendar_now().calendar.seasons if s.first.isoformat() == first), None)
    if found is None:
        texts = {"nama": "Ramadhan", "mulai": "", "sampai": ""}
        return _season_form(texts, hour_fields(FASTING_WEEK))
    texts = {"nama": found.name, "mulai": first, "sampai": found.last.isoformat()}
    return _season_form(texts, hour_fields(found.week))


@calendar.post("/kantor/kalender/musim")
def save_season() -> Response | tuple[str, int]:
    """Let some days have other hours."""
    texts, hours = typed("nama", "mulai", "sampai"), typed_hours()
    try:
        season = Season(
            first=day_of(texts["mulai"]),
            last=day_of(texts["sampai"]),
            week=week_of(hours),
            name=texts["nama"],
        )
        parts().runtime.save_season(season, seen=revision(), **by())
    except CommandRejected as error:
        return _season_form(texts, hours, told(error)), status_of(error)
    return _done("musim", season.first.year)


@calendar.post("/kantor/kalender/musim/hapus")
def drop_season() -> Response | tuple[str, int]:
    """Let the days of a season have the usual hours again."""
    first = _day(request.form.get("mulai", ""))
    try:
        parts().runtime.drop_season(first, seen=revision(), **by())
    except CommandRejected as error:
        return _page(first.year, _NO_DAYS, told(error)), status_of(error)
    return _done("musim-hapus", first.year)


@calendar.get("/kantor/kalender/aturan")
def rules_page() -> str:
    """Show the zone and whom deadlines are told to, to be changed."""
    found = calendar_now().calendar
    given = {"zona": found.zone, "ingatkan": str(found.reminds_before)}
    return _rules_form({**given, "eskalasi": "ya" if found.escalates else ""})


@calendar.post("/kantor/kalender/aturan")
def save_rules() -> Response | tuple[str, int]:
    """Set the zone and whom deadlines are told to."""
    given = typed("zona", "ingatkan", "eskalasi")
    try:
        parts().runtime.save_rules(
            given["zona"],
            _number(given["ingatkan"]),
            escalates=given["eskalasi"] == "ya",
            seen=revision(),
            **by(),
        )
    except CommandRejected as error:
        return _rules_form(given, told(error)), status_of(error)
    return _done("aturan")


def _page(year: int, given: dict[str, str], problem: str = "") -> str:
    now = calendar_now()
    found = now.calendar
    here = _this_year()
    return render_template(
        "pages/calendar/index.html",
        now=now,
        year=year,
        years=sorted({here - 1, here, here + 1, here + 2, year}),
        is_confirmed=found.year(year).is_confirmed,
        days=day_lines(found, year),
        hours=hour_lines(found.week),
        has_usual_hours=found.week == USUAL_WEEK,
        seasons=season_lines(found),
        zone=_(ZONES.get(found.zone, found.zone)),
        kinds=[(kind.value, _(words)) for kind, words in KINDS.items()],
        given=given,
        may_change=Role.ADMINISTRATOR in actor().roles,
        problem=problem,
        news=NEWS.get(request.args.get("kabar", "")),
    )


def _hours_form(given: list[str], problem: str = "") -> str:
    return render_template(
        "pages/calendar/hours.html",
        weekdays=[_(name) for name in WEEKDAYS],
        given=given,
        seen=calendar_now().calendar.revision,
        problem=problem,
    )


def _season_form(texts: dict[str, str], hours: list[str], problem: str = "") -> str:
    return render_template(
        "pages/calendar/season.html",
        weekdays=[_(name) for name in WEEKDAYS],
        texts=texts,
        given=hours,
        seen=calendar_now().calendar.revision,
        problem=problem,
    )


def _rules_form(given: dict[str, str], problem: str = "") -> str:
    return render_template(
        "pages/calendar/rules.html",
        zones=[(key, _(words)) for key, words in ZONES.items()],
        given=given,
        seen=calendar_now().calendar.revision,
        problem=problem,
    )


def _done(news: str, year: int | None = None) -> Response:
    return redirect(url_for("calendar.show", tahun=year, kabar=news), 303)


def _this_year() -> int:
    return parts().clock.now().astimezone(zone()).year


def _year(text: str) -> int:
    """Give the year that is asked for, else this one."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    year = int(text) if is_number else 0
    return year if EARLIEST <= year <= LATEST else _this_year()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest from None


def _number(text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise InvalidSubmission(
            f"Expected a number, but found {text[:40]!r}", code="reminder_range", limit=10
        )
    return int(text)
