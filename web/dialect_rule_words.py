"""What the gate finds of other engines in a drawing, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP, _ELEMENT = "Langkah", "Elemen"
_EXTERNAL = "Ganti dengan tugas eksternal (pilih “External” dan isi Topic), atau dengan ekspresi."

ROWS: Mapping[str, tuple[str, str, str]] = {
    "task_untyped": (
        _STEP,
        "belum berjenis, sehingga tidak jelas siapa atau apa yang mengerjakannya.",
        "Pilih jenisnya lewat tombol kunci pas: User Task untuk isian orang, Manual Task untuk pekerjaan tanpa isian, Service Task untuk sistem lain.",
    ),
    "extension_unknown": (
        _ELEMENT,
        "memuat tambahan {kind}, yang tidak dikenal Alur dan tidak berpengaruh.",
        "Periksa tulisannya; hapus bila tidak diperlukan.",
    ),
    "extension_without_effect": (
        _ELEMENT,
        "memuat tambahan {kind}, yang tidak berpengaruh di Alur.",
        "Biarkan, atau hapus di Camunda Modeler.",
    ),
    "attribute_without_effect": (
        _ELEMENT,
        "memuat sifat “{attribute}” = “{value}”, yang tidak berpengaruh di Alur.",
        "Biarkan, atau kosongkan di Camunda Modeler.",
    ),
    "dialects_mixed": (
        _ELEMENT,
        "memuat isian Camunda 7 dan Camunda 8 sekaligus; hanya salah satu yang akan dibaca.",
        "Sisakan satu: simpan gambarnya untuk Camunda Platform 7 atau untuk Camunda 8.",
    ),
    "program_class": (
        _ELEMENT,
        "kelas Java “{value}” tidak dapat dijalankan di sini.",
        _EXTERNAL,
    ),
    "program_delegate": (
        _ELEMENT,
        "delegate expression “{value}” memanggil kode program, yang tidak dapat dijalankan di sini.",
        _EXTERNAL,
    ),
    "program_connector": (
        _ELEMENT,
        "konektor Camunda tidak dapat dijalankan di sini.",
        "Ganti dengan tugas eksternal bertopik alur.http atau alur.surel.",
    ),
    "program_field": (
        _ELEMENT,
        "memuat Field injection, yang mengisi kelas Java; kelas Java tidak dapat dijalankan di sini.",
        "Hapus; data untuk tugas eksternal ditulis di “Inputs”.",
    ),
    "program_listener": (
        _ELEMENT,
        "memuat {kind} yang menjalankan kode program; itu tidak dapat dijalankan di sini.",
        "Hapus, atau gambar pekerjaannya sebagai langkah sendiri: tugas skrip atau tugas eksternal.",
    ),
    "listener_expression": (
        _ELEMENT,
        "memuat {kind} berupa ekspresi; Alur tidak menjalankan apa pun di balik sebuah langkah.",
        "Hapus, dan tulis ekspresinya di tugas skrip atau di “Outputs” langkah itu.",
    ),
    "program_mapping": (
        _STEP,
        "data panggilannya dipetakan oleh kode program “{value}”, yang tidak dapat dijalankan di sini.",
        "Ganti dengan “In mappings” dan “Out mappings”.",
    ),
    "form_handler": (
        _STEP,
        "formulirnya dilayani kelas Java “{value}”, yang tidak dapat dijalankan di sini.",
        "Hapus, dan pakai formulir (“Camunda forms”) atau “Generated task form”.",
    ),
    "form_property": (
        _STEP,
        "memakai “form property” gaya lama, yang tidak dijalankan Alur.",
        "Ganti dengan “Generated task form” (formData) atau formulir sendiri.",
    ),
    "form_version": (
        _STEP,
        "formulirnya dipilih menurut “{attribute}” = “{value}”; Alur selalu memakai formulir yang dipasang bersama gambarnya.",
        "Pilih Binding “deployment” atau “latest”, dan sertakan berkas formulirnya.",
    ),
    "form_elsewhere": (
        _STEP,
        "formulirnya berada di aplikasi lain (“{value}”).",
        "Buat formulirnya di Camunda Modeler (“Camunda Form”), dan sertakan berkasnya.",
    ),
    "case_called": (
        _STEP,
        "memanggil kasus CMMN (“{attribute}” = “{value}”), yang tidak dijalankan Alur.",
        "Panggil proses BPMN.",
    ),
    "call_calculated": (
        _STEP,
        "proses yang dipanggil dihitung (“{value}”), sehingga tidak dapat dipastikan saat dipasang.",
        "Tulis id prosesnya; untuk memilih di antara beberapa, pakai gerbang.",
    ),
    "tenant_named": (
        _ELEMENT,
        "menyebut “{attribute}” = “{value}”, padahal tiap kantor di Alur hanya memakai miliknya sendiri.",
        "Kosongkan.",
    ),
    "work_kind": (
        _STEP,
        "jenis pekerjaan “{value}” tidak dijalankan Alur.",
        "Pilih “External” dan isi Topic: alur.surel untuk surat elektronik, atau topik sistem luar.",
    ),
    "work_error": (
        _STEP,
        "memetakan kegagalan sistem luar menjadi galat dengan ekspresi, yang tidak dijalankan Alur.",
        "Hapus; sistem luar melaporkan galat dengan kodenya, dan kejadian galat di tepi langkah menangkapnya.",
    ),
    "script_resource": (
        _ELEMENT,
        "skripnya berada di berkas lain (“{value}”), yang tidak dijalankan Alur.",
        "Tulis skripnya di dalam gambar, dalam FEEL.",
    ),
    "condition_language": (
        "Garis alir",
        "syaratnya berbahasa “{language}”; Alur hanya menjalankan FEEL dan JUEL.",
        "Tulis ulang dalam FEEL atau JUEL, atau kosongkan bahasanya.",
    ),
    "service_place": (
        "Kejadian",
        "menyebut sistem yang mengerjakannya, padahal tidak mengirim pesan.",
        "Jadikan kejadian pesan, atau hapus “Task definition”-nya.",
    ),
}
