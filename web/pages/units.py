"""*Unit*: the parts of the office, such as its bidang."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.actor import Unit
from engine.errors import CommandRejected
from engine.ids import UnitId
from engine.office import mark
from web.errors import status_of
from web.input import revision
from web.office_view import by, this_roster, told, typed
from web.parts import parts

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from engine.office import UnitEntry

units = Blueprint("units", __name__)

NEWS = {"simpan": "Unit disimpan.", "tutup": "Unit ditutup."}

_NO_CODE = re.compile(r"[^a-z0-9]+")


@units.get("/kantor/unit")
def index() -> str:
    """Show the units, open ones first."""
    roster = this_roster()
    found = sorted(roster.units.values(), key=lambda u: (u.closed_at is not None, u.name))
    posts = {u.id: [e.post.name for e in roster.list_posts() if e.post.unit == u.id] for u in found}
    return render_template(
        "pages/office/units.html",
        units=found,
        posts=posts,
        news=NEWS.get(request.args.get("kabar", "")),
    )


@units.get("/kantor/unit-baru")
def new() -> str:
    """Ask for a new unit."""
    return _form(None, {"nama": "", "kode": ""})


@units.post("/kantor/unit-baru")
def add() -> Response | tuple[str, int]:
    """Add a unit."""
    given = typed("nama", "kode")
    unit = Unit(id=UnitId(code_from(given["kode"], given["nama"])), name=given["nama"])
    try:
        parts().runtime.save_unit(unit, seen=None, **by())
    except CommandRejected as error:
        return _form(None, given, told(error)), status_of(error)
    return redirect(url_for("units.index", kabar="simpan"), 303)


@units.get("/kantor/unit/<unit_id>")
def edit(unit_id: str) -> str:
    """Show a unit to be changed."""
    entry = this_roster().get_unit(UnitId(unit_id))
    return _form(entry, {"nama": entry.name, "kode": entry.id})


@units.post("/kantor/unit/<unit_id>")
def save(unit_id: str) -> Response | tuple[str, int]:
    """Rename a unit, or open it again."""
    unit = Unit(id=UnitId(unit_id), name=request.form.get("nama", ""))
    try:
        parts().runtime.save_unit(unit, seen=revision(), **by())
    except CommandRejected as error:
        entry = this_roster().get_unit(UnitId(unit_id))
        return _form(entry, typed("nama", "kode"), told(error)), status_of(error)
    return redirect(url_for("units.index", kabar="simpan"), 303)


@units.post("/kantor/unit/<unit_id>/tutup")
def close(unit_id: str) -> Response | tuple[str, int]:
    """Close a unit."""
    try:
        parts().runtime.close_unit(UnitId(unit_id), **by())
    except CommandRejected as error:
        entry = this_roster().get_unit(UnitId(unit_id))
        given = {"nama": entry.name, "kode": entry.id}
        return _form(entry, given, told(error)), status_of(error)
    return redirect(url_for("units.index", kabar="tutup"), 303)


def code_from(code: str, name: str) -> str:
    """Give the code that was typed, else one made from the name: `Bidang Koperasi` gives `bidang_koperasi`."""
    return code.strip() or _NO_CODE.sub("_", name.lower()).strip("_")[:64]


def _form(entry: UnitEntry | None, given: dict[str, str], problem: str = "") -> str:
    return render_template(
        "pages/office/unit.html",
        entry=entry,
        given=given,
        problem=problem,
        mark=mark(entry) if entry else None,
    )
