"""Processes that talk: an office asks and waits, another answers by the key; and a worker that brings messages and signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine_maps import drawn, form_of
from letter_kit import numbering

from engine.job import JobKind
from engine.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.clock import Clock
    from engine.runtime import Runtime
    from engine.worker import Jobs

ASKS = """
    start mulai
    user susun formRef=tanya
    throw kirim message=permintaan key=${nomor} carries=nomor,pokok
    catch tunggu message=jawaban key=${nomor}
    manual arsip
    end selesai
    mulai -> susun
    susun -> kirim
    kirim -> tunggu
    tunggu -> arsip
    arsip -> selesai
"""
ANSWERS = """
    start terima message=permintaan
    user periksa formRef=periksa
    end balas message=jawaban key=${nomor} carries=putusan
    terima -> periksa
    periksa -> balas
"""
WAITS = """
    start mulai
    user isi formRef=isi
    {wait}
    manual lanjut
    end selesai
    mulai -> isi
    isi -> tunggu
    tunggu -> lanjut
    lanjut -> selesai
"""
"""A case that waits behind a form with the number by which it is meant; `wait` is the line of the element `tunggu`."""

CATCH = "catch tunggu message=jawaban key=${nomor}"
RECEIVE = "receive tunggu message=jawaban key=${nomor}"


def talking() -> dict[str, bytes]:
    """Give two processes that talk: `tanya` asks with a number, `jawab` begins by it and answers with the same number."""
    return {
        "tanya.bpmn": drawn(ASKS, key="tanya"),
        "jawab.bpmn": drawn(ANSWERS, key="jawab"),
        "tanya.form": form_of("tanya", "nomor", "pokok"),
        "periksa.form": form_of("periksa", "nomor", "pokok", "putusan"),
    }


def waiting(wait: str = CATCH, *, key: str = "p", **lanes: str) -> dict[str, bytes]:
    """Give a process that waits at `tunggu`, by catching a message unless another line is given."""
    source = drawn(WAITS.format(wait=wait), key=key, lanes=lanes)
    return {f"{key}.bpmn": source, "isi.form": form_of("isi", "nomor")}


def throwing(end: str, *, key: str = "lempar", **properties: str) -> dict[str, bytes]:
    """Give a process of one form whose end throws."""
    lines = (
        f"start mulai\nuser kirim formRef=kirim\nend lepas {end}\nmulai -> kirim\nkirim -> lepas"
    )
    source = drawn(lines, key=key)
    source = numbering(source, {"lepas": properties}) if properties else source
    return {f"{key}.bpmn": source, "kirim.form": form_of("kirim", "nomor", "putusan")}


class Courier:
    """A worker of messages and signals over a runtime and its jobs; what failed for good is in `given_up`."""

    def __init__(self, runtime: Runtime, jobs: Jobs, clock: Clock) -> None:
        self.given_up: list[tuple[JobKind, str, str]] = []
        handlers = {
            JobKind.MESSAGE: runtime.deliver_message,
            JobKind.SIGNAL: runtime.spread_signal,
            JobKind.SIGNAL_DELIVERY: runtime.deliver_signal,
        }

        def give_up(job: object, code: str, told: str) -> None:
            runtime.raise_incident(job, code, told)
            self.given_up.append((job.kind, code, told))

        give = dict.fromkeys(handlers, give_up)
        self.worker = Worker(jobs, handlers, clock, give_up=give)

    def run(self) -> int:
        """Do what is due until nothing is; give how many jobs were begun."""
        begun = 0
        while taken := self.worker.run_due(10):
            begun += taken
        return begun


LINE = "start mulai\nend selesai\nmulai -> kerja\nkerja -> selesai\n"
"""One element, `kerja`, from the start to the end."""


def marked(source: bytes, properties: Mapping[str, str]) -> bytes:
    """Give the file with properties at `kerja`."""
    return numbering(source, {"kerja": properties})


def _loose(source: bytes, kind: str, ref: str = "") -> bytes:
    """Give the file with another reference to what `kerja` is about, and without that."""
    wanted = f'<bpmn:{kind} id="ref_x" name="x"/>'.encode()
    return source.replace(f'{kind}Ref="ref_x"'.encode(), ref.encode()).replace(wanted, b"")


CATCHES = drawn("catch kerja message=x\n" + LINE)
HEARS = drawn("catch kerja signal=x\n" + LINE)
MESSAGES = marked(
    drawn(
        "user awal formRef=isi\nreceive kerja message=x\n"
        + LINE.replace("mulai ->", "mulai -> awal\nawal ->")
    ),
    {"pesan.kunci": "${catatan}", "tanggapan.formulir": "isi"},
)
LONG = "x" * 201

MESSAGES_WRONG = {
    "message_missing": _loose(CATCHES, "message"),
    "message_unknown": _loose(CATCHES, "message", 'messageRef="hilang"'),
    "message_unnamed": CATCHES.replace(b' name="x"', b""),
    "message_name": CATCHES.replace(b' name="x"', f' name="{LONG}"'.encode()),
    "message_start_calculated": drawn(
        "start kerja message=${x}\nmanual a\nend b\nkerja -> a\na -> b"
    ),
    "signal_missing": _loose(HEARS, "signal"),
    "signal_unknown": _loose(HEARS, "signal", 'signalRef="hilang"'),
    "signal_unnamed": HEARS.replace(b' name="x"', b""),
    "signal_name": HEARS.replace(b' name="x"', f' name="{LONG}"'.encode()),
    "signal_start_calculated": drawn("start kerja signal==x\nmanual a\nend b\nkerja -> a\na -> b"),
    "message_property_unknown": marked(CATCHES, {"pesan.jalur": "x"}),
    "message_property_place": marked(CATCHES, {"pesan.isi": "x"}),
    "message_expression": marked(CATCHES, {"pesan.kunci": "${x"}),
    "message_carries_wrong": marked(drawn("throw kerja message=x\n" + LINE), {"pesan.isi": "then"}),
    "message_variable_unknown": marked(
        drawn("throw kerja message=x\n" + LINE), {"pesan.isi": "hilang"}
    ),
    "answer_form_not_there": marked(CATCHES, {"tanggapan.formulir": "hilang"}),
    "answer_form_key": marked(CATCHES, {"tanggapan.formulir": "sama"}),
}
"""A map for each finding; it is at `kerja`."""
