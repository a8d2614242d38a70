"""Maps with a script that takes variables, for the rule that looks who provides them."""

from __future__ import annotations

from engine_maps import drawn

_LINES = "user kerja formRef=isi each=catatan item=item\nscript hitung script={} scriptFormat=feel resultVariable=hasil\n"
_FLOWS = "start mulai\nend selesai\nmulai -> kerja\nkerja -> hitung\nhitung -> selesai\n"


def _taking(script: str) -> bytes:
    return drawn(_LINES.format(f'"{script}"') + _FLOWS)


VARIABLES = _taking("=catatan + string(item)")
VARIABLES_WRONG = {
    "variable_misspelt": _taking("=catatn"),
    "variable_unprovided": _taking("=lama"),
}
"""A map for each finding, at the element `hitung`."""
