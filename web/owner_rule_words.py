"""What the gate finds of mistakes that owners make, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.form.words import number_words
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTING, _FLOW, _EVENT, _LOOP, _PROCESS, _STEP = (
    "Percabangan",
    "Garis alir",
    "Kejadian",
    "Putaran mulai di",
    "Proses",
    "Langkah",
)

ROWS: Mapping[str, tuple[str, str, str]] = {
    "ways_gap": (
        _PARTING,
        "tidak mempunyai jalan bila {example}; perkara akan berhenti di situ sebagai kendala.",
        "Tambahkan garis untuk keadaan itu, atau jadikan salah satu garis “default flow”.",
    ),
    "ways_unsure": (
        _PARTING,
        "semua garisnya bersyarat dan tidak dapat dipastikan bahwa selalu ada yang terpenuhi; bila tidak ada, perkara berhenti di situ sebagai kendala.",
        "Jadikan salah satu garis “default flow”, kecuali Anda yakin syaratnya mencakup semua keadaan.",
    ),
    "condition_never": (
        _FLOW,
        "syaratnya (“{text}”) tidak pernah terpenuhi oleh pilihan atau angka yang dapat diisi di formulir.",
        "Samakan tulisannya dengan nilai pilihan di formulir.",
    ),
    "conditions_overlap": (
        _FLOW,
        "syaratnya dapat terpenuhi bersamaan dengan “{text}”, misalnya bila {example}; yang ditempuh hanya garis yang lebih dahulu digambar.",
        "Perjelas syaratnya supaya hanya satu yang terpenuhi.",
    ),
    "message_without_key": (
        _EVENT,
        "menunggu pesan “{message}” tanpa kunci; bila beberapa perkara menunggunya, tidak jelas perkara mana yang dimaksud.",
        "Isi properti “pesan.kunci”, misalnya dengan nomor surat, di sini dan di pengirimnya.",
    ),
    "form_unused": (
        _PROCESS,
        "formulir “{form}” disertakan, tetapi tidak dipakai langkah mana pun.",
        "Periksa “Form reference” di langkah yang seharusnya memakainya, atau jangan sertakan.",
    ),
    "loop_without_wait": (
        _LOOP,
        "tidak melewati langkah yang menunggu siapa pun ({elements}); bila syarat keluarnya keliru, perkara berhenti sebagai kendala.",
        "Pastikan hitungannya selalu sampai ke jalan keluar.",
    ),
    "loop_endless": (
        _LOOP,
        "tidak menunggu siapa pun dan tidak mengubah data yang menentukan jalan keluarnya ({elements}), sehingga tidak pernah selesai.",
        "Letakkan langkah orang atau kejadian menunggu di dalamnya, atau hapus garis baliknya.",
    ),
    "people_unknown": (
        _STEP,
        "diperuntukkan bagi “{names}”, yang tidak ada di kantor ini; perkara akan berhenti di situ sebagai kendala.",
        "Perbaiki kode jabatan, kode unit, atau nama masuknya.",
    ),
    "people_without_lane": (
        _STEP,
        "hanya boleh diambil “{names}”, yang tidak memegang lajur “{lane}”, sehingga tugasnya tidak sampai ke siapa pun.",
        "Beri lajur itu kepada jabatannya di halaman Kantor, atau tunjuk yang lain.",
    ),
}


def example_words(example: object) -> str:
    """Say values of variables: `keputusan` “tolak” dan `jumlah` 3."""
    if not isinstance(example, tuple):
        return str(example)
    return _(" dan ").join(f"{name} {_value_words(value)}" for name, value in example)


def _value_words(value: object) -> str:
    if value is None:
        return _("kosong")
    if isinstance(value, bool):
        return _("dicentang") if value else _("tidak dicentang")
    return number_words(value) if isinstance(value, Decimal) else f"“{value}”"
