"""How notices become jobs that send e-mails: each at once, or a day's together in a digest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.ids import JobId
from engine.job import Job, JobKind
from engine.variables import dump

if TYPE_CHECKING:
    from datetime import time

    from engine.ids import AgencyId, PersonId
    from engine.notice import Notice


def next_digest(now: datetime, at: time, zone: str) -> datetime:
    """Give the next moment after now at which it is this time of day in the zone."""
    local = now.astimezone(ZoneInfo(zone))
    moment = datetime.combine(local.date(), at, local.tzinfo)
    if moment <= now:
        moment = datetime.combine(local.date() + timedelta(days=1), at, local.tzinfo)
    return moment.astimezone(now.tzinfo)


def mail_job(notice: Notice, agency: AgencyId, now: datetime) -> Job:
    """Give the job that sends a notice at once."""
    return Job(
        id=JobId(f"mail.{notice.id}"),
        agency=agency,
        kind=JobKind.MAIL_NOTICE,
        instance=notice.case,
        data=dump({"person": notice.person, "notice": notice.id}),
        due_at=now,
        created_at=now,
    )


def digest_job(person: PersonId, agency: AgencyId, now: datetime, due: datetime) -> Job:
    """Give the job that sends a person's notices together; there is one a person and due time."""
    return Job(
        id=JobId(f"digest.{person}.{due:%Y%m%d%H%M}"),
        agency=agency,
        kind=JobKind.MAIL_DIGEST,
        data=dump({"person": person}),
        due_at=due,
        created_at=now,
    )
