"""Maps with parameters, for the rules of the gate: in order, and one for each thing that can be wrong."""

from __future__ import annotations

from engine_maps import drawn
from parameter_kit import passing

_LINE = "start mulai\nend selesai\nmulai -> kerja\nkerja -> selesai\n"


def _leaving(step: str = "manual kerja times=2", script: str = "feel", **outputs: str) -> bytes:
    return passing(drawn(f"{step}\n{_LINE}"), "kerja", outputs=outputs, script=script)


PARAMETERS = passing(
    drawn("manual kerja each==[1,2] item=x\n" + _LINE),
    "kerja",
    inputs={"a": "${x}", "b": "teks"},
    outputs={"jumlah": "=a + 1"},
)

PARAMETERS_WRONG = {
    "parameter_place": _leaving(step="manual kerja", a="1"),
    "parameter_name": _leaving(**{"a b": "1"}),
    "parameter_empty": _leaving(a="=1", script="groovy"),
    "parameter_invalid": _leaving(a="=1 +"),
}
