"""What the codes of messages, signals and recorded answers mean, in Indonesian; `web/words.py` takes these lines in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "message_unclaimed": "Pesannya tidak ditunggu siapa pun. Periksa nomor atau kunci yang dikirim, lalu ulangi; "
    "bila penerimanya memang belum sampai ke sana, ulangi nanti.",
    "message_ambiguous": "Pesannya ditunggu lebih dari satu perkara dengan kunci yang sama, jadi tidak disampaikan ke mana pun. "
    "Batalkan perkara yang rangkap, lalu ulangi.",
    "message_personal": "Pesannya memuat isian pribadi yang di proses penerimanya tidak ditandai pribadi, jadi tidak disampaikan. "
    "Sampaikan kepada pemilik proses.",
    "wait_gone": "Perkara ini tidak menunggu itu lagi. Muat ulang halaman untuk melihat keadaannya sekarang.",
    "not_allowed_answer": "Tanggapan ini dicatat oleh jabatan lain. Sampaikan suratnya kepada jabatan itu.",
    "answer_party": "Pihak itu tidak ada dalam peta proses ini. Pilih dari daftar.",
}
"""One line a code."""
