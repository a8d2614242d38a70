"""Maps with parameters and loops, for the rules of the gate: in order, and one for each thing that can be wrong."""

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
LOOPS = drawn(f"manual kerja while='=loopCounter < 2' rounds=3\n{_LINE}")

PARAMETERS_WRONG = {
    "parameter_place": _leaving(step="and kerja", a="1"),
    "parameter_at_end": passing(
        drawn("end kerja\nstart mulai\nmulai -> kerja\n"), "kerja", outputs={"a": "1"}
    ),
    "parameter_name": _leaving(**{"a b": "1"}),
    "parameter_empty": _leaving(a="=1", script="groovy"),
    "parameter_invalid": _leaving(a="=1 +"),
}

LOOPS_WRONG = {
    "repetition_results": drawn(f"manual kerja times=2 results=hasil\n{_LINE}"),
    "loop_place": drawn(f"and kerja rounds=2\n{_LINE}"),
    "loop_and_repetition": drawn(f"manual kerja rounds=2 times=2\n{_LINE}"),
    "loop_unlimited": drawn(f"manual kerja rounds=\n{_LINE}"),
    "loop_maximum": drawn(f"manual kerja rounds=banyak\n{_LINE}"),
    "loop_invalid": drawn(f"manual kerja while=${{\n{_LINE}"),
}
