"""What the history and the pages say of timers, messages, work and incidents, in Indonesian."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from engine import history as past
from engine.incident import Resolution
from web import wait_words
from web.history_words import act_words, words
from web.waiting import span_words

TIMER = past.TimerScheduled(token=3, element="batas", due="D", length="P60D")
MESSAGE = past.MessageReceived(token=3, element="sk", name="SK")
DONE = past.WorkCompleted(token=3, element="oss", topic="oss")


@dataclass(frozen=True)
class Names:
    """Names that say what they were asked for."""

    def element(self, token: int) -> str:
        """Name an element."""
        return f"elemen {token}"

    def event(self, token: int, element: str) -> str:
        """Name what a token waits for."""
        return f"{element} {token}"

    def moment(self, at: str) -> str:
        """Say a moment."""
        return f"saat {at}"

    def task(self, task: str) -> str:
        """Name a task."""
        return task

    def lane(self, lane: str) -> str:
        """Name a lane."""
        return lane

    def variable(self, key: str) -> str:
        """Name a variable."""
        return key


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (TIMER, "“batas 3”: waktu dihitung sampai saat D"),
        (
            past.TimerScheduled(token=3, element="batas", due="D", length="P14D", is_setting=True),
            "“batas 3”: waktu dihitung sampai saat D, menurut pengaturan kantor",
        ),
        (past.TimerFired(token=3, element="batas", due="D"), "“batas 3”: waktunya tiba"),
        (
            past.TimerFired(token=3, element="batas", due="D", missed=2),
            "“batas 3”: waktunya tiba, 2 kali terlewat",
        ),
        (MESSAGE, "Pesan “SK” diterima"),
        (
            past.MessageReceived(token=3, element="sk", name="SK", on_behalf_of="Kemenkop"),
            "Pesan “SK” diterima, dicatat atas nama Kemenkop",
        ),
        (
            past.MessageReceived(token=3, element="sk", name="SK", sender="c"),
            "Pesan “SK” diterima dari perkara lain",
        ),
        (
            past.WorkRequested(token=3, element="oss", topic="oss"),
            "“oss 3” menunggu sistem luar",
        ),
        (
            past.WorkRequested(token=3, element="surel", topic="alur.surel"),
            "“surel 3” dikerjakan oleh Alur",
        ),
        (DONE, "“oss 3” selesai dikerjakan sistem luar"),
        (
            past.WorkCompleted(token=3, element="oss", topic="oss", reason="Dilihat di OSS"),
            "“oss 3” dilaporkan selesai di luar Alur: Dilihat di OSS",
        ),
        (
            past.IncidentResolved(incident="i", how=Resolution.RETRIED),
            "Kendala ditutup: pekerjaannya dimulai lagi",
        ),
        (
            past.IncidentResolved(incident="i", how=Resolution.DROPPED, reason="Salah alamat"),
            "Kendala ditutup, pekerjaannya dihentikan: Salah alamat",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_history_says_what_was_waited_for_and_what_came(
    event: past.HistoryEvent, said: str
) -> None:
    assert words(event, Names()) == said


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (MESSAGE, "mencatat tanggapan “SK”"),
        (
            past.MessageReceived(token=3, element="sk", name="SK", on_behalf_of="Kemenkop"),
            "mencatat tanggapan “SK” atas nama Kemenkop",
        ),
        (
            past.MessageReceived(token=3, element="sk", name="SK", sender="c"),
            "menyampaikan pesan “SK” dari perkara lain",
        ),
        (DONE, "menerima hasil “oss 3” dari sistem luar"),
        (
            past.WorkCompleted(token=3, element="oss", topic="oss", reason="Dilihat di OSS"),
            "melaporkan “oss 3” selesai di luar Alur: Dilihat di OSS",
        ),
        (
            past.WorkCompleted(token=3, element="surel", topic="alur.surel"),
            "mengerjakan “surel 3”",
        ),
        (
            past.IncidentResolved(incident="i", how=Resolution.RETRIED),
            "mengulang pekerjaan yang terkendala",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_is_said_as_what_somebody_did_behind_a_name(event: past.HistoryEvent, said: str) -> None:
    assert act_words(event, Names()) == said


def test_an_incident_is_said_with_its_step_its_reason_and_what_the_other_side_said() -> None:
    raised = past.IncidentRaised(
        incident="i", token=3, element="surel", code="element_failed", told="550 no such user"
    )
    said = words(raised, Names())
    assert said.startswith("Kendala di “surel 3”: Langkah “surel 3” gagal dijalankan")
    assert said.endswith("(keterangan: 550 no such user)")


def test_an_incident_with_a_code_of_another_version_is_said_all_the_same() -> None:
    raised = past.IncidentRaised(incident="i", token=3, element="x", code="never_heard_of")
    assert words(raised, Names()).startswith("Kendala di “x 3”: ")


def test_every_way_in_which_an_incident_ends_has_its_words() -> None:
    assert set(wait_words.RESOLVED) == set(wait_words.RESOLVING) == set(Resolution)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("P60D", "60 hari"),
        ("P2M14D", "2 bulan 14 hari"),
        ("PT1H30M", "1 jam 30 menit"),
        ("P1Y", "1 tahun"),
        ("0 0 8 * * ?", "0 0 8 * * ?"),
    ],
)
def test_a_length_is_said_in_calendar_time(text: str, said: str) -> None:
    assert span_words(text) == said
