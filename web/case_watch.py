"""The watch of a worker: goes round all running cases, some at a time, and mends what stands still (`engine.watch`)."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from storage.queries.people import list_agencies
from storage.watch import look_around
from web.errors import escaped

if TYPE_CHECKING:
    from engine.ids import AgencyId
    from engine.watch import Look
    from web.parts import Parts

BETWEEN_BATCHES = timedelta(seconds=10)
"""How long the watch rests between some cases and the next."""

CASES_AT_ONCE = 200
"""Cases that it looks at together: ten thousand running cases are seen in ten minutes."""

_log = logging.getLogger("alur.watch")


class CaseWatch:
    """Knows where it is on its way round."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._ahead: list[AgencyId] = []
        self._after = ""

    def look(self) -> None:
        """Look at the next cases, and mend those that need it; what was mended is written to the log."""
        database = self._parts.database
        if not self._ahead:
            self._ahead = [agency.id for agency in database.read(list_agencies)]
        if not self._ahead:
            return
        agency, after = self._ahead[0], self._after
        batch = database.read(lambda c: look_around(c, agency, after, CASES_AT_ONCE))
        for suspect in batch.suspects:
            _report(suspect, self._parts.runtime.mend(suspect))
        if batch.last is None:
            del self._ahead[0]
        self._after = batch.last or ""


def _report(case: str, look: Look) -> None:
    if look.is_well:
        return  # what was seen is over meanwhile
    _log.warning(
        "case id=%s mended: stuck=%s rows_missing=%s jobs_dropped=%s subscriptions_dropped=%s",
        escaped(case),
        look.is_stuck,
        len(look.lacking),
        len(look.jobs),
        len(look.subscriptions),
    )
