"""An office's own lengths of waiting as rows: one for each wait that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from engine.clock import as_text
from storage.tables import wait_lengths

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from engine.ids import AgencyId
    from engine.wait_length import WaitLength

_OF_AGENCY = wait_lengths.c.agency_id == bindparam("agency")
_AT = (
    _OF_AGENCY,
    wait_lengths.c.process_key == bindparam("process"),
    wait_lengths.c.element == bindparam("at"),
)
_FIND = select(wait_lengths.c.length).where(*_AT)
_LIST = select(wait_lengths.c.process_key, wait_lengths.c.element, wait_lengths.c.length).where(
    _OF_AGENCY
)
_DROP = delete(wait_lengths).where(*_AT)
_ADD = insert(wait_lengths)


def find_wait_length(connection: Connection, agency: AgencyId, process: str, element: str) -> str:
    """Give an agency's own length of a wait, '' without one."""
    place = {"agency": agency, "process": process, "at": element}
    return connection.execute(_FIND, place).scalar() or ""


def list_wait_lengths(connection: Connection, agency: AgencyId) -> Mapping[tuple[str, str], str]:
    """Give an agency's own lengths, by process key and element."""
    rows = connection.execute(_LIST, {"agency": agency}).all()
    return {(row.process_key, row.element): row.length for row in rows}


def save_wait_length(
    connection: Connection, agency: AgencyId, new: WaitLength, now: datetime
) -> None:
    """Write an own length over the one before; an empty one is none."""
    place = {"agency": agency, "process": new.process, "at": new.element}
    connection.execute(_DROP, place)
    if new.length:
        row = {"process_key": new.process, "element": new.element, "length": new.length}
        connection.execute(_ADD, [{"agency_id": agency, "changed_at": as_text(now), **row}])
