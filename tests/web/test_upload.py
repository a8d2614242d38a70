"""*Unggah peta proses*: nothing changes until *Berlakukan*, and each finding and its element lead to each other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from upload_kit import KEY, checked, drawn, enforced, groups, package
from web_kit import parts_of

from engine.ids import AgencyId
from storage.packages import KEPT, MOST_KEPT
from storage.queries.process_versions import process_numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller

    from engine.testing import FixedClock


@pytest.fixture
def owner(desk: Callable[[str], Caller]) -> Caller:
    """Give the browser of a process owner."""
    return desk("pemilik")


def in_force(app: Flask) -> int:
    """Give the number of the version in force, 0 for none."""
    numbers = parts_of(app).database.read(lambda c: process_numbers(c, AgencyId("pasuruan")))
    return numbers.get(KEY, 0)


def test_a_good_package_is_checked_without_change_and_then_put_in_force_whole(
    app: Flask, owner: Caller
) -> None:
    report = checked(owner, package())
    assert report.heading == "Hasil pemeriksaan"
    assert "Semua berkas dapat diberlakukan" in report.text
    assert "Izin warung: proses baru, menjadi versi 1" in report.text
    assert in_force(app) == 0

    done = enforced(owner, report)
    assert "Izin warung izin_warung sekarang versi 1" in done.text
    assert in_force(app) == 1
    shown = owner.get(done.link("Izin warung"))
    assert shown.heading == "Izin warung"
    assert len(shown.page.select("svg.diagram [data-el]")) == 5


def test_berlakukan_sent_twice_says_the_same_and_makes_one_version(
    app: Flask, owner: Caller
) -> None:
    report = checked(owner, package())
    first, second = enforced(owner, report), enforced(owner, report)
    assert "sekarang versi 1" in first.text
    assert "sekarang versi 1" in second.text
    assert in_force(app) == 1
    again = enforced(owner, checked(owner, package()))
    assert "tetap versi 1, isinya sama" in again.text


def test_a_map_that_is_not_executable_is_kept_with_what_is_missing(
    app: Flask, owner: Caller
) -> None:
    report = checked(owner, {"izin.bpmn": drawn(executable=False)})
    assert "Izin warung: disimpan sebagai peta saja" in report.text
    assert report.page.select_one("svg.diagram .map-only[data-el=periksa]") is not None
    assert any("Belum lengkap Memakai formulir “izin”" in group for group in groups(report))
    done = enforced(owner, report)
    assert "Disimpan sebagai peta saja Izin warung izin_warung" in done.text
    assert in_force(app) == 0
    listed = owner.get("/proses/peta")
    kept = owner.get(listed.link("Izin warung"))
    assert kept.heading == "Izin warung peta saja"
    assert any("Belum lengkap Memakai formulir “izin”" in group for group in groups(kept))


def test_what_somebody_else_put_in_force_meanwhile_is_not_overrun(
    app: Flask, owner: Caller, desk: Callable[[str], Caller]
) -> None:
    mine = checked(owner, package("Izin warung kelurahan"))
    other = desk("admin")
    enforced(other, checked(other, package("Izin warung kota")))
    refused = enforced(owner, mine)
    assert refused.status == 409
    assert "sudah diganti orang lain: sekarang yang berlaku versi 1" in refused.text
    assert in_force(app) == 1
    done = enforced(owner, refused)
    assert "Izin warung kelurahan izin_warung sekarang versi 2" in done.text


def test_a_package_is_for_the_person_who_sent_it_and_for_a_while(
    owner: Caller, desk: Callable[[str], Caller], clock: FixedClock
) -> None:
    report = checked(owner, package())
    address = report.answer.request.path
    assert desk("admin").get(address).status == 404
    clock.advance(KEPT - timedelta(minutes=1))
    assert owner.get(address).status == 200
    clock.advance(timedelta(minutes=2))
    gone = owner.get(address)
    assert gone.status == 404
    assert "Pilih berkasnya sekali lagi" in gone.text


def test_two_tabs_have_two_packages_and_the_oldest_of_many_goes(
    app: Flask, owner: Caller, clock: FixedClock
) -> None:
    first, second = checked(owner, package("Satu")), checked(owner, package("Dua"))
    assert "Satu izin_warung sekarang versi 1" in enforced(owner, first).text
    assert second.answer.request.path != first.answer.request.path
    known = parts_of(app).directory.find_credentials("pemilik")
    assert known is not None
    packages = parts_of(app).packages
    kept = []
    for number in range(MOST_KEPT + 3):
        clock.advance(timedelta(seconds=1))
        kept.append(packages.keep_package(known.person, {"a": bytes([number])}))
    found = [digest for digest in kept if packages.find_package(known.person, digest)]
    assert found == kept[3:]


def test_a_form_that_says_no_versions_is_refused(owner: Caller) -> None:
    report = checked(owner, package())
    action = report.answer.request.path
    for seen in (
        "",
        "[]",
        "[" * 99_999,
        '{"p": {"a": Infinity}, "d": {}}',
        '{"p": {"a": "x"}, "d": {}}',
        '{"p": {}}',
    ):
        assert owner.post(action, {**report.form(action), "dilihat": seen}).status == 400
