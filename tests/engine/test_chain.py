from __future__ import annotations

import dataclasses
import hashlib
import json
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.actor import Signature
from engine.chain import (
    GENESIS,
    Head,
    Record,
    agency_chain,
    append,
    body,
    commitment,
    digest,
    event_data,
    hide_personal,
    instance_chain,
    read_event,
    read_signature,
    signature_data,
)
from engine.history import (
    ElementActivated,
    ElementCompleted,
    InstanceStarted,
    UserTaskCompleted,
    VariablesChanged,
)
from engine.ids import AgencyId, InstanceId, RequestId

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
AT = "2026-11-21T03:00:00.000000Z"
CHAIN = instance_chain(InstanceId("k1"))
BY = Signature(person="p1", name='Lina "Sri" Ü', post="kasubbag", post_name="Kepala Subbagian")
EVENTS = (
    UserTaskCompleted(task="k1-3", token=3, element="periksa"),
    VariablesChanged(set={"catatan": "baris\n\u2028 é", "sah": True}),
    ElementCompleted(token=3),
    ElementActivated(element="kirim", token=4, flow="f2"),
)


def chained() -> tuple[Record, ...]:
    first, head = append(
        Head(chain=CHAIN),
        [InstanceStarted(definition="d", key="p", version=1, digest="0" * 64)],
        at=AT,
        by=Signature.of_system(),
    )
    second, _ = append(head, EVENTS, at=AT, by=BY, request=RequestId("r-1"))
    return first + second


def test_records_are_numbered_from_one_and_each_names_the_hash_before() -> None:
    records = chained()
    assert [r.seq for r in records] == [1, 2, 3, 4, 5]
    assert records[0].prev == GENESIS == bytes(32)
    assert [r.prev for r in records[1:]] == [r.hash for r in records[:-1]]


def test_the_first_record_of_a_command_is_signed_and_the_others_name_it() -> None:
    _, first, *others = chained()
    assert (first.by, first.request, first.cause) == (BY, "r-1", 0)
    assert [(r.by, r.request, r.cause) for r in others] == [(None, None, 2)] * 3


def test_the_head_is_the_last_record() -> None:
    records, head = append(Head(chain=CHAIN), EVENTS, at=AT, by=BY)
    assert head == Head(chain=CHAIN, seq=4, hash=records[-1].hash)


def test_no_event_leaves_the_head_as_it_is() -> None:
    head = Head(chain=CHAIN, seq=7, hash=b"x" * 32)
    assert append(head, (), at=AT, by=BY) == ((), head)


def test_the_hash_is_that_of_the_documented_body() -> None:
    for record in chained():
        whole: dict[str, object] = {
            "at": record.at,
            "by": json.loads(signature_data(record.by)) if record.by else None,
            "cause": record.cause,
            "chain": "k1",
            "data": json.loads(record.data),
            "prev": record.prev.hex(),
            "request": record.request,
            "seq": record.seq,
            "type": record.event.type,
        }
        present = {k: v for k, v in whole.items() if v not in (None, 0)}
        text = json.dumps(present, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert body(record) == text.encode()
        assert record.hash == hashlib.sha256(text.encode()).digest()


CHANGED: dict[str, object] = {
    "at": "2026-11-21T03:00:00.000001Z",
    "chain": instance_chain(InstanceId("k2")),
    "seq": 9,
    "data": b"{}",
    "prev": b"x" * 32,
    "by": None,
    "request": RequestId("r-2"),
    "cause": 1,
    "event": ElementCompleted(token=3),
}


@pytest.mark.parametrize("field", CHANGED)
def test_no_field_of_a_record_can_be_changed_unseen(field: str) -> None:
    record = chained()[1]
    other = dataclasses.replace(record, **{field: CHANGED[field]})
    assert digest(record) == record.hash
    assert digest(other) != record.hash


def test_every_field_of_a_record_but_its_hash_is_hashed() -> None:
    assert {f.name for f in dataclasses.fields(Record)} - {"hash"} == CHANGED.keys()


def test_what_was_hashed_is_what_is_read() -> None:
    for record in chained():
        assert read_event(record.event.type, record.data) == record.event
        assert event_data(record.event) == record.data


@given(st.builds(Signature, person=TEXTS, name=TEXTS, post=TEXTS, post_name=TEXTS))
def test_a_signature_is_read_back(signature: Signature) -> None:
    assert read_signature(signature_data(signature)) == signature


def test_a_case_and_an_agency_have_chains_of_their_own() -> None:
    assert instance_chain(InstanceId("k1")) == "k1"
    assert agency_chain(AgencyId("kota")) == "agency:kota"


def test_personal_values_are_replaced_by_commitments() -> None:
    event = VariablesChanged(set={"nik": "3514010101900001", "nama": "x", "alamat": None})
    head = Head(chain=CHAIN, seq=4)
    hidden, kept = hide_personal(event, frozenset({"nik", "alamat"}), head, 2, repeat(b"s" * 16))
    (value,) = kept
    assert (value.chain, value.seq, value.key, value.salt) == (CHAIN, 6, "nik", b"s" * 16)
    assert value.value == b'"3514010101900001"'
    assert hidden.set == {"nama": "x", "alamat": None}
    assert hidden.personal == {"nik": commitment(b"s" * 16, b'"3514010101900001"')}
    assert b"3514" not in event_data(hidden)


def test_a_commitment_hangs_on_its_salt() -> None:
    assert commitment(b"a", b'"x"') == hashlib.sha256(b'a"x"').hexdigest()
    assert commitment(b"a", b'"x"') != commitment(b"b", b'"x"')


def test_without_personal_values_an_event_stays_as_it_is() -> None:
    event = VariablesChanged(set={"nama": "x"})
    assert hide_personal(event, frozenset({"nik"}), Head(chain=CHAIN), 1, repeat(b"s")) == (
        event,
        (),
    )
