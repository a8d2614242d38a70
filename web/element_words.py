"""What the elements of BPMN are called in Indonesian, by the word that a file uses for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "task": "tugas tanpa jenis",
    "userTask": "tugas orang",
    "manualTask": "tugas manual",
    "scriptTask": "tugas skrip",
    "serviceTask": "tugas layanan",
    "sendTask": "tugas kirim",
    "receiveTask": "tugas terima",
    "businessRuleTask": "tugas aturan",
    "callActivity": "panggilan proses",
    "subProcess": "subproses",
    "adHocSubProcess": "subproses bebas (ad hoc)",
    "eventSubProcess": "subproses kejadian",
    "transaction": "transaksi",
    "exclusiveGateway": "gerbang eksklusif",
    "parallelGateway": "gerbang paralel",
    "inclusiveGateway": "gerbang inklusif",
    "complexGateway": "gerbang kompleks",
    "eventBasedGateway": "gerbang kejadian",
    "startEvent": "kejadian awal",
    "endEvent": "kejadian akhir",
    "intermediateCatchEvent": "kejadian tengah yang menunggu",
    "intermediateThrowEvent": "kejadian tengah yang memicu",
    "boundaryEvent": "kejadian di tepi langkah",
    "timerEventDefinition": "pewaktu",
    "messageEventDefinition": "pesan",
    "signalEventDefinition": "sinyal",
    "errorEventDefinition": "galat",
    "escalationEventDefinition": "eskalasi",
    "conditionalEventDefinition": "kejadian bersyarat",
    "linkEventDefinition": "tautan",
    "compensateEventDefinition": "kompensasi",
    "cancelEventDefinition": "pembatalan transaksi",
    "terminateEventDefinition": "penghentian (terminate) di luar kejadian akhir",
    "standardLoopCharacteristics": "pengulangan biasa (loop)",
    "ioSpecification": "data masuk dan keluar",
    "dataInputAssociation": "garis data masuk",
    "dataOutputAssociation": "garis data keluar",
    "sequenceFlow": "garis alir",
    "lane": "lajur",
    "process": "proses",
}
"""One name an element."""


def kind_words(kind: str) -> str:
    """Name a kind of element; one without a name is called by the file's own word."""
    return _(KINDS[kind]) if kind in KINDS else f"“{kind}”"
