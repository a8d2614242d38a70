"""Maps with timers for tests of the rules: one in order, and one for each thing that is wrong with a timer, at `waktu`."""

from __future__ import annotations

from engine_maps import drawn

LINE = "start mulai\nmanual kerja\nend selesai\nmulai -> kerja\nkerja -> selesai\n"


def limited(event: str) -> bytes:
    """Give a map whose step is ended by a timer."""
    return drawn(f"boundary waktu on=kerja {event}\nwaktu -> selesai\n{LINE}")


def begun(event: str) -> bytes:
    """Give a map that begins by a timer."""
    return drawn(
        f"start waktu {event}\nmanual kerja\nend selesai\nwaktu -> kerja\nkerja -> selesai"
    )


TIMERS = drawn(
    'start mulai cycle="0 0 8 ? * MON-FRI"\nmanual kerja\nboundary ingat on=kerja cycle=R3/P1D keeps=true\n'
    "boundary habis on=kerja duration=${lama}\nend lewat\ningat -> lewat\nhabis -> lewat\n"
    "catch tunggu date=2026-12-01\nmulai -> kerja\nkerja -> tunggu\ntunggu -> selesai\nend selesai"
)

UNSTATED = limited("duration=P60D unstated=true")

TIMERS_WRONG = {
    "timer_missing": limited("duration="),
    "timer_wrong": limited("duration=1hari"),
    "timer_expression": limited("duration=${lama"),
    "timer_start_expression": begun("date=${hari}"),
    "timer_cycle_place": limited("cycle=R3/P1D"),
    "timer_stated_place": limited("date=2026-12-01 unstated=true"),
    "timer_stated_unknown": UNSTATED.replace(b'value="tidak"', b'value="mungkin"'),
    "timer_unstated": UNSTATED,
}
"""A map for each finding."""
