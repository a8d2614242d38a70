"""A gateway behind a form, judged: what `engine.parting` finds of its conditions."""

from __future__ import annotations

from owner_maps import CHOICE, parting

from engine.form import read_form
from engine.parting import Judged, judge
from engine.source import read_source

DOMAINS = {
    "putusan": ("setuju", "revisi", "tolak"),
    "lengkap": (True, False),
    "nilai": tuple(range(101)),
    "catatan_hasil": ("ada", "nihil", None),
}
"""What the form `pilihan` lets each of its fields be; `putusan` and `nilai` must be filled in."""


def judged(source: bytes, *forms: bytes) -> list[Judged]:
    """Judge each parting of a map with the form `pilihan`, or others."""
    process = read_source(source, file="p.bpmn").processes[0]
    read = (read_form(form, file="x.form") for form in forms or (CHOICE,))
    return list(judge(process, {form.id: form for form in read}))


def of_ways(*conditions: str, gate: str = "xor", default: bool = False) -> Judged:
    """Judge a gateway that comes right behind the form."""
    (found,) = judged(parting(*conditions, gate=gate, default=default))
    return found
