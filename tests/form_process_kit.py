"""A process with a form that has everything: fields that come and go, rows, files, money, numbers of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine_maps import drawn
from form_kit import form_file

from engine.actor import Signature
from engine.ids import AgencyId

if TYPE_CHECKING:
    from web.parts import Parts

REQUIRED = {"required": True}
PURPOSES = [
    {"value": "modal", "label": "Modal kerja"},
    {"value": "alat", "label": "Alat produksi"},
    {"value": "lain", "label": "Lainnya"},
]
GOODS = [
    {"value": "mesin", "label": "Mesin"},
    {"value": "bahan", "label": "Bahan"},
    {"value": "lain", "label": "Lainnya"},
]
COMPONENTS = (
    {"type": "text", "text": "## Pemohon\n\nIsi seperti pada KTP."},
    {
        "type": "textfield",
        "key": "nama",
        "label": "Nama pemohon",
        "validate": REQUIRED,
        "properties": {"pribadi": "ya"},
    },
    {
        "type": "textfield",
        "key": "nik",
        "label": "NIK",
        "description": "16 angka pada KTP.",
        "validate": REQUIRED,
        "properties": {"jenis": "nik", "pribadi": "ya"},
    },
    {
        "type": "textfield",
        "key": "telepon",
        "label": "Telepon",
        "properties": {"jenis": "telepon", "pribadi": "ya"},
    },
    {"type": "separator"},
    {
        "type": "radio",
        "key": "keperluan",
        "label": "Keperluan",
        "values": PURPOSES,
        "validate": REQUIRED,
    },
    {
        "type": "textfield",
        "key": "keperluan_lain",
        "label": "Keperluan lainnya",
        "validate": REQUIRED,
        "conditional": {"hide": '=keperluan != "lain"'},
    },
    {
        "type": "group",
        "label": "Alat yang diminta",
        "conditional": {"hide": '=keperluan != "alat"'},
        "components": [
            {"type": "text", "text": "Sebutkan tiap alat pada baris sendiri."},
            {
                "type": "dynamiclist",
                "path": "barang",
                "label": "Barang",
                "isRepeating": True,
                "allowAddRemove": True,
                "properties": {"wajib": "ya"},
                "components": [
                    {
                        "type": "select",
                        "key": "jenis",
                        "label": "Jenis",
                        "values": GOODS,
                        "validate": REQUIRED,
                    },
                    {
                        "type": "textfield",
                        "key": "jenis_lain",
                        "label": "Jenis lainnya",
                        "validate": REQUIRED,
                        "conditional": {"hide": '=this.jenis != "lain"'},
                    },
                    {
                        "type": "number",
                        "key": "harga",
                        "label": "Harga",
                        "appearance": {"prefixAdorner": "Rp"},
                        "decimalDigits": 2,
                    },
                ],
            },
            {"type": "filepicker", "key": "penawaran", "label": "Surat penawaran"},
        ],
    },
    {
        "type": "number",
        "key": "jumlah",
        "label": "Jumlah yang diminta",
        "appearance": {"prefixAdorner": "Rp"},
        "decimalDigits": 2,
        "validate": {"required": True, "min": 100000, "max": 50000000},
    },
    {
        "type": "textarea",
        "key": "alasan_besar",
        "label": "Alasan jumlah besar",
        "description": "Diminta untuk jumlah di atas Rp 10.000.000.",
        "validate": REQUIRED,
        "conditional": {"hide": "=jumlah = null or jumlah <= 10000000"},
    },
    {
        "type": "select",
        "key": "barang_utama",
        "label": "Barang utama",
        "valuesExpression": "=for b in barang return b.jenis",
        "conditional": {"hide": '=keperluan != "alat"'},
    },
    {
        "type": "datetime",
        "subtype": "date",
        "key": "dibutuhkan",
        "dateLabel": "Dibutuhkan tanggal",
        "disallowPassedDates": True,
    },
    {
        "type": "filepicker",
        "key": "lampiran",
        "label": "Lampiran",
        "multiple": True,
        "accept": ".pdf,.jpg,.png",
    },
    {
        "type": "textfield",
        "key": "kota",
        "label": "Kota",
        "defaultValue": "Pasuruan",
        "validate": {"pattern": "^[A-Z]", "patternErrorMessage": "Mulai dengan huruf besar."},
    },
    {"type": "checkbox", "key": "benar", "label": "Data ini benar", "validate": REQUIRED},
)


def package() -> dict[str, bytes]:
    """Give the process with its forms: one step fills the form in, the next one reads it."""
    lines = """
        start s name="Mulai"
        user isi name="Mengisi permohonan" formRef=isi
        user baca name="Membaca permohonan" formRef=baca
        end e name="Selesai"
        s -> isi
        isi -> baca
        baca -> e
    """
    shown = [
        {"type": "textfield", "key": "nik", "label": "NIK", "readonly": True},
        {
            "type": "table",
            "label": "Barang",
            "dataSource": "=barang",
            "columns": [{"key": "jenis", "label": "Jenis"}, {"key": "harga", "label": "Harga"}],
            "conditional": {"hide": "=barang = null"},
        },
        {"type": "textarea", "key": "catatan", "label": "Catatan"},
    ]
    return {
        "permohonan.bpmn": drawn(lines, key="permohonan", lanes={"subbag_umum": "s isi baca e"}),
        "isi.form": form_file(*COMPONENTS, id="isi"),
        "baca.form": form_file(*shown, id="baca"),
    }


def deploy(parts: Parts) -> None:
    """Put the process in force in the demonstration office; the post "Staf Sub Bagian Umum" does both steps."""
    parts.runtime.deploy(package(), agency=AgencyId("pasuruan"), by=Signature.of_system())
