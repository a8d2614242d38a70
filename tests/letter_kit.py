"""Letters for tests: a register's rule, drawings whose steps number letters, and an office that works by them."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from engine_maps import drawn
from engine_office import Dinas
from form_kit import form_file
from kit import values_of
from lxml import etree

from engine.actor import Role, Signature
from engine.ids import AgencyId, LaneId, LetterNumberId, PersonId, RegisterId
from engine.letters.by_hand import ByHand
from engine.letters.number import BookEntry, LetterNumber, NumberState
from engine.letters.rule import Direction, LetterRule, Reset, Scope, Source
from engine.letters.taking import Wanted
from engine.source import BPMN, CAMUNDA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.ids import InstanceId
    from engine.user_task import UserTask

OUTGOING = LetterRule(
    agency=AgencyId("contoh"),
    register=RegisterId("surat_keluar"),
    version=1,
    name="Surat keluar",
    direction=Direction.OUTGOING,
    source=Source.ALUR,
    scope=Scope.REGISTER,
    reset=Reset.YEARLY,
    start=1,
    width=3,
    pattern="{klasifikasi}/{nomor}/{unit}/{bulan_romawi}/{tahun}",
    codes={"sekretariat": "SEKR", "bidang": "KOP"},
    lanes=frozenset({LaneId("petugas")}),
    valid_from=date(2026, 1, 1),
)
"""The rule of an office whose letters have one sequence a year."""

LINES = """
    start mulai
    user susun formRef=susun
    user tanda formRef=tanda
    xor setuju
    user beri formRef=beri
    user antar formRef=antar
    end selesai
    mulai -> susun
    susun -> tanda
    tanda -> setuju
    setuju -> susun if =kembali = true
    setuju -> beri default
    beri -> antar
    antar -> selesai
"""
NUMBER = {"nomor.register": "surat_keluar", "nomor.isian": "nomor_surat"}
COLUMNS = {
    "nomor.klasifikasi": "kode",
    "agenda.hal": "perihal",
    "agenda.pihak": "tujuan",
    "agenda.tanggal_surat": "tanggal",
}
STEPS = {
    "susun": {**NUMBER, **COLUMNS, "nomor.tahap": "pesan"},
    "tanda": {**NUMBER, "nomor.tahap": "sahkan"},
    "beri": {**NUMBER, "nomor.tahap": "sahkan"},
    "antar": {**NUMBER, "nomor.tahap": "kirim"},
}
"""A letter whose number may be taken at the draft, holds from the signature on, and must be there before it goes out."""


BOOKED_AT = datetime(2026, 3, 2, 1, 0, 0, 123456, tzinfo=UTC)
"""When the numbers of `number` were taken."""


def rule(**changes: object) -> LetterRule:
    """Give the outgoing register's rule, or with other fields."""
    return dataclasses.replace(OUTGOING, **changes)


def number(sequence: int, **fields: object) -> LetterNumber:
    """Give a number as a store has it, reserved, or with other fields."""
    plain = LetterNumber(
        id=LetterNumberId(f"nomor-{sequence}"),
        agency=OUTGOING.agency,
        register=OUTGOING.register,
        rule=1,
        period="2026",
        ordinal=sequence,
        scope="",
        sequence=sequence,
        number=f"005/{sequence:03}/KOP/III/2026",
        state=NumberState.RESERVED,
        classification="005",
        unit="bidang",
        taken_on=BOOKED_AT.date(),
        taken_at=BOOKED_AT,
        taken_by=PersonId("ani"),
        taken_by_name="Ani",
        changed_at=BOOKED_AT,
        entry=BookEntry(subject="Undangan", party="Camat", letter_date="2026-03-02"),
    )
    return dataclasses.replace(plain, **fields)


def numbering(source: bytes, steps: Mapping[str, Mapping[str, str]]) -> bytes:
    """Give the file with properties at elements."""
    root = etree.fromstring(source)
    for element, properties in steps.items():
        (node,) = (n for n in root.iter() if n.get("id") == element)
        extensions = node.find(BPMN + "extensionElements")
        if extensions is None:
            extensions = etree.Element(BPMN + "extensionElements")
            node.insert(0, extensions)
        inside = extensions.find(CAMUNDA + "properties")
        if inside is None:
            inside = etree.SubElement(extensions, CAMUNDA + "properties")
        for name, value in properties.items():
            etree.SubElement(inside, CAMUNDA + "property", name=name, value=value)
    return etree.tostring(root)


def line(key: str, label: str, **more: object) -> dict[str, object]:
    """Give a field for a line of text."""
    return {"type": "textfield", "key": key, "label": label, **more}


def letter(
    steps: Mapping[str, Mapping[str, str]] = STEPS, *, lines: str = LINES, key: str = "surat"
) -> dict[str, bytes]:
    """Give a package: a letter that is drafted, signed (or sent back), numbered and delivered."""
    required = {"validate": {"required": True}}
    return {
        "surat.bpmn": numbering(drawn(lines, key=key), steps),
        "susun.form": form_file(
            line("perihal", "Perihal"),
            line("tujuan", "Tujuan", properties={"pribadi": "ya"}),
            line("kode", "Kode klasifikasi"),
            id="susun",
        ),
        "tanda.form": form_file(
            {"type": "checkbox", "key": "kembali", "label": "Kembalikan"}, id="tanda"
        ),
        "beri.form": form_file(
            line("nomor_surat", "Nomor surat", **required),
            line("kode", "Kode klasifikasi"),
            {"type": "datetime", "subtype": "date", "key": "tanggal", "dateLabel": "Tanggal"},
            id="beri",
        ),
        "antar.form": form_file(line("penerima", "Penerima"), id="antar"),
    }


class LetterOffice(Dinas):
    """An office with the outgoing register; `kepala` does not keep it, `pengawas` oversees the office."""

    def __init__(self, *rules: LetterRule) -> None:
        super().__init__()
        self.hire("auditor", roles=frozenset({Role.AUDITOR}))
        for each in rules or (OUTGOING,):
            self.runtime.set_up_register(each, by=Signature.of_system())

    def reserve(self, task: UserTask, login: str, /, **typed: object) -> InstanceId:
        """Press *Ambil nomor* in the form of a task."""
        return self.agree(
            self.runtime.reserve_number(
                task.id,
                values_of(typed),
                actor=self.person(login),
                request=self.request(),
                revision=task.revision,
            )
        )

    def take(self, login: str, *, reason: str = "surat di luar Alur", **asked: str) -> LetterNumber:
        """Take a number by hand; `asked` are fields of the entry or of what is wanted."""
        wanted = {f: asked.pop(f) for f in ("classification", "unit", "number") if f in asked}
        entry = BookEntry(**{"subject": "Surat luar", **asked})
        found = self.runtime.reserve_by_hand(
            RegisterId("surat_keluar"),
            ByHand(
                wanted=Wanted(**{"classification": "005", "unit": "bidang", **wanted}), entry=entry
            ),
            reason,
            actor=self.person(login),
            request=self.request(),
        )
        return self.number(found)

    def confirm(self, number: LetterNumber, login: str, **entry: str) -> LetterNumber:
        """Confirm a number that was taken by hand."""
        found = self.runtime.confirm_number(
            number.id,
            dataclasses.replace(number.entry, **entry),
            actor=self.person(login),
            request=self.request(),
            revision=number.revision,
        )
        return self.number(found)

    def void(self, number: LetterNumber, login: str, reason: str = "salah ketik") -> LetterNumber:
        """Void a number."""
        found = self.runtime.void_number(
            number.id,
            reason,
            actor=self.person(login),
            request=self.request(),
            revision=number.revision,
        )
        return self.number(found)

    def number(self, number: LetterNumberId) -> LetterNumber:
        """Give a number as stored."""
        return self.store.transact(lambda tx: tx.letters.get_number(number))

    def numbers(self, instance: InstanceId) -> list[LetterNumber]:
        """Give the numbers of a case that are not voided."""
        return list(self.store.transact(lambda tx: tx.letters.list_of_case(instance)))

    def begin(self, package: Mapping[str, bytes] | None = None) -> InstanceId:
        """Start a letter."""
        return self.start(self.deploy_one(package or letter()).id, "bidang")

    def do(
        self, instance: InstanceId, element: str, login: str = "bidang", **values: object
    ) -> None:
        """Finish the open task at an element; the draft's usual values are given."""
        usual = {"perihal": "Undangan", "tujuan": "Camat", "kode": "005"}
        sent = {**usual, **values} if element == "susun" else values
        self.complete(self.task(instance, element), login, **sent)
