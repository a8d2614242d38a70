"""The documentation that goes into a drawing: where it comes from, and how the document was read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.draft.text import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.draft.facts import Facts, Timeout
    from engine.draft.graph import Graph
    from engine.draft.office import Office

READING = "Catatan pembacaan:"


def notes_of(facts: Facts, graph: Graph, office: Office) -> dict[str, str]:
    """Give the documentation by the id of process, lane or element; each open point of the facts is in exactly one."""
    ids = [lane.id for lane in facts.lanes] + [node.id for node in graph.nodes]
    points: dict[str, list[str]] = {}
    for point in facts.open_points:
        named = [each for each in ids if re.search(rf"\b{each}\b", point)]
        owner = named[0] if len(named) == 1 else facts.process_id
        points.setdefault(owner, []).append(point)
    texts = {owner: [_list(READING, found)] for owner, found in points.items()}
    for node in graph.nodes:
        if node.timeout and not node.timeout.stated:
            texts.setdefault(node.id, []).insert(0, _unstated(node.timeout))
    for owner, more in office.notes.items():
        texts.setdefault(owner, []).extend(more)
    for lane, recorder in office.recorders.items():
        texts.setdefault(lane, []).insert(
            0,
            f"Dicatat oleh {recorder.name}: ketentuan Alur, tidak disebut dalam dokumen sumber.",
        )
    texts.setdefault(facts.process_id, []).insert(0, _origin(facts))
    return {owner: "\n\n".join(found) for owner, found in texts.items()}


def _origin(facts: Facts) -> str:
    lines = [f"Sumber: {facts.source}."]
    if facts.legal_basis:
        lines.append(_list("Dasar hukum:", facts.legal_basis))
    if facts.related:
        lines.append(f"Proses terkait: {', '.join(facts.related)}.")
    return "\n".join(lines)


def _unstated(timeout: Timeout) -> str:
    length = in_words(timeout.after)
    return (
        f"Panjang batas waktu ini tidak ditetapkan dokumen sumber. Yang tergambar, {length}, dipakai sampai kantor menetapkan "
        "panjangnya sendiri dalam pengaturan."
    )


def _list(head: str, items: Iterable[str]) -> str:
    return "\n".join([head, *(f"- {item}" for item in items)])
