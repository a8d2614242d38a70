"""*Peta proses*: the processes in force with all their versions, those that are only drawn, and the drawing of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from engine.errors import NotFound
from engine.ids import DefinitionId, MapId
from engine.kept_map import what_is_missing
from storage.maps import find_kept_map
from storage.queries.maps import list_maps
from storage.queries.process_versions import (
    find_process_version,
    list_process_versions,
    process_numbers,
)
from web.auth import actor
from web.parts import parts
from web.permissions import ROUTES, admits
from web.upload_view import sheet_of_map

if TYPE_CHECKING:
    from storage.queries.process_versions import VersionLine

maps = Blueprint("maps", __name__)


@maps.get("/proses/peta")
def index() -> str:
    """List the processes of the caller's agency, each with its versions, and what is only drawn."""
    agency = actor().agency
    return render_template(
        "pages/maps/index.html",
        processes=_processes(),
        only_drawn=parts().database.read(lambda c: list_maps(c, agency)),
        may_upload=admits(ROUTES["upload.ask"], actor()),
    )


@maps.get("/proses/peta/<definition_id>")
def show(definition_id: str) -> str:
    """Show the drawing of a version."""
    agency, sought = actor().agency, DefinitionId(definition_id)
    found = parts().database.read(lambda c: find_process_version(c, agency, sought))
    if found is None:
        raise NotFound(
            f"Expected a version {definition_id[:64]!r}, but there is none", code="not_found"
        )
    return render_template(
        "pages/maps/show.html",
        definition=found,
        drawing=parts().runtime.program(found.id).drawing,
        versions=next(lines for lines in _processes() if lines[0].key == found.key),
    )


@maps.get("/proses/peta-saja/<map_id>")
def show_map(map_id: str) -> str:
    """Show a process that is only drawn, and what is missing to make it run."""
    agency, sought = actor().agency, MapId(map_id)
    kept = parts().database.read(lambda c: find_kept_map(c, agency, sought))
    if kept is None:
        raise NotFound(f"Expected a map {map_id[:64]!r}, but there is none", code="not_found")
    known = parts().database.read(lambda c: process_numbers(c, agency))
    missing = what_is_missing(kept, is_known=known.__contains__)
    return render_template("pages/maps/map.html", kept=kept, sheet=sheet_of_map(kept, missing))


def _processes() -> tuple[tuple[VersionLine, ...], ...]:
    agency = actor().agency
    return parts().database.read(lambda c: list_process_versions(c, agency))
