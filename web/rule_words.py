"""What the gate found in a file, in Indonesian: what, why, and what to do. One line a code."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from engine.errors import AlurError
from engine.form import FormProblem
from engine.rule import Severity
from web.form_words import form_problem_text
from web.i18n import _
from web.words import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.rule import Finding

SENTENCES: Mapping[str, str] = {
    # the package
    "package_empty": "Tidak ada berkas .bpmn di sini. Sertakan gambar prosesnya.",
    "package_too_many": "Terlalu banyak berkas; paling banyak {limit}. Berlakukan sebagian-sebagian.",
    "file_kind": "Berkas ini bukan .bpmn atau .form. Keluarkan dari paket.",
    "form_twice": "Formulir “{form}” ada dua kali. Sisakan satu.",
    "form_invalid": "Formulir tidak dapat dipakai: {problem}",
    "not_executable": "Tidak ada proses yang dapat dijalankan di berkas ini. Centang “Executable” pada prosesnya, "
    "atau simpan sebagai gambar saja.",
    "process_twice": "Proses “{key}” juga ada di {other}. Sisakan satu.",
    # the file
    "file_too_large": "Berkas lebih besar daripada {limit} byte. Pecah prosesnya.",
    "file_not_xml": "Berkas ini bukan XML yang utuh. Simpan ulang dari Modeler.",
    "file_doctype": "Berkas memuat DOCTYPE, yang tidak diterima. Simpan ulang dari Modeler.",
    "file_encoding": "Huruf berkas memakai {encoding}; yang diterima UTF-8 atau UTF-16. Simpan ulang dari Modeler.",
    "file_not_bpmn": "Berkas ini bukan BPMN. Pilih berkas lain.",
    "file_too_deep": "Isi berkas bertumpuk terlalu dalam (batas {depth}). Ratakan subprosesnya.",
    "file_too_many_elements": "Gambar memuat lebih dari {limit} elemen. Pecah prosesnya.",
    "file_no_process": "Berkas ini tidak memuat proses. Gambar prosesnya dahulu.",
    "file_no_id": "Ada {kind} tanpa id. Simpan ulang dari Modeler.",
    "drawing_bounds": "Letak gambar elemen ini tidak dapat dibaca. Geser elemennya, lalu simpan ulang.",
    "drawing_reference": "Gambar menunjuk elemen yang tidak ada. Hapus bentuknya, lalu gambar ulang.",
    "drawing_twice": "Elemen ini digambar dua kali. Hapus salah satunya.",
    # rules
    "id_form": "Id ini tidak dapat dipakai: mulai dengan huruf, lalu huruf, angka, titik, garis bawah, atau tanda hubung.",
    "id_twice": "Id ini dipakai dua kali. Ganti salah satunya.",
    "element_refused": "Alur belum dapat menjalankan elemen “{kind}”. Ganti dengan elemen lain, atau simpan sebagai gambar saja.",
    "extension_refused": "Alur tidak menjalankan tambahan “{kind}”. Kosongkan di Modeler.",
    "attribute_refused": "Alur tidak menjalankan atribut “{attribute}”. Kosongkan di Modeler.",
    "attribute_unknown": "Atribut “{attribute}” tidak dikenal dan tidak berpengaruh. Hapus bila tidak perlu.",
    "flow_loose": "Garis alir ini tidak tersambung ke “{missing}”. Sambungkan, atau hapus.",
    "flow_across": "Garis alir ini menembus batas subproses. Sambungkan di dalam atau di luar saja.",
    "flow_direction": "Garis alir masuk ke awal atau keluar dari akhir. Balikkan, atau hapus.",
    "start_count": "Harus ada tepat satu awal, tetapi ada {count}. Sisakan atau tambahkan satu.",
    "end_missing": "Belum ada akhir. Tambahkan kejadian akhir.",
    "start_leads_nowhere": "Awal ini tidak menuju ke mana pun. Sambungkan ke langkah pertama.",
    "dead_end": "Langkah ini tidak menuju ke mana pun. Sambungkan ke langkah berikut atau ke akhir.",
    "implicit_split": "Ada {count} garis keluar dari langkah ini. Pakai gerbang agar jelas mana yang ditempuh.",
    "conditional_flow": "Garis bersyarat keluar dari langkah. Pakai gerbang untuk syaratnya.",
    "default_unknown": "Jalur baku “{flow}” bukan garis keluar gerbang ini. Pilih ulang jalur bakunya.",
    "condition_missing": "Garis keluar gerbang “{gateway}” ini tidak mempunyai syarat. Isi syaratnya, atau jadikan jalur baku.",
    "condition_on_default": "Jalur baku gerbang “{gateway}” tidak boleh bersyarat. Hapus syaratnya.",
    "condition_on_parallel": "Garis keluar gerbang paralel tidak boleh bersyarat. Hapus syaratnya.",
    "expression_invalid": "Syarat “{text}” tidak dapat dibaca. {error}",
    "lane_missing": "Langkah orang ini tidak berada di lajur mana pun. Letakkan di sebuah lajur.",
    "recorder_wrong": "“dicatat_oleh” harus menunjuk lajur internal. Isi dengan id lajur yang mencatat.",
    "recorder_of_unknown": "“dicatat_oleh.{lane}” menunjuk lajur yang tidak ada. Perbaiki id lajurnya.",
    "narrowing_invalid": "Penerima atau tenggat tugas ini tidak dapat dibaca. {error}",
    "form_not_named": "Langkah orang ini tidak menyebut formulirnya dengan benar. Pilih formulirnya di Modeler.",
    "form_not_there": "Formulir “{form}” tidak ada dalam paket. Sertakan berkasnya.",
    "script_language": "Skrip memakai bahasa “{language}”; Alur hanya menjalankan FEEL. Ganti bahasanya.",
    "script_result_missing": "Skrip ini tidak menyebut variabel hasilnya. Isi “Result variable”.",
    "script_invalid": "Skrip ini tidak dapat dibaca. {error}",
    "repetition_place": "Pengulangan hanya untuk langkah, subproses, dan proses panggilan. Hapus pengulangannya.",
    "repetition_over_what": "Pengulangan harus menyebut jumlah atau daftar, salah satu saja. Isi salah satunya.",
    "repetition_invalid": "Pengulangan ini tidak dapat dibaca. {error}",
    "call_empty": "Langkah panggilan ini tidak menyebut proses yang dipanggil. Isi “Called element”.",
    "call_unknown": "Proses “{process}” yang dipanggil belum ada. Berlakukan dahulu, atau sertakan dalam paket.",
    "mapping_incomplete": "Pemetaan data panggilan ini belum lengkap. Isi asal dan tujuannya.",
    "mapping_invalid": "Pemetaan data panggilan ini tidak dapat dibaca. {error}",
    "unreachable": "Langkah ini tidak dapat dicapai dari awal. Sambungkan, atau hapus.",
    "form_missing": "Formulir “{form}” tidak ada dalam paket. Sertakan berkasnya.",
    "trial_failed": "Proses gagal saat dicoba. {error}",
}
"""One sentence a code."""


def finding_sentence(finding: Finding) -> str:
    """Say what was found; a code without a sentence is named, with what is known of it."""
    text = _(SENTENCES.get(finding.code, "Ditemukan “{code}”. Sampaikan kepada pembuat Alur."))
    params = {"code": finding.code, **{k: _shown(v) for k, v in finding.params.items()}}
    names = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}
    return text.format(**{name: params.get(name) or "…" for name in names})


def finding_line(finding: Finding) -> str:
    """Say what was found with its place: file, line, element, and whether it refuses the file."""
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    element = finding.element_name or finding.element_id
    verdict = _("ditolak") if finding.severity is Severity.ERROR else _("peringatan")
    named = f" “{element}” ({finding.element_id})" if element else ""
    return f"{place}: {verdict}:{named} {finding_sentence(finding)}"


def _shown(value: object) -> str:
    if isinstance(value, AlurError):
        return explain(value)
    return form_problem_text(value) if isinstance(value, FormProblem) else str(value)
