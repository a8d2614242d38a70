"""A case that waits, in a real browser: the limit of a step, on whose behalf, what is waited for; wide, narrow, no barrier."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from barriers import complaints_at_widths
from map_desk import Town
from waiting_kit import MINISTRY, NAME, put_in_force

from engine.clock import SystemClock
from engine.testing import FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk import Desk

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Give the demonstration offices with a clock of their own, and the process that waits in force."""
    town = Town(tmp_path_factory.mktemp("town"), FixedClock(SystemClock().now()))
    put_in_force(town.parts)
    yield town
    town.stop()


@pytest.fixture(scope="module")
def server(town: Town) -> str:
    """Give the address that the desks sit at."""
    return town.address


def expect_no_barrier(desk: Desk) -> None:
    """Look at the page as axe-core does, wide and narrow; no page may be wider than a phone."""
    assert complaints_at_widths(desk.page) == []


def asked(desk: Desk) -> str:
    """Begin a case for the ministry and send its first step; gives the address of the recorder's task."""
    desk.follow("Mulai proses")
    desk.press(f"Mulai {NAME}")
    desk.fill("Catatan susun", "Surat 1")
    desk.press("Kirim")
    assert desk.title == "Memberi tanggapan"
    return desk.page.url


@pytest.mark.parametrize("javascript", [True, False])
def test_an_answer_is_recorded_on_behalf_of_who_gave_it(
    open_desk: OpenDesk,
    javascript: bool,  # noqa: FBT001 - a browser's switch
) -> None:
    desk = open_desk("umum", javascript=javascript)
    asked(desk)
    assert f"Dicatat atas nama {MINISTRY}" in desk.text
    assert "tugas ini berakhir dan perkara lanjut ke “Mengarsipkan”" in desk.text
    if javascript:
        expect_no_barrier(desk)
    desk.shoot("atas-nama")
    desk.fill("Catatan jawab", "Setuju")
    desk.press(f"Kirim atas nama {MINISTRY}")
    desk.follow("Lihat perkara")
    assert "menunggu sistem luar" in desk.text
    if javascript:
        expect_no_barrier(desk)
    desk.shoot("menunggu-sistem-luar")
    desk.follow("Perkara")
    assert "Menunggu sistem luar" in desk.text
    if javascript:
        expect_no_barrier(desk)


def test_what_was_typed_until_the_time_was_over_is_there_to_be_copied(
    town: Town, open_desk: OpenDesk
) -> None:
    desk = open_desk("umum")
    task = asked(desk)
    desk.fill("Catatan jawab", "Jawaban setengah jadi")
    desk.press("Simpan dulu")
    town.wait(timedelta(days=60))
    later = open_desk("umum")
    later.page.goto(task)
    assert "Tugas ini berakhir karena batas waktu tercapai" in later.text
    assert "Jawaban setengah jadi" in later.text
    expect_no_barrier(later)
    later.shoot("batas-tercapai")
