"""An office whose steps have mutu baku: a drawing with a length, an administrator, and what is kept of deadlines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine_maps import drawn
from engine_office import Dinas
from lxml import etree

from engine.actor import Role
from engine.calendar import AgencyCalendar, Day, DayKind
from engine.clock import as_text
from engine.ids import AgencyId
from engine.source import BPMN, CAMUNDA

if TYPE_CHECKING:
    from datetime import date

    from engine.actor import Post
    from engine.ids import InstanceId
    from engine.store import Definition

AGENCY = AgencyId("contoh")
JAKARTA = ZoneInfo("Asia/Jakarta")
STEP = """
    start mulai
    manual kerja {given}
    end selesai
    mulai -> kerja
    kerja -> selesai
"""


def timed(length: str, given: str = "") -> bytes:
    """Give a map of one step in the lane `petugas`, with a mutu baku and what else is given."""
    root = etree.fromstring(drawn(STEP.format(given=given)))
    for step in root.iter(BPMN + "manualTask"):
        extensions = etree.Element(BPMN + "extensionElements")
        properties = etree.SubElement(extensions, CAMUNDA + "properties")
        etree.SubElement(properties, CAMUNDA + "property", name="mutu_baku.waktu", value=length)
        step.insert(0, extensions)
    return etree.tostring(root)


def local(text: str, zone: str = "Asia/Jakarta") -> datetime:
    """Give the moment that an office's clock shows as this text."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def text_of(moment: str) -> str:
    """Give a moment of an event as it is kept."""
    return as_text(local(moment))


class TimedDinas(Dinas):
    """The office with an administrator `admin`, on Monday 2026-11-23 at 09.00, before a step of some length."""

    def __init__(self, *posts: Post, length: str = "P1D", given: str = "") -> None:
        super().__init__(*posts)
        self.hire("admin", roles=frozenset({Role.ADMINISTRATOR}))
        self.clock.set(local("2026-11-23 09:00"))
        self.map: Definition = self.deploy_one({"p.bpmn": timed(length, given)})

    def begin(self, login: str = "umum") -> InstanceId:
        """Begin a case."""
        return self.start(self.map.id, login)

    @property
    def calendar(self) -> AgencyCalendar:
        """The office's calendar now."""
        return self.store.transact(lambda tx: tx.get_calendar(AGENCY))

    def close(self, on: date, name: str = "Hari jadi") -> None:
        """Close the office on a day."""
        day = Day(on=on, kind=DayKind.CLOSED, name=name)
        self.runtime.save_days(
            (day,), actor=self.person("admin"), request=self.request(), seen=self.calendar.revision
        )

    def confirm(self, year: int, *, is_confirmed: bool = True) -> None:
        """Confirm a year, or let it be an estimate again."""
        self.runtime.confirm_year(
            year,
            is_confirmed=is_confirmed,
            actor=self.person("admin"),
            request=self.request(),
            seen=self.calendar.revision,
        )

    def set_rules(
        self, *, zone: str = "Asia/Jakarta", reminds_before: int = 1, escalates: bool = True
    ) -> None:
        """Set the office's zone and whom deadlines are told to."""
        self.runtime.save_rules(
            zone,
            reminds_before,
            escalates=escalates,
            actor=self.person("admin"),
            request=self.request(),
            seen=self.calendar.revision,
        )
