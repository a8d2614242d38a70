"""A step that confirms what a decision table gave, and one that two units do each for itself, on the map of budget plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web_kit import Caller, Seen, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import Tag

    Desk = Callable[[str], Caller]

ROW = "rincian_belanja.0."
NAME, VERIFY = "Memasukkan data ke aplikasi anggaran", "Menerima dan memverifikasi data"
CONCLUDE = "Menyimpulkan hasil verifikasi"


def answered(caller: Caller, page: Seen, **answers: object) -> Seen:
    """Send a form as it is shown, but for these answers."""
    form = page.page.select_one(f'form[action="{page.path}"]')
    assert form is not None
    shown: dict[str, object] = {}
    for box in form.select("input[name], textarea[name], select[name]"):
        kind = str(box.get("type", box.name))
        if kind == "select":
            chosen_one = box.select_one("option[selected]")
            shown[str(box["name"])] = "" if chosen_one is None else str(chosen_one["value"])
        elif kind in ("radio", "checkbox"):
            if box.has_attr("checked"):
                shown.setdefault(str(box["name"]), str(box["value"]))
        elif kind != "file":
            shown[str(box["name"])] = str(box.get("value", ""))
    return caller.send(page, {**shown, **answers})


def sent_out(desk: Desk) -> str:
    """Begin a case that both units have to fill in; gives its address."""
    clerk = desk("program")
    letter = {"nomor_surat": "900/1", "tanggal_surat": "2026-11-20", "jenis_dokumen": "rka"}
    more = {"tenggat": "2026-12-20", "berkas_surat": pdf("surat.pdf")}
    done = answered(clerk, clerk.start("Penyusunan RKA dan DPA"), **letter, **more)
    units = ["bidang_koperasi", "bidang_usaha_mikro"]
    given = {"nomor_agenda": "1", "tanggal_distribusi": "2026-11-21", "bidang_tujuan": units}
    answered(clerk, clerk.take("Mendistribusikan surat ke bidang"), **given)
    return done.link("Lihat perkara")


def filled_in(desk: Desk, login: str, unit: str, price: str) -> Seen:
    """Fill in what a unit has; gives the page as it was before."""
    officer = desk(login)
    page = officer.take(NAME)
    line = {f"{ROW}uraian": unit, f"{ROW}harga_satuan": price}
    answered(officer, page, bidang=unit, **line, jumlah=price, status_input="ya")
    return page


def verified(desk: Desk, **results: str) -> None:
    for by, result in results.items():
        officer = desk("program" if by == "bpka" else "koperasi")
        given = {f"hasil_{by}": result, f"tanggal_verifikasi_{by}": "2026-11-21"}
        answered(officer, officer.take(VERIFY), **given)


def chosen(page: Seen, name: str) -> list[str]:
    """Give the answers that are marked already."""
    return [str(box["value"]) for box in page.page.select(f"input[name={name}][checked]")]


def steps(page: Seen) -> dict[str, Tag]:
    """Give the lines of the step list, by the name of the step."""
    lines = page.page.select("section[aria-labelledby=langkah] li")
    return {" ".join(line.get_text(" ", strip=True).split()): line for line in lines}


def line_of(page: Seen, name: str) -> str:
    (text,) = (text for text in steps(page) if name in text)
    return text


def test_each_unit_fills_in_its_own_in_one_round_and_the_reviewers_see_both(desk: Desk) -> None:
    case = sent_out(desk)
    filled_in(desk, "koperasi", "bidang_koperasi", "300")
    page = filled_in(desk, "mikro", "bidang_usaha_mikro", "200")
    amount = page.page.select_one("input[name=jumlah]")
    assert amount is not None
    assert not amount.get("value")
    review = desk("program").take(VERIFY)
    assert "Bidang Koperasi bidang_koperasi 300 Bidang Usaha Mikro bidang_usaha_mikro 200" in (
        review.text.replace(" – ", " ").replace("– ", "")
    )
    assert "Rp 500" in review.text
    page = desk("program").get(case)
    assert "↻" not in line_of(page, NAME)
    assert "Staf Bidang Usaha Mikro" in line_of(page, NAME)
    drawn = page.page.select_one('svg.diagram [data-el="input_data"]')
    assert drawn is not None
    assert "done" in (drawn.get("class") or [])
    assert "×" not in drawn.get_text()


def test_the_rule_proposes_in_every_round_and_who_disagrees_gives_a_reason(desk: Desk) -> None:
    case, clerk = sent_out(desk), desk("program")
    filled_in(desk, "koperasi", "bidang_koperasi", "300")
    filled_in(desk, "mikro", "bidang_usaha_mikro", "200")
    verified(desk, bpka="sesuai", bappeda="revisi")
    page = clerk.take(CONCLUDE)
    assert chosen(page, "kesimpulan") == ["revisi"]
    answered(clerk, page)
    told = {"bidang_terkait": ["bidang_usaha_mikro"], "butir_revisi": "Harga."}
    answered(clerk, clerk.take("Memberitahukan revisi kepada bidang terkait"), **told)
    again = filled_in(desk, "mikro", "bidang_usaha_mikro", "150")
    kept = again.page.select_one(f"input[name='{ROW}harga_satuan']")
    assert kept is not None
    assert kept.get("value") == "200"
    verified(desk, bpka="sesuai", bappeda="sesuai")
    page = clerk.take(CONCLUDE)
    assert chosen(page, "kesimpulan") == ["sesuai"]
    refused = answered(clerk, page, kesimpulan="revisi")
    assert "Alasan koreksi" in refused.text
    assert refused.status == 422
    answered(clerk, refused, kesimpulan="sesuai")
    assert clerk.take("Menandatangani dokumen").heading == "Menandatangani dokumen"
    assert "Simpulan verifikasi RKA dan DPA" in clerk.get(case).text
