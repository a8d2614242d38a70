"""Maps that call others, for the rules of the gate: in order, and one for each thing that can be wrong.

`anak` was deployed three times; the second time with the tag `lama`.
"""

from __future__ import annotations

from engine_maps import drawn

from engine.ids import DefinitionId
from engine.version import Version

_LINE = "start mulai\nend selesai\nmulai -> kerja\nkerja -> selesai\n"
_WAITING = (
    "start mulai\nend selesai\nmanual dahulu\nmulai -> dahulu\ndahulu -> kerja\nkerja -> selesai\n"
)


def versions_of(key: str) -> tuple[Version, ...]:
    """Give the versions that the examples find in force."""
    tags = {3: "", 2: "lama", 1: ""} if key == "anak" else {}
    return tuple(Version(id=DefinitionId(f"{key}-{v}"), version=v, tag=t) for v, t in tags.items())


def calling(attributes: str, lines: str = _LINE) -> bytes:
    """Give a process that calls another."""
    return drawn(f"call kerja {attributes}\n{lines}")


def handing_on(mapping: str) -> bytes:
    """Give a process that calls another with one mapping, written out."""
    ends = b"</bpmn:callActivity>"
    source = calling("calledElement=anak in=all")
    return source.replace(b'variables="all"', mapping.encode()) if ends in source else source


CALLS = calling("calledElement=anak calledElementBinding=versionTag calledElementVersionTag=lama")
ITSELF = calling("calledElement=anak calledElementBinding=version calledElementVersion=1", _WAITING)

INITIATOR = drawn("manual kerja\n" + _LINE.replace("start mulai", "start mulai initiator=pemulai"))

RETENTION = drawn("manual kerja\n" + _LINE).replace(
    b'id="p" ', b'id="p" camunda:historyTimeToLive="P5Y" ', 1
)
RETENTION_WRONG = RETENTION.replace(b"P5Y", b"lima tahun")
INITIATOR_WRONG = INITIATOR.replace(b"pemulai", b"yang memulai")

CALLS_WRONG = {
    "priority_wrong": drawn("manual kerja priority=101\n" + _LINE),
    "call_expression": calling("calledElement=${proses}"),
    "call_binding": calling("calledElement=anak calledElementBinding=terbaru"),
    "call_version": calling("calledElement=anak calledElementBinding=version"),
    "call_tag": calling("calledElement=anak calledElementBinding=versionTag"),
    "call_not_brought": calling("calledElement=anak calledElementBinding=deployment"),
    "call_version_unknown": calling(
        "calledElement=anak calledElementBinding=version calledElementVersion=9"
    ),
    "call_tag_unknown": calling(
        "calledElement=anak calledElementBinding=versionTag calledElementVersionTag=baru"
    ),
    "mapping_local": handing_on('variables="all" local="true"'),
    "mapping_business_key": handing_on('businessKey="${nomor}"'),
    "call_endless": calling("calledElement=p"),
    "call_itself": calling("calledElement=p", _WAITING),
}
"""By the code of what is found at `kerja`."""
