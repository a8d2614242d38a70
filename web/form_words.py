"""What is wrong with a form, in Indonesian: what, where, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.form import FieldCode, FieldProblem, FormCode, FormProblem
from web.expression_words import told
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.form import InvalidForm

FIELD_SENTENCES: Mapping[FieldCode, str] = {
    FieldCode.TOO_LARGE: "Isian terlalu banyak: paling banyak {limit} ribu huruf dalam satu kali kirim. "
    "Pindahkan teks yang panjang ke berkas lampiran.",
    FieldCode.UNKNOWN: "Isian “{field}” tidak ada pada formulir ini. Muat ulang halaman, lalu isi kembali.",
    FieldCode.HIDDEN: "Isian ini sedang tidak ditampilkan, sehingga tidak dapat diisi. Kosongkan, lalu kirim lagi.",
    FieldCode.APPEARED: "Isian ini baru muncul karena jawaban Anda. Isi bila perlu, lalu kirim lagi.",
    FieldCode.MISSING: "Isian ini tidak ikut terkirim. Periksa isinya, lalu kirim lagi.",
    FieldCode.TWICE: "Isian ini terkirim dua kali. Periksa isinya, lalu kirim lagi.",
    FieldCode.REQUIRED: "Kolom ini wajib diisi.",
    FieldCode.TICK_REQUIRED: "Centang dahulu pernyataan ini.",
    FieldCode.CHOICE_REQUIRED: "Pilih salah satu.",
    FieldCode.FILE_REQUIRED: "Lampirkan berkas.",
    FieldCode.ROW_REQUIRED: "Isi paling sedikit satu baris.",
    FieldCode.WRONG_TYPE: "Isian ini bukan {kind}. Periksa isinya, lalu kirim lagi.",
    FieldCode.TEXT_CONTROL: "Teks ini berisi tanda yang tidak tampak dan tidak dapat disimpan. "
    "Ketik ulang teksnya, jangan ditempel.",
    FieldCode.TEXT_LONG: "Teks ini {length} huruf; paling banyak {limit} huruf. Ringkas teksnya.",
    FieldCode.TEXT_SHORT: "Teks ini {length} huruf; paling sedikit {limit} huruf. Lengkapi teksnya.",
    FieldCode.TEXT_PATTERN: "Teks ini tidak sesuai bentuk yang diminta ({pattern}). Periksa tulisannya.",
    FieldCode.TEXT_PATTERN_SAID: "{sentence}",
    FieldCode.EMAIL_INVALID: "Ini bukan alamat surel. Tulis seperti nama@instansi.go.id.",
    FieldCode.NIK_INVALID: "NIK terdiri atas 16 angka, dan empat angka terakhirnya bukan 0000. Periksa pada KTP.",
    FieldCode.NIK_DATE: "Angka ke-7 sampai ke-12 NIK ({date}) bukan tanggal lahir (tanggal, bulan, tahun; untuk perempuan "
    "tanggal ditambah 40). Periksa pada KTP.",
    FieldCode.NIK_REGION: "Enam angka pertama NIK ({region}) bukan kode wilayah. Periksa pada KTP.",
    FieldCode.NIP_INVALID: "NIP terdiri atas 18 angka, dan angka ke-15 adalah 1 atau 2. Periksa angkanya.",
    FieldCode.NIP_DATE: "Tanggal lahir atau bulan pengangkatan di dalam NIP ini tidak mungkin. Periksa angkanya.",
    FieldCode.NPWP_INVALID: "NPWP terdiri atas 15 atau 16 angka. Periksa angkanya.",
    FieldCode.PHONE_INVALID: "Ini bukan nomor telepon. Tulis seperti 0812-3456-7890 atau +62 812 3456 7890; "
    "8 sampai 13 angka.",
    FieldCode.NUMBER_INVALID: "“{text}” bukan angka. Tulis seperti 1.500.000 atau 12,5.",
    FieldCode.NUMBER_AMBIGUOUS: "“{text}” bisa berarti {fraction} atau {whole}. "
    "Tulis {fraction} (dengan koma) bila pecahan, {whole} bila bilangan bulat.",
    FieldCode.NUMBER_LONG: "Angka ini terlalu panjang; paling banyak {limit} angka.",
    FieldCode.NUMBER_DECIMALS: "Paling banyak {limit} angka di belakang koma.",
    FieldCode.NUMBER_SMALL: "Angka ini terlalu kecil; paling sedikit {limit}.",
    FieldCode.NUMBER_LARGE: "Angka ini terlalu besar; paling banyak {limit}.",
    FieldCode.NUMBER_STEP: "Angka ini harus kelipatan {step}: {below} atau {above}.",
    FieldCode.DATE_INVALID: "“{text}” bukan tanggal yang ada di kalender. Tulis seperti 5 Desember 2026 "
    "atau 5/12/2026.",
    FieldCode.DATETIME_INVALID: "“{text}” bukan tanggal dan jam. Tulis seperti 5 Desember 2026 09.15 "
    "atau 5/12/2026 09.15.",
    FieldCode.DATE_RANGE: "Tahunnya harus antara {first} dan {last}. Periksa tahunnya.",
    FieldCode.DATE_PAST: "Tanggal ini sudah lewat; paling awal {first}. Periksa tanggalnya.",
    FieldCode.CHOICES_NONE: "Belum ada yang dapat dipilih. Isi dahulu isian yang menentukan pilihannya, atau sampaikan "
    "kepada pemilik proses.",
    FieldCode.CHOICE_UNKNOWN: "“{text}” tidak ada dalam pilihan. Pilih dari yang tersedia.",
    FieldCode.FILE_LOST: "Berkas yang tadi dipilih tidak ditemukan lagi. Pilih berkasnya sekali lagi.",
    FieldCode.FILE_SINGLE: "Hanya boleh satu berkas. Hilangkan centang pada berkas yang tidak dipakai.",
    FieldCode.FILE_MANY: "Paling banyak {limit} berkas. Gabungkan atau kurangi berkasnya.",
    FieldCode.FILE_EMPTY: "Berkas “{file}” kosong. Periksa berkasnya, lalu pilih lagi.",
    FieldCode.FILE_NAME: "Nama berkas “{file}” tidak dapat dipakai. Ganti namanya, lalu pilih lagi.",
    FieldCode.FILE_TYPE: "Berkas “{file}” tidak sesuai; yang diterima: {accept}. Ubah bentuknya, lalu pilih lagi.",
    FieldCode.FILE_LARGE: "Berkas “{file}” lebih besar daripada {limit} MB. Perkecil atau pecah berkasnya, lalu pilih lagi.",
    FieldCode.FILE_KIND: "Isi berkas “{file}” bukan dokumen, gambar, atau teks yang diterima. Simpan sebagai PDF, lalu "
    "pilih lagi.",
    FieldCode.FILE_ENDING: "Nama berkas “{file}” tidak cocok dengan isinya; untuk isi seperti itu akhirannya {endings}. "
    "Periksa berkasnya, lalu pilih lagi.",
    FieldCode.FILE_PROGRAM: "Berkas “{file}” memuat program, dan program tidak diterima. Pilih berkas lain.",
    FieldCode.FILE_MACROS: "Berkas “{file}” memuat makro. Simpan tanpa makro atau sebagai PDF, lalu pilih lagi.",
    FieldCode.FILE_PACKED: "Berkas “{file}” rusak, berkata sandi, atau menjadi terlalu besar bila dibuka. Simpan ulang, "
    "lalu pilih lagi.",
    FieldCode.ROWS_MANY: "Paling banyak {limit} baris. Pindahkan daftar yang panjang ke berkas lampiran.",
    FieldCode.LETTER_CLASSIFICATION_MISSING: "Isi dahulu kode klasifikasi; nomor surat memuatnya.",
    FieldCode.LETTER_CLASSIFICATION_SHAPE: "“{text}” bukan kode klasifikasi. Pakai huruf, angka, titik, dan tanda hubung, "
    "misalnya 000.8.3.3.",
    FieldCode.LETTER_CLASSIFICATION_OTHER: "Nomor {number} sudah diambil dengan klasifikasi lain. Kembalikan klasifikasinya, "
    "atau batalkan nomor itu di buku agenda, lalu ambil yang baru.",
    FieldCode.LETTER_UNIT_MISSING: "Nomor surat memuat kode unit, tetapi unitnya belum diketahui. Pilih unitnya.",
    FieldCode.LETTER_UNIT_CODE: "Unit {unit} belum mempunyai kode dalam aturan nomor. Minta administrator melengkapinya.",
    FieldCode.LETTER_TYPED: "Nomor ini tidak diketik; Alur mengambilnya dari register. Tekan Ambil nomor, atau kirim saja.",
    FieldCode.LETTER_DOUBLE: "Nomor {number} sudah ada di register. Periksa nomornya.",
}
"""One sentence for each thing that can be wrong in a submission."""

KINDS: Mapping[str, str] = {
    "textfield": "teks",
    "textarea": "teks",
    "number": "angka",
    "select": "pilihan",
    "radio": "pilihan",
    "checkbox": "ya atau tidak",
    "checklist": "daftar pilihan",
    "date": "tanggal",
    "datetime": "tanggal dan jam",
    "filepicker": "berkas",
    "dynamiclist": "daftar baris",
}
"""What each kind of field takes."""

FORM_SENTENCES: Mapping[FormCode, str] = {
    FormCode.TOO_LARGE: "Berkas formulir lebih besar daripada {limit} kB. Pecah menjadi beberapa formulir.",
    FormCode.JSON: "Berkas ini bukan JSON yang utuh. Simpan ulang formulir dari Camunda Modeler, lalu unggah lagi.",
    FormCode.NOT_A_FORM: "Berkas ini bukan formulir form-js (“type”: “default”, “id”, dan “components” harus ada). "
    "Buat formulirnya di Camunda Modeler.",
    FormCode.SCHEMA_VERSION: "Versi skema {found} tidak dikenal; Alur membaca versi 1 sampai {newest}. "
    "Simpan formulir dengan Camunda Modeler yang sesuai.",
    FormCode.COMPONENT_SHAPE: "Ada komponen yang bukan objek. Simpan ulang formulir dari Camunda Modeler.",
    FormCode.COMPONENT_UNKNOWN: "Jenis komponen “{type}” belum didukung Alur. Hapus, atau ganti dengan jenis lain.",
    FormCode.NESTING: "Komponen “{type}” tidak dapat berada di dalam bagian ini. Pindahkan ke luar.",
    FormCode.TOO_MANY_PARTS: "Formulir ini memuat lebih dari {limit} komponen. Pecah menjadi beberapa langkah.",
    FormCode.PROPERTY_UNSUPPORTED: "Sifat “{property}” belum didukung Alur. Kosongkan sifat itu di Camunda Modeler.",
    FormCode.PROPERTY_VALUE: "Sifat “{property}” berisi nilai yang tidak dapat dipakai; yang diterima: {expected}.",
    FormCode.EXPRESSION_UNSUPPORTED: "Sifat “{property}” berisi rumus; di sini Alur hanya menerima teks atau nilai tetap.",
    FormCode.FORMULA_PREFIX: "Sifat “{property}” harus berupa rumus FEEL yang diawali “=”. Perbaiki di Camunda Modeler.",
    FormCode.FORMULA_INVALID: "Rumus “{formula}” pada sifat “{property}” tidak dapat dibaca. {reason}",
    FormCode.FORMULA_CIRCLE: "Syarat dan pilihan isian ini saling menentukan berputar ({fields}), sehingga tidak ada yang "
    "dapat dihitung lebih dahulu. Putuskan lingkarannya.",
    FormCode.PATTERN_INVALID: "Pola “{pattern}” bukan pola (regular expression) yang dapat dibaca, atau terlalu besar. "
    "Perbaiki polanya.",
    FormCode.PATTERN_UNSUPPORTED: "Pola “{pattern}” memuat “{part}”, yang tidak dapat diperiksa Alur. Tulis polanya tanpa itu.",
    FormCode.DEFAULT_INVALID: "Nilai awal “{default}” tidak akan diterima oleh isiannya sendiri. {reason}",
    FormCode.DEFAULT_UNUSED: "Isian ini hanya ditampilkan, sehingga nilai awalnya tidak pernah dipakai. Kosongkan nilai awalnya.",
    FormCode.ACCEPT_NEVER: "Berkas {accept} tidak pernah diterima Alur. Hapus dari sifat “accept”.",
    FormCode.LABEL_MISSING: "Label belum diisi. Beri label supaya petugas tahu apa yang diisi.",
    FormCode.KEY_SHAPE: "Kunci “{key}” tidak dapat dipakai. Pakai huruf a–z, angka, dan garis bawah, diawali huruf, "
    "paling banyak 64 huruf.",
    FormCode.KEY_RESERVED: "Kunci “{key}” adalah kata milik bahasa rumus atau mesin. Ganti dengan nama lain.",
    FormCode.KEY_TWICE: "Kunci “{key}” dipakai dua kali pada formulir ini. Beri tiap isian kunci sendiri.",
    FormCode.OPTIONS_MISSING: "Pilihannya belum ada. Isi daftar pilihan tetap (static), data, atau rumus di Camunda Modeler.",
    FormCode.OPTIONS_TWICE: "Pilihannya berasal dari lebih dari satu tempat ({sources}). Sisakan satu.",
    FormCode.OPTION_TWICE: "Pilihan “{option}” ada dua kali. Beri tiap pilihan nilai sendiri.",
    FormCode.COLUMNS_MISSING: "Tabel ini belum punya kolom. Tambahkan paling sedikit satu kolom.",
    FormCode.MARKUP_UNSUPPORTED: "Teks ini memakai tanda “{text}”; Alur hanya mengenal judul (#), paragraf, dan "
    "daftar (*). Hapus tanda itu.",
}
"""One sentence for each thing that can be wrong in a form file."""


def problem_text(problem: FieldProblem) -> str:
    """Give the sentence for one problem of a submission, without saying where it is."""
    params = dict(problem.params)
    if "kind" in params:
        params["kind"] = _(KINDS[params["kind"]])
    return _(FIELD_SENTENCES[problem.code]).format_map(params)


def place_text(problem: FieldProblem) -> str:
    """Give where a problem is: `Penerima, baris 2, Nama`; empty for the form as a whole."""
    row = _("baris {number}")
    return ", ".join(row.format(number=p) if isinstance(p, int) else p for p in problem.place)


def form_problem_text(problem: FormProblem) -> str:
    """Give the sentence for one problem of a form file, with the component it is at."""
    text = _(FORM_SENTENCES[problem.code]).format_map(
        {**problem.params, "reason": _reason(problem)}
    )
    at = _("Isian “{component}”: {text}")
    return at.format(component=problem.component, text=text) if problem.component else text


def form_problem_texts(error: InvalidForm) -> list[str]:
    """Give one sentence for each problem of a form file, with the file."""
    return [f"{error.file}: {form_problem_text(problem)}" for problem in error.problems]


def _reason(problem: FormProblem) -> str:
    if isinstance(problem.reason, FieldProblem):
        return problem_text(problem.reason)
    if problem.reason is None:
        return ""
    return told(problem.reason)
