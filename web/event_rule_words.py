"""What the gate finds about the places of events, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVENT, _GATEWAY, _LINK = "Kejadian", "Gerbang kejadian", "Kejadian tautan"

ROWS: Mapping[str, tuple[str, str, str]] = {
    "event_several": (
        _EVENT,
        "menunggu atau mengirim lebih dari satu hal; hanya satu yang dapat dijalankan.",
        "Pisahkan menjadi beberapa kejadian.",
    ),
    "event_without_trigger": (
        _EVENT,
        "belum menyebut apa yang ditunggu.",
        "Pilih Timer, Message, atau Signal lewat tombol kunci pas di Camunda Modeler.",
    ),
    "boundary_loose": (
        _EVENT,
        "tidak menempel pada langkah yang dapat dihentikan (“{host}”).",
        "Tempelkan pada tepi langkah, subproses, atau proses yang dipanggil.",
    ),
    "boundary_entered": (
        _EVENT,
        "menempel pada langkah, tetapi ada garis alir yang masuk ke kejadian ini.",
        "Hapus garis itu: kejadian ini mulai bila yang ditunggu datang.",
    ),
    "inner_start_trigger": (
        _EVENT,
        "mengawali subproses dengan pemicu; subproses dimulai oleh alurnya saja.",
        "Jadikan kejadian awal biasa, atau letakkan kejadian menunggu sesudahnya.",
    ),
    "timer_thrown": (
        _EVENT,
        "mengirim batas waktu; waktu hanya dapat ditunggu.",
        "Jadikan kejadian menunggu (Intermediate Catch), atau hapus timer-nya.",
    ),
    "event_place": (
        _EVENT,
        "memakai pemicu “{kind}” di tempat yang tidak mengenalnya.",
        "Ganti pemicunya, atau pindahkan kejadian ini.",
    ),
    "handler_untriggered": (
        "Subproses kejadian",
        "kejadian awalnya belum menyebut apa yang memulainya.",
        "Pilih Message, Timer, Signal, Error, atau Escalation pada kejadian awalnya.",
    ),
    "link_nameless": (_LINK, "belum bernama.", "Beri nama yang sama pada kedua sisinya."),
    "link_unpaired": (
        _LINK,
        "“{link}” tidak mempunyai pasangan di tingkat proses yang sama.",
        "Beri kejadian tautan di seberangnya nama yang sama, huruf demi huruf.",
    ),
    "link_several": (
        _LINK,
        "“{link}” mempunyai lebih dari satu tujuan.",
        "Sisakan satu kejadian penerima untuk setiap nama.",
    ),
    "link_flow": (
        _LINK,
        "disambung dengan garis alir di sisi tautannya.",
        "Hapus garis itu: tautannya sendiri yang menyambung.",
    ),
    "raised_code_missing": (
        _EVENT,
        "melempar galat atau eskalasi tanpa kode.",
        "Isi kodenya (Error code / Escalation code) di Camunda Modeler.",
    ),
    "raised_code_wrong": (
        _EVENT,
        "memakai kode yang terlalu panjang atau memuat tanda yang tidak tampak (“{text}”).",
        "Pakai kode pendek, misalnya DITOLAK.",
    ),
    "raised_variable": (
        _EVENT,
        "menyimpan kode atau pesannya ke “{name}”, yang bukan nama variabel.",
        "Pakai huruf, angka, dan garis bawah saja.",
    ),
    "raised_never": (
        _EVENT,
        "menempel pada “{host}”, yang tidak pernah melempar galat atau eskalasi.",
        "Tempelkan pada subproses, proses yang dipanggil, atau tugas layanan, atau hapus.",
    ),
    "error_caught_nowhere": (
        _EVENT,
        "melempar galat “{text}” yang tidak ditangkap di peta ini; perkara akan berhenti sebagai kendala.",
        "Tempelkan kejadian galat pada subproses di sekelilingnya, kecuali proses pemanggil menangkapnya.",
    ),
    "error_not_interrupting": (
        _EVENT,
        "menangkap galat tanpa menghentikan langkahnya; galat selalu menghentikan.",
        "Jadikan kejadian yang menghentikan (interrupting).",
    ),
    "event_gateway_single": (
        _GATEWAY,
        "mempunyai kurang dari dua jalan keluar.",
        "Tambahkan kejadian lain yang ditunggu, atau hapus gerbang ini.",
    ),
    "event_gateway_target": (
        _GATEWAY,
        "diikuti “{target}”, yang bukan kejadian menunggu.",
        "Letakkan kejadian menunggu (timer, pesan, sinyal) atau tugas terima langsung sesudah gerbang.",
    ),
    "event_gateway_attached": (
        _GATEWAY,
        "diikuti “{target}” yang mempunyai kejadian menempel.",
        "Lepaskan kejadian menempel itu; jadikan jalan keluar gerbang yang lain.",
    ),
    "event_gateway_shared": (
        _GATEWAY,
        "diikuti “{target}”, yang juga dicapai dari tempat lain.",
        "Beri tempat lain itu kejadian menunggu sendiri.",
    ),
    "event_gateway_condition": (
        _GATEWAY,
        "memberi syarat pada jalan ke “{target}”; yang menentukan adalah kejadian yang datang lebih dahulu.",
        "Hapus syaratnya.",
    ),
}
