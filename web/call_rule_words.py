"""What the gate finds about calls of processes and who starts them, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP, _PROCESS = "Langkah", "Proses"

ROWS: Mapping[str, tuple[str, str, str]] = {
    "call_expression": (
        _STEP,
        "menyebut proses yang dipanggil dengan ekspresi “{text}”; proses yang dipanggil harus pasti saat peta diberlakukan.",
        "Isi “Called element” dengan id prosesnya; untuk memilih di antara beberapa proses, pakai gerbang.",
    ),
    "call_binding": (
        _STEP,
        "memilih versi proses dengan “{text}”, yang tidak dikenal.",
        "Pilih salah satu: {known}.",
    ),
    "call_version": (
        _STEP,
        "memanggil proses menurut versi, tetapi nomor versinya belum diisi.",
        "Isi “Version” dengan bilangan bulat mulai dari 1.",
    ),
    "call_tag": (
        _STEP,
        "memanggil proses menurut tag versi, tetapi tagnya belum diisi.",
        "Isi “Version tag” dengan tag versi proses yang dipanggil.",
    ),
    "call_not_brought": (
        _STEP,
        "memanggil proses “{process}” dari paket yang sama, padahal berkasnya tidak disertakan.",
        "Sertakan berkasnya, atau pilih “latest” pada “Binding”.",
    ),
    "call_version_unknown": (
        _STEP,
        "memanggil proses “{process}” versi {version}, yang tidak ada. Versi yang ada: {there}.",
        "Pilih versi yang ada, atau “latest”; untuk peta di paket yang sama pilih “deployment”.",
    ),
    "call_version_not_made": (
        _STEP,
        "memanggil proses “{process}” versi {version}, padahal berkas di paket ini tidak berubah sehingga versinya tetap yang lama.",
        "Pilih “deployment” pada “Binding” untuk memakai peta di paket yang sama.",
    ),
    "call_tag_unknown": (
        _STEP,
        "memanggil proses “{process}” dengan tag versi “{tag}”, yang tidak ada. Versi yang ada: {there}.",
        "Pilih tag yang ada, atau isi “Version tag” pada peta yang dipanggil lalu sertakan.",
    ),
    "call_endless": (
        _STEP,
        "memanggil “{process}”, yang kembali memanggil proses ini tanpa berhenti pada siapa pun, sehingga tidak pernah selesai.",
        "Letakkan tugas, penantian pesan, atau pewaktu sebelum panggilannya, atau hapus panggilannya.",
    ),
    "call_itself": (
        _STEP,
        "memanggil “{process}”, yang dapat kembali memanggil proses ini.",
        "Pastikan ada jalan yang tidak memanggil lagi: paling banyak 100 proses boleh bersarang, sesudahnya perkara berhenti sebagai gangguan.",
    ),
    "mapping_local": (
        _STEP,
        "meneruskan data dengan “local”, yang hanya berarti di mesin lain.",
        "Hapus “local”; data yang hanya untuk langkah ini isikan di “Inputs”.",
    ),
    "mapping_business_key": (
        _STEP,
        "meneruskan kunci perkara lain, yaitu “{text}”; proses yang dipanggil berjalan di dalam perkara ini dan memakai kuncinya.",
        "Biarkan “execution.processBusinessKey”, atau hapus; teruskan nilai lain sebagai data.",
    ),
    "priority_wrong": (
        _STEP,
        "prioritasnya “{text}”, padahal harus bilangan bulat dari 0 sampai {limit}.",
        "Isi misalnya 80 untuk yang mendesak, atau kosongkan (biasa, 50).",
    ),
    "initiator_name": (
        "Elemen",
        "menyimpan siapa yang memulai perkara di “{name}”, yang tidak dapat menjadi nama data.",
        "Isi “Initiator” dengan huruf, angka, dan garis bawah, misalnya pemulai.",
    ),
    "retention_wrong": (
        _PROCESS,
        "masa simpan arsipnya “{text}” bukan lama waktu.",
        "Isi “History cleanup” dengan jumlah hari atau menurut ISO 8601, misalnya P5Y.",
    ),
    "starter_unknown": (
        _PROCESS,
        "menyebut yang boleh memulainya dengan jabatan, unit, atau nama masuk yang tidak ada di kantor ini: {names}.",
        "Periksa “Candidate starter groups” dan “Candidate starter users”, atau tambahkan jabatannya.",
    ),
}
