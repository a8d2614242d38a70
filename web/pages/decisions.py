"""*Keputusan*: the decisions in force, and one as a table, with its versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request

from engine.errors import NotFound
from engine.ids import DecisionId
from engine.spiff.deciding import decision_model
from storage.queries.decisions import (
    find_decision_version,
    list_decision_versions,
    list_decisions,
)
from storage.queries.letters import list_in_force
from web.auth import actor
from web.decision_view import list_sections
from web.headers import DOWNLOAD_POLICY
from web.parts import parts
from web.permissions import ROUTES, admits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.decision import StoredDecision

decisions = Blueprint("decisions", __name__)

MOST_MARKED = 200
"""Rows that one address can mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A step of a process in force that asks a decision."""

    process: str
    step: str


@decisions.get("/keputusan")
def index() -> str:
    """List the decisions in force of the caller's agency, and who asks them."""
    agency = actor().agency
    found = parts().database.read(lambda c: list_decisions(c, agency))
    return render_template("pages/decisions/index.html", decisions=found, uses=_uses())


@decisions.get("/keputusan/<decision_id>")
def show(decision_id: str) -> str:
    """Show a version of a decision as tables; the rules that `baris` names are marked."""
    stored = _stored(decision_id)
    marked = frozenset(request.args.getlist("baris")[:MOST_MARKED])
    drawn = decision_model(stored).drawn
    versions = parts().database.read(lambda c: list_decision_versions(c, stored.agency, stored.key))
    return render_template(
        "pages/decisions/show.html",
        stored=stored,
        nodes=list_sections(drawn, stored.key, marked),
        marked=marked,
        versions=versions,
        uses=_uses().get(stored.key, ()),
        may_download=admits(ROUTES["decisions.download"], actor()),
    )


@decisions.get("/keputusan/<decision_id>/unduh")
def download(decision_id: str) -> Response:
    """Give the DMN file of a version, byte for byte."""
    stored = _stored(decision_id)
    name = stored.resource.replace("\\", "/").rpartition("/")[2]
    response = Response(stored.source, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def _stored(decision_id: str) -> StoredDecision:
    agency, sought = actor().agency, DecisionId(decision_id)
    found = parts().database.read(lambda c: find_decision_version(c, agency, sought))
    if found is None:
        raise NotFound(
            f"Expected a decision {decision_id[:64]!r}, but there is none", code="not_found"
        )
    return found


def _uses() -> Mapping[str, tuple[Use, ...]]:
    """Give the steps of the processes in force that ask decisions, by the decision's id."""
    agency = actor().agency
    in_force = parts().database.read(lambda c: list_in_force(c, agency))
    found: dict[str, list[Use]] = {}
    for definition, name in in_force:
        process = parts().runtime.program(definition).process
        for element in process.elements.values():
            if element.decision is not None:
                use = Use(process=name or process.key, step=element.name)
                found.setdefault(element.decision.key, []).append(use)
    return {key: tuple(uses) for key, uses in found.items()}
