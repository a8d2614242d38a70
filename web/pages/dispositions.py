"""*Disposisi*: who was asked to do what about a letter, as a tree, and the sheet to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from engine.errors import NotFound
from engine.ids import InstanceId
from storage.queries.dispositions import list_group_names, list_tree
from web.auth import actor
from web.disposition_view import Reader
from web.parts import parts

if TYPE_CHECKING:
    from web.disposition_view import Branch

dispositions = Blueprint("dispositions", __name__)


@dispositions.get("/perkara/<case_id>/disposisi")
def show(case_id: str) -> str:
    """Show the tree that the case stands in, and the sheet of each disposition that was given from it."""
    caller, database, case = actor(), parts().database, InstanceId(case_id)
    nodes = database.read(lambda c: list_tree(c, caller, case))
    names = database.read(lambda c: list_group_names(c, caller.agency))
    reader = Reader(load=parts().runtime.program, names=names)
    tree = reader.tree(nodes, case)
    if tree is None:
        raise NotFound(f"Expected a case {case_id}, but there is none", code="not_found")
    branches = {branch.node.case: branch for branch in _all(tree)}
    here = branches[case]
    above = branches.get(here.node.parent) if here.node.parent else None
    given = [s for s in reader.sheets(above) if here in s.receivers] if above else []
    return render_template(
        "pages/dispositions.html", tree=tree, here=here, sheets=[*given, *reader.sheets(here)]
    )


def _all(branch: Branch) -> list[Branch]:
    return [branch, *(each for child in branch.below for each in _all(child))]
