"""*Jabatan*: the posts of the office, the lanes they stand for, and who held, holds and will hold each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.actor import Post
from engine.errors import CommandRejected, InvalidSubmission
from engine.ids import LaneId, PostId, UnitId
from engine.office import mark
from web.errors import status_of
from web.input import revision
from web.office_view import LaneLine, by, lanes_in_force, lines_of, this_roster, told, typed
from web.pages.office import post_lines
from web.pages.units import code_from
from web.parts import parts

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from engine.office import PostEntry, Roster

posts = Blueprint("posts", __name__)

NEWS = {
    "simpan": "Jabatan disimpan.",
    "tutup": "Jabatan ditutup.",
    "mulai": "Pemegang jabatan dicatat.",
}

_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The form of a post as it was opened or sent."""

    texts: dict[str, str]
    lanes: frozenset[str]
    """Those that are ticked."""


@posts.get("/kantor/jabatan")
def index() -> str:
    """Show the posts, highest first, closed ones behind."""
    roster = this_roster()
    closed = [entry for entry in roster.posts.values() if entry.closed_at is not None]
    return render_template(
        "pages/office/posts.html",
        posts=post_lines(roster),
        closed=sorted(closed, key=lambda entry: entry.post.name),
        lanes=lanes_in_force(),
        news=NEWS.get(request.args.get("kabar", "")),
    )


@posts.get("/kantor/jabatan-baru")
def new() -> str:
    """Ask for a new post."""
    roster = this_roster()
    standing = max((entry.standing for entry in roster.posts.values()), default=0) + 1
    texts = {"nama": "", "kode": "", "unit": "", "atasan": "", "lain": "", "urutan": str(standing)}
    return _form(roster, None, Filled(texts=texts, lanes=frozenset()))


@posts.post("/kantor/jabatan-baru")
def add() -> Response | tuple[str, int]:
    """Add a post."""
    given = _given()
    code = code_from(given.texts["kode"], given.texts["nama"])
    try:
        parts().runtime.save_post(_post(PostId(code), given), _standing(given), seen=None, **by())
    except CommandRejected as error:
        return _form(this_roster(), None, given, told(error)), status_of(error)
    return redirect(url_for("posts.show", post_id=code, kabar="simpan"), 303)


@posts.get("/kantor/jabatan/<post_id>")
def show(post_id: str) -> str:
    """Show a post and all its holders."""
    return _page(PostId(post_id))


@posts.get("/kantor/jabatan/<post_id>/ubah")
def edit(post_id: str) -> str:
    """Show a post to be changed."""
    roster = this_roster()
    entry = roster.get_post(PostId(post_id))
    return _form(roster, entry, _filled(entry))


@posts.post("/kantor/jabatan/<post_id>/ubah")
def save(post_id: str) -> Response | tuple[str, int]:
    """Change a post, or open it again."""
    given = _given()
    try:
        post = _post(PostId(post_id), given)
        parts().runtime.save_post(post, _standing(given), seen=revision(), **by())
    except CommandRejected as error:
        roster = this_roster()
        entry = roster.get_post(PostId(post_id))
        return _form(roster, entry, given, told(error)), status_of(error)
    return redirect(url_for("posts.show", post_id=post_id, kabar="simpan"), 303)


@posts.post("/kantor/jabatan/<post_id>/tutup")
def close(post_id: str) -> Response | tuple[str, int]:
    """Close a post."""
    try:
        parts().runtime.close_post(PostId(post_id), **by())
    except CommandRejected as error:
        return _page(PostId(post_id), told(error)), status_of(error)
    return redirect(url_for("posts.index", kabar="tutup"), 303)


def _page(post: PostId, problem: str = "") -> str:
    roster, lanes = this_roster(), lanes_in_force()
    entry = roster.get_post(post)
    return render_template(
        "pages/office/post.html",
        entry=entry,
        unit=roster.units[entry.post.unit],
        superior=roster.posts.get(entry.post.superior) if entry.post.superior else None,
        led=[e for e in roster.list_posts() if e.post.superior == post],
        lanes=[lanes.get(lane, _unused(lane)) for lane in sorted(entry.post.lanes)],
        lines=lines_of(roster, roster.list_holdings(post)),
        problem=problem,
        news=NEWS.get(request.args.get("kabar", "")),
    )


def _form(roster: Roster, entry: PostEntry | None, given: Filled, problem: str = "") -> str:
    here = entry.post.id if entry else ""
    units = [u for u in roster.units.values() if u.closed_at is None]
    return render_template(
        "pages/office/post_form.html",
        entry=entry,
        given=given,
        units=sorted(units, key=lambda unit: unit.name),
        superiors=[e.post for e in roster.list_posts() if e.post.id != here],
        lanes=list(lanes_in_force().values()),
        problem=problem,
        mark=mark(entry) if entry else None,
    )


def _given() -> Filled:
    texts = typed("nama", "kode", "unit", "atasan", "lain", "urutan")
    return Filled(texts=texts, lanes=frozenset(request.form.getlist("lajur")))


def _filled(entry: PostEntry) -> Filled:
    post, known = entry.post, lanes_in_force().keys()
    texts = {
        "nama": post.name,
        "kode": post.id,
        "unit": post.unit,
        "atasan": post.superior or "",
        "urutan": str(entry.standing),
        "lain": ", ".join(sorted(post.lanes - known)),
    }
    return Filled(texts=texts, lanes=post.lanes & known)


def _post(post: PostId, given: Filled) -> Post:
    others = given.texts["lain"].replace(",", " ").split()
    above = given.texts["atasan"]
    return Post(
        id=post,
        name=given.texts["nama"],
        unit=UnitId(given.texts["unit"]),
        lanes=frozenset(map(LaneId, (*given.lanes, *others))),
        superior=PostId(above) if above else None,
    )


def _standing(given: Filled) -> int:
    text = given.texts["urutan"].strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise InvalidSubmission(
            f"Expected a number, but found {text!r}", code="standing_range", limit=10_000
        )
    return int(text)


def _unused(lane: LaneId) -> LaneLine:
    return LaneLine(lane=lane, name=lane, processes=())
