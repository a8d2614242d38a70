"""What the gate finds about a package and its files as a whole, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE, _PROCESS, _ELEMENT, _FLOW = "Berkas", "Proses", "Elemen", "Garis alir"
_SAVE = "Simpan ulang dari Camunda Modeler, lalu unggah lagi."

ROWS: Mapping[str, tuple[str, str, str]] = {
    # the package
    "package_empty": (
        _FILE,
        "Tidak ada gambar proses (.bpmn) atau keputusan (.dmn) di antara berkas ini.",
        "Sertakan salah satunya.",
    ),
    "package_too_many": (
        _FILE,
        "Berkasnya lebih dari {limit}, batas untuk sekali pemberlakuan.",
        "Berlakukan sebagian dahulu.",
    ),
    "file_kind": (
        _FILE,
        "Berkas ini bukan .bpmn, .dmn, atau .form.",
        "Keluarkan dari daftar berkas.",
    ),
    "form_twice": (
        _FILE,
        "Formulir dengan id “{form}” sudah ada di berkas lain, sehingga tidak jelas mana yang dipakai.",
        "Ganti id salah satunya, atau hapus salah satu berkas.",
    ),
    "form_invalid": (_FILE, "Formulir ini tidak dapat dipakai.", "{problem}"),
    "not_executable": (
        _PROCESS,
        "tidak ditandai untuk dijalankan, sehingga disimpan sebagai peta saja.",
        "Bila akan dijalankan, centang “Executable” pada prosesnya.",
    ),
    "map_of_running": (
        _PROCESS,
        "sudah berlaku versi {version} dan tetap berjalan; berkas ini tidak ditandai untuk dijalankan, sehingga hanya disimpan sebagai peta.",
        "Bila akan menggantikannya, centang “Executable” pada prosesnya.",
    ),
    "process_twice": (
        _PROCESS,
        "proses dengan id ini juga ada di berkas {other}.",
        "Sisakan satu saja.",
    ),
    "trial_time": (
        _FILE,
        "Pemeriksaan berkas ini tidak selesai dalam {seconds} detik, sehingga dihentikan.",
        "Sederhanakan gambarnya: pengulangan, waktu berulang, dan ekspresi yang sangat panjang.",
    ),
    "trial_memory": (
        _FILE,
        "Pemeriksaan berkas ini memerlukan lebih dari {megabytes} MB, sehingga dihentikan.",
        "Sederhanakan gambarnya, atau pecah menjadi beberapa berkas.",
    ),
    "trial_broken": (
        _FILE,
        "Pemeriksaan berkas ini berhenti karena kesalahan di Alur sendiri.",
        "Kirimkan berkasnya kepada pengelola Alur; sementara itu, ubah bagian yang terakhir digambar.",
    ),
    "trial_failed": (
        _ELEMENT,
        "saat dicoba, perkara tidak dapat melewatinya. {error}",
        "Perbaiki gambarnya, lalu coba lagi.",
    ),
    # the file
    "file_too_large": (
        _FILE,
        "Berkas ini lebih besar daripada {megabytes} MB.",
        "Pecah prosesnya menjadi beberapa berkas.",
    ),
    "file_not_xml": (
        _FILE,
        "Berkas ini bukan XML yang utuh: terpotong, rusak, atau bukan gambar proses.",
        _SAVE,
    ),
    "file_doctype": (
        _FILE,
        "Berkas ini memuat DOCTYPE, yang dapat dipakai untuk membaca berkas lain.",
        _SAVE,
    ),
    "file_encoding": (
        _FILE,
        "Huruf berkas ini disimpan sebagai {encoding}; yang dibaca hanya UTF-8 dan UTF-16.",
        _SAVE,
    ),
    "file_not_bpmn": (
        _FILE,
        "Berkas ini XML, tetapi bukan gambar BPMN.",
        "Pilih berkas gambar prosesnya.",
    ),
    "file_too_many_attributes": (
        _FILE,
        "satu elemen memuat lebih dari {limit} sifat.",
        _SAVE,
    ),
    "file_too_deep": (
        _FILE,
        "Isi berkas ini bertumpuk lebih dari {depth} tingkat.",
        "Kurangi subproses di dalam subproses.",
    ),
    "file_too_many_elements": (
        _FILE,
        "Gambar ini memuat lebih dari {limit} elemen.",
        "Pecah menjadi beberapa proses yang saling memanggil.",
    ),
    "file_no_process": (_FILE, "Gambar ini tidak memuat proses.", "Gambar prosesnya dahulu."),
    "file_no_id": (_FILE, "Ada {kind} tanpa id, sehingga tidak dapat disebut.", _SAVE),
    "drawing_bounds": (
        _ELEMENT,
        "letak dan ukuran gambarnya tidak dapat dibaca.",
        "Geser elemennya sedikit, lalu simpan ulang.",
    ),
    "drawing_waypoints": (
        _FLOW,
        "titik-titik garisnya tidak dapat dibaca.",
        "Geser garisnya sedikit, lalu simpan ulang.",
    ),
    "drawing_reference": (
        _ELEMENT,
        "ada bentuk untuknya pada gambar, tetapi elemennya sendiri tidak ada.",
        "Hapus bentuknya, lalu gambar ulang.",
    ),
    "drawing_twice": (_ELEMENT, "digambar dua kali pada lembar yang sama.", "Hapus salah satunya."),
}
"""One row a code: what it is found at, what is wrong and why, and what to do."""
