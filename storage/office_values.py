"""The numbers that an office sets for a process, as rows: one for each that is set."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from engine.clock import as_text, from_text
from engine.office_value import OfficeValue
from engine.variables import canonical
from storage.tables import office_values

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.ids import AgencyId

_OF_PROCESS = (
    office_values.c.agency_id == bindparam("agency"),
    office_values.c.process_key == bindparam("process"),
)
_LIST = select(
    office_values.c.name, office_values.c.value, office_values.c.set_by, office_values.c.set_at
).where(*_OF_PROCESS)
_DROP = delete(office_values).where(*_OF_PROCESS, office_values.c.name == bindparam("of"))
_ADD = insert(office_values)


def list_office_values(
    connection: Connection, agency: AgencyId, process: str
) -> tuple[OfficeValue, ...]:
    """Give what an agency has set for a process, by its key."""
    rows = connection.execute(_LIST, {"agency": agency, "process": process}).all()
    return tuple(
        OfficeValue(
            process=process,
            name=row.name,
            value=Decimal(row.value),
            set_by=row.set_by,
            set_at=from_text(row.set_at),
        )
        for row in rows
    )


def save_office_value(connection: Connection, agency: AgencyId, new: OfficeValue) -> None:
    """Write a number over the one before; without one, nothing is set."""
    place = {"agency": agency, "process": new.process}
    connection.execute(_DROP, {**place, "of": new.name})
    if new.value is not None:
        row = {
            "agency_id": agency,
            "process_key": new.process,
            "name": new.name,
            "value": canonical(new.value),
            "set_by": new.set_by,
            "set_at": as_text(new.set_at),
        }
        connection.execute(_ADD, [row])
