"""Chains of history as rows: appended by commands, read in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from engine.chain import Record, read_event, read_signature, signature_data
from engine.ids import ChainId, RequestId
from storage.errors import Raced
from storage.tables import history, personal_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection, RowMapping

    from engine.chain import PersonalValue

PAGE = 500
"""Records given at once when nothing else is asked for."""

PAGE_BACK = 20
"""Records given at once when a chain is read from its end; mostly the first ones are what is looked for."""

_INSERT = insert(history)
_INSERT_PERSONAL = insert(personal_values)
_BY_REQUEST = select(history).where(history.c.request_id == bindparam("request"))
_OF_CHAIN = (
    select(history)
    .where(history.c.chain_id == bindparam("chain"), history.c.seq > bindparam("after"))
    .order_by(history.c.seq)
    .limit(bindparam("limit", type_=Integer))
)
_BACK = (
    select(history)
    .where(
        history.c.chain_id == bindparam("chain"),
        history.c.seq < bindparam("before"),
        history.c.type.in_(bindparam("types", expanding=True)),
    )
    .order_by(history.c.seq.desc())
    .limit(PAGE_BACK)
)
_PERSONAL_OF_CHAIN = select(
    personal_values.c.seq, personal_values.c.key, personal_values.c.value
).where(personal_values.c.chain_id == bindparam("chain"))


def append_records(connection: Connection, records: Iterable[Record]) -> None:
    """Write records behind their chain. Raises Raced (`request_reused`) when a request was carried out meanwhile."""
    rows = [_row(record) for record in records]
    if not rows:
        return
    try:
        connection.execute(_INSERT, rows)
    except IntegrityError as error:
        request = rows[0]["request_id"]
        raise Raced(
            f"Expected a new request id, but {request} was carried out already",
            code="request_reused",
            request=request,
        ) from error


def keep_personal(connection: Connection, values: Iterable[PersonalValue]) -> None:
    """Write personal values into their own table."""
    rows = [
        {"chain_id": v.chain, "seq": v.seq, "key": v.key, "salt": v.salt, "value": v.value}
        for v in values
    ]
    if rows:
        connection.execute(_INSERT_PERSONAL, rows)


def find_request(connection: Connection, request: RequestId) -> Record | None:
    """Give the first record that a request wrote."""
    row = connection.execute(_BY_REQUEST, {"request": request}).mappings().first()
    return None if row is None else _record(row)


def list_records(
    connection: Connection, chain: ChainId, *, after: int = 0, limit: int = PAGE
) -> tuple[Record, ...]:
    """Give a chain's records behind the number `after`, in order, at most `limit`."""
    page = {"chain": chain, "after": after, "limit": limit}
    return tuple(_record(row) for row in connection.execute(_OF_CHAIN, page).mappings())


def read_chain(connection: Connection, chain: ChainId, after: int = 0) -> tuple[Record, ...]:
    """Give all of a chain's records behind the number `after`, in order."""
    records: list[Record] = []
    while page := list_records(connection, chain, after=after + len(records)):
        records.extend(page)
        if len(page) < PAGE:
            break
    return tuple(records)


def list_records_back(
    connection: Connection, chain: ChainId, before: int, types: Iterable[str]
) -> Iterator[Record]:
    """Give a chain's records of some types before a number, the last one first, as far as they are asked for."""
    wanted = sorted(types)
    while True:
        page = {"chain": chain, "before": before, "types": wanted}
        rows = connection.execute(_BACK, page).mappings().all()
        yield from map(_record, rows)
        if len(rows) < PAGE_BACK:
            return
        before = rows[-1]["seq"]


def personal_values_of(connection: Connection, chain: ChainId) -> Mapping[tuple[int, str], bytes]:
    """Give the personal values kept beside a chain (canonical JSON), by record number and key; erased ones are missing."""
    rows = connection.execute(_PERSONAL_OF_CHAIN, {"chain": chain}).mappings()
    return {(row["seq"], row["key"]): row["value"] for row in rows}


def _row(record: Record) -> dict[str, object]:
    return {
        "chain_id": record.chain,
        "seq": record.seq,
        "at": record.at,
        "type": record.event.type,
        "data": record.data,
        "by": None if record.by is None else signature_data(record.by),
        "cause": record.cause,
        "request_id": record.request,
        "prev_hash": record.prev,
        "hash": record.hash,
    }


def _record(row: RowMapping) -> Record:
    return Record(
        chain=ChainId(row["chain_id"]),
        seq=row["seq"],
        at=row["at"],
        event=read_event(row["type"], row["data"]),
        data=row["data"],
        prev=row["prev_hash"],
        hash=row["hash"],
        by=None if row["by"] is None else read_signature(row["by"]),
        request=None if row["request_id"] is None else RequestId(row["request_id"]),
        cause=row["cause"],
    )
