"""How events are written down, hashed and chained (format: docs/history-format.md).

Each chain (a case, or an agency outside its cases) is a list of records numbered from 1. A record's hash is the SHA-256 of
its canonical body, which contains the hash of the record before it; the first one has 32 zero bytes there.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from engine.actor import Signature
from engine.history import EVENTS, DecisionEvaluated, HistoryEvent, VariablesChanged
from engine.ids import AgencyId, ChainId, InstanceId, RequestId
from engine.variables import canonical, dump, object_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from decimal import Decimal

    from engine.variables import Value

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a chain ends: the number and hash of its last record (0 and 32 zero bytes when empty)."""

    chain: ChainId
    seq: int = 0
    hash: bytes = GENESIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One event as kept. `by` and `request` stand on a command's first record, `cause` on those that follow from it."""

    chain: ChainId
    seq: int
    at: str
    event: HistoryEvent
    data: bytes
    """The event's fields as canonical JSON, as hashed and stored."""
    prev: bytes
    hash: bytes
    by: Signature | None = None
    request: RequestId | None = None
    cause: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalValue:
    """A personal value kept beside the chain; the record `seq` of the chain holds its commitment."""

    chain: ChainId
    seq: int
    key: str
    salt: bytes
    value: bytes


def instance_chain(instance: InstanceId) -> ChainId:
    """Give the chain of a case."""
    return ChainId(instance)


def agency_chain(agency: AgencyId) -> ChainId:
    """Give the chain of an agency's acts outside its cases."""
    return ChainId(f"agency:{agency}")


def append(
    head: Head,
    events: Iterable[HistoryEvent],
    *,
    at: str,
    by: Signature,
    request: RequestId | None = None,
) -> tuple[tuple[Record, ...], Head]:
    """Chain one command's events behind a head: the first is signed, the others name it as their cause.

    Gives the records and the new head.
    """
    first = head.seq + 1
    records = []
    for seq, event in enumerate(events, first):
        mine = seq == first
        unsigned = Record(
            chain=head.chain,
            seq=seq,
            at=at,
            event=event,
            data=event_data(event),
            prev=head.hash,
            hash=GENESIS,
            by=by if mine else None,
            request=request if mine else None,
            cause=0 if mine else first,
        )
        record = _with_hash(unsigned, digest(unsigned))
        records.append(record)
        head = Head(chain=head.chain, seq=seq, hash=record.hash)
    return tuple(records), head


def digest(record: Record) -> bytes:
    """Give the hash that the record must have."""
    return hashlib.sha256(body(record)).digest()


def body(record: Record) -> bytes:
    """Give the canonical text that is hashed: an object with its keys in order, absent ones left out."""
    by = b"" if record.by is None else b',"by":' + signature_data(record.by)
    cause = f',"cause":{record.cause}' if record.cause else ""
    request = f',"request":{canonical(record.request)}' if record.request else ""
    return b"".join(
        (
            f'{{"at":"{record.at}"'.encode(),
            by,
            f'{cause},"chain":{canonical(record.chain)},"data":'.encode(),
            record.data,
            f',"prev":"{record.prev.hex()}"{request}'.encode(),
            f',"seq":{record.seq},"type":"{record.event.type}"}}'.encode(),
        )
    )


def commitment(salt: bytes, value: bytes) -> str:
    """Give the commitment to a personal value: SHA-256 of salt and canonical value, in hex."""
    return hashlib.sha256(salt + value).hexdigest()


def event_data(event: HistoryEvent) -> bytes:
    """Write an event's fields as canonical JSON; a field that has its default value is left out."""
    return dump(_fields(event))


def read_event(kind: str, data: bytes) -> HistoryEvent:
    """Read back what `event_data` wrote. Raises KeyError for an unknown type and TypeError for unknown fields."""
    return cast("HistoryEvent", _read(EVENTS[kind], object_of(data)))


def signature_data(signature: Signature) -> bytes:
    """Write a signature as canonical JSON."""
    return dump(_fields(signature))


def read_signature(data: bytes) -> Signature:
    """Read back what `signature_data` wrote."""
    return cast("Signature", _read(Signature, object_of(data)))


def hide_personal(
    event: VariablesChanged, keys: frozenset[str], head: Head, offset: int, salts: Iterable[bytes]
) -> tuple[VariablesChanged, tuple[PersonalValue, ...]]:
    """Replace the personal values of an event by commitments.

    `offset` is the event's place behind the head (1 for the next record). Gives the event as it is to be chained and the
    values to keep beside the chain. A null is no personal value.
    """
    hidden = {k: dump(v) for k, v in event.set.items() if k in keys and v is not None}
    if not hidden:
        return event, ()
    kept = tuple(
        PersonalValue(chain=head.chain, seq=head.seq + offset, key=key, salt=salt, value=value)
        for (key, value), salt in zip(hidden.items(), salts, strict=False)
    )
    open_values = {k: v for k, v in event.set.items() if k not in hidden}
    commitments = {p.key: commitment(p.salt, p.value) for p in kept}
    return dataclasses.replace(event, set=open_values, personal=commitments), kept


def hide_decision(
    event: DecisionEvaluated, head: Head, offset: int, salts: Iterable[bytes]
) -> tuple[DecisionEvaluated, tuple[PersonalValue, ...]]:
    """Replace what a decision took and gave of personal values, as named in `personal`, by commitments (see `hide_personal`)."""
    values = {f"inputs.{label}": value for label, value in event.inputs.items()}
    values["outputs"] = event.outputs
    kept = tuple(
        PersonalValue(
            chain=head.chain, seq=head.seq + offset, key=key, salt=salt, value=dump(values[key])
        )
        for key, salt in zip(event.personal, salts, strict=False)
    )
    hidden = dataclasses.replace(
        event,
        inputs={k: v for k, v in event.inputs.items() if f"inputs.{k}" not in event.personal},
        outputs=None if "outputs" in event.personal else event.outputs,
        personal={each.key: commitment(each.salt, each.value) for each in kept},
    )
    return hidden, kept


def _layout(kind: type[HistoryEvent | Signature]) -> tuple[tuple[str, object], ...]:
    """Name each field of a dataclass with its default (an empty one where it comes from a factory)."""
    return tuple(
        (f.name, f.default_factory() if callable(f.default_factory) else f.default)
        for f in dataclasses.fields(kind)
    )


_LAYOUTS: dict[str, tuple[tuple[str, object], ...]] = {
    kind.__name__: _layout(kind) for kind in (*EVENTS.values(), Signature)
}


def _fields(value: HistoryEvent | Signature) -> dict[str, object]:
    layout = _LAYOUTS[type(value).__name__]
    found = ((name, getattr(value, name), default) for name, default in layout)
    return {name: content for name, content, default in found if content != default}


def _with_hash(record: Record, value: bytes) -> Record:
    # `dataclasses.replace` costs ten times as much, and this runs for each event
    object.__setattr__(record, "hash", value)
    return record


def _read(kind: type[HistoryEvent | Signature], data: Mapping[str, Value]) -> object:
    layout = dict(_LAYOUTS[kind.__name__])
    if unknown := data.keys() - layout.keys():
        raise TypeError(f"Expected the fields of {kind.__name__}, but found {sorted(unknown)}")
    make = cast("Callable[..., object]", kind)
    return make(**{k: _typed(v, kind.__annotations__[k]) for k, v in data.items()})


def _typed(value: Value, annotation: str) -> object:
    if annotation.startswith("tuple"):
        return tuple(cast("list[Value]", value))
    return int(cast("Decimal", value)) if annotation == "int" else value
