"""A name that an expression asked for in vain stands in the history of the case, with the flow or step that asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine_maps import drawn, form_of
from web_kit import parts_of

from engine.actor import Signature
from engine.ids import AgencyId

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller

MAP = """
    start mulai
    user isi name="Isi permohonan" formRef=isi
    xor pilih name="Lengkap?"
    manual a name="Periksa"
    manual b name="Kembalikan"
    end selesai
    mulai -> isi
    isi -> pilih
    pilih -> a if =hilang > 1
    pilih -> b default
    a -> selesai
    b -> selesai
"""


def test_the_history_names_what_was_missed_and_where(
    app: Flask, desk: Callable[[str], Caller]
) -> None:
    lanes = {"subbag_umum": "mulai isi pilih a b selesai"}
    package = {"p.bpmn": drawn(MAP, key="uji", lanes=lanes), "isi.form": form_of("isi", "catatan")}
    parts_of(app).runtime.put_in_force(
        package, agency=AgencyId("pasuruan"), by=Signature.of_system()
    )
    clerk = desk("umum")
    sent = clerk.send(clerk.start("uji"), {"catatan": "x"})
    case = clerk.get(sent.link("Lihat perkara"))
    words = (
        "Rumus di “Lengkap?” menyebut data yang tidak ada di perkara ini: hilang; dianggap kosong"
    )
    assert words in case.text
    assert "Kembalikan" in case.text
