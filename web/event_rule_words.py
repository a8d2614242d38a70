"""What the gate finds about the places of events, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVENT, _GATEWAY = "Kejadian", "Gerbang kejadian"

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
