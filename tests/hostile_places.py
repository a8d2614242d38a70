"""Every place where a drawing, a form or a decision holds an expression: small packages with one expression in each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from decision_kit import dmn, table
from engine_maps import drawn, form_of
from form_kit import form_file
from link_kit import linking
from parameter_kit import passing
from service_kit import called, mailed

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK = "TULIS"
"""Stands for the expression in a package that is made once."""

GIVEN = '{x: 1, teks: "abc", daftar: [1], angka: 5}'
"""What the variable `a` holds when the case comes to the place (`hostile.VARIABLES`)."""

_ON = "tempat -> kerja"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A package with `MARK` in it, which languages the place takes, and the sign before FEEL there."""

    package: Mapping[str, bytes]
    takes_juel: bool = True
    takes_feel: bool = True
    sign: str = "="
    harmless: str = "a.x"
    """An expression that runs there."""

    is_twin: bool = False
    """Whether it is read and run by what reads and runs another place: then each fourth expression is enough."""

    def with_text(self, text: str, *, juel: bool) -> dict[str, bytes]:
        """Give the package with the expression in it."""
        written = f"${{{text}}}" if juel else f"{self.sign}{text}"
        quoted = escape(written, {'"': "&quot;", "\n": "&#10;"}).encode()
        in_json = json.dumps(written)[1:-1].encode()
        return {
            name: content.replace(MARK.encode(), in_json if name.endswith(".form") else quoted)
            for name, content in self.package.items()
        }


def _at(line: str, flow: str = _ON) -> dict[str, bytes]:
    """Give a package with an element `tempat` behind the one that gives `a`, and a user task after it."""
    given = GIVEN.replace('"', '\\"')
    lines = f"""
        start mulai
        script beri script="={given}" resultVariable=a scriptFormat=feel
        {line}
        user kerja formRef=isi
        end selesai
        mulai -> beri
        beri -> tempat
        {flow}
        kerja -> selesai
    """
    return {"p.bpmn": drawn(lines), "isi.form": form_of("isi", "catatan")}


def _form(**component: object) -> dict[str, bytes]:
    field = {"key": "isi", "label": "Isi", **component}
    return _at("manual tempat") | {"isi.form": form_file(field, id="isi")}


def _passing(way: str) -> dict[str, bytes]:
    package = _at("manual tempat times=2")
    given = {"y": MARK}
    inputs, outputs = (given, None) if way == "in" else (None, given)
    return package | {
        "p.bpmn": passing(package["p.bpmn"], "tempat", inputs=inputs, outputs=outputs)
    }


def _deciding(rule: tuple[str, str], inputs: Mapping[str, str] | None = None) -> dict[str, bytes]:
    rows = dmn(table([rule], inputs=inputs or {"a.x": "number"}))
    line = "rule tempat decisionRef=nilai resultVariable=y mapDecisionResult=resultList decisionRefBinding=deployment"
    return _at(line) | {"nilai.dmn": rows}


def _linking() -> dict[str, bytes]:
    package = _at("manual tempat")
    given = {"proses": "q", "bila": MARK}
    return package | {"p.bpmn": linking(package["p.bpmn"], "kerja", given), "q.bpmn": CALLED}


def _serving(source: bytes) -> dict[str, bytes]:
    return {"p.bpmn": source}


CALLED = drawn(
    "start awal\nmanual kerjakan\nend akhir\nawal -> kerjakan\nkerjakan -> akhir", key="q"
)

PLACES: dict[str, Place] = {
    "condition": Place(
        package=_at("xor tempat", f"{_ON} default\ntempat -> selesai if {MARK}"),
        harmless="a.x > 0",
    ),
    "script": Place(
        package=_at(f"script tempat script={MARK} resultVariable=y scriptFormat=feel"),
        takes_juel=False,
    ),
    "timer": Place(package=_at(f"catch tempat duration={MARK}"), harmless='"P1D"'),
    "date": Place(
        is_twin=True, package=_at(f"catch tempat date={MARK}"), harmless='"2026-12-01T10:00"'
    ),
    "collection": Place(package=_at(f"manual tempat each={MARK} item=satu")),
    "cardinality": Place(is_twin=True, package=_at(f"manual tempat times={MARK}")),
    "completion": Place(
        package=_at(
            f"script tempat times=2 until={MARK} script==1 resultVariable=y scriptFormat=feel"
        ),
        harmless="a.x > 0",
    ),
    "assignee": Place(package=_at(f"user tempat formRef=isi assignee={MARK}"), harmless='"umum"'),
    "groups": Place(
        is_twin=True,
        package=_at(f"user tempat formRef=isi candidateGroups={MARK}"),
        harmless='"umum"',
    ),
    "call mapping": Place(
        package=_at(f"call tempat calledElement=q in=={MARK}:y") | {"q.bpmn": CALLED},
        takes_juel=False,
        sign="",
    ),
    "input parameter": Place(package=_passing("in")),
    "output parameter": Place(is_twin=True, package=_passing("out")),
    "message key": Place(package=_at(f"catch tempat message=jawaban key={MARK}")),
    "link condition": Place(package=_linking(), harmless="a.x > 0"),
    "e-mail": Place(package=_serving(mailed(**{"surel.isi": MARK}))),
    "service body": Place(is_twin=True, package=_serving(called(**{"http.isi": MARK}))),
    "service address": Place(
        is_twin=True,
        package=_serving(called(**{"http.alamat": f"https://a.go.id/{MARK}"})),
        takes_feel=False,
    ),
    "topic": Place(is_twin=True, package=_at(f"service tempat topic={MARK}")),
    "form condition": Place(
        package=_form(type="textfield", conditional={"hide": MARK}), takes_juel=False
    ),
    "form options": Place(package=_form(type="select", valuesExpression=MARK), takes_juel=False),
    "decision input cell": Place(package=_deciding((MARK, '"ya"')), takes_juel=False, sign=""),
    "decision output cell": Place(
        package=_deciding(("-", MARK)), takes_juel=False, sign="", harmless="a.teks"
    ),
    "decision input": Place(
        is_twin=True, package=_deciding(("-", '"ya"'), {MARK: "Any"}), takes_juel=False, sign=""
    ),
}
