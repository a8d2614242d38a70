"""Finishing a step begins other cases, all in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn, form_of
from engine_office import Dinas
from form_kit import DIGEST, form_file
from link_kit import HANDED, LETTER, READ, TO_EACH, letter, linking

from engine.errors import ExecutionFailed, InvalidSubmission, NotAllowed, WrongState
from engine.gate import Refused
from engine.history import InstanceLinked, InstanceStarted
from engine.ids import InstanceId
from engine.link import USUAL_DEPTH
from engine.store import InstanceState

if TYPE_CHECKING:
    from collections.abc import Mapping


def begun(dinas: Dinas, case: InstanceId) -> list[InstanceId]:
    """Give the cases that a case began, each seen to agree with its history."""
    told = (record.event for record in dinas.records(case))
    links = [InstanceId(event.instance) for event in told if isinstance(event, InstanceLinked)]
    return [dinas.agree(each) for each in links]


def opened(package: Mapping[str, bytes] | None = None) -> tuple[Dinas, InstanceId]:
    dinas = Dinas()
    versions = dinas.deploy(package or letter())
    return dinas, dinas.start(versions["surat"].id, "umum")


def sent(*to: str, **properties: str) -> tuple[Dinas, InstanceId]:
    """Give a letter that was handed on to these."""
    dinas, case = opened(letter(TO_EACH, **properties))
    dinas.complete(dinas.task(case), "umum", perihal="Rapat", penerima=list(to))
    return dinas, case


def test_a_case_begins_for_each_entry_of_the_list() -> None:
    dinas, case = sent("umum", "bidang")
    first, second = begun(dinas, case)
    assert dinas.values(first) == {"hal": "Rapat", "oleh": None, "catatan": None, "kepada": "umum"}
    assert dinas.values(second)["kepada"] == "bidang"
    assert dinas.task(first).candidate_groups == ("umum",)
    assert dinas.task(second).candidate_groups == ("bidang",)
    assert dinas.task(case).element == "arsip"


def test_a_linked_case_knows_where_it_comes_from_and_who_began_it() -> None:
    dinas, case = sent("bidang")
    (child,) = begun(dinas, case)
    lead = dinas.records(child)[0]
    done = f"{case}-2"
    assert dinas.any_task(lead.event.parent_task).id == done
    assert isinstance(lead.event, InstanceStarted)
    assert (lead.event.parent, lead.event.parent_task, lead.event.key) == (case, done, "oper")
    assert (lead.by and lead.by.person, lead.request) == ("umum", None)
    assert dinas.case(child).parent == case
    assert dinas.case(case).parent is None
    assert dinas.task(child).sender == "Nama umum"


def test_the_history_of_the_case_names_what_it_began_behind_what_it_did_itself() -> None:
    dinas, case = sent("bidang")
    last = dinas.records(case)[-1]
    assert isinstance(last.event, InstanceLinked)
    assert (last.event.element, last.event.key, last.event.name) == ("baca", "oper", "oper")
    assert dinas.told(case)["instance_linked"] == 1


def test_a_linked_case_begins_even_where_its_starter_may_not_start_one() -> None:
    dinas = Dinas()
    package = letter()
    source = drawn(HANDED, key="oper", lanes={"kepala": "mulai"})
    versions = dinas.deploy({**package, "oper.bpmn": source})
    with pytest.raises(NotAllowed):
        dinas.start(versions["oper"].id, "umum")
    case = dinas.start(versions["surat"].id, "umum")
    dinas.complete(dinas.task(case), "umum", penerima=["bidang"])
    assert len(begun(dinas, case)) == 1


def test_an_empty_list_begins_nothing() -> None:
    dinas, case = sent()
    assert begun(dinas, case) == []
    assert dinas.task(case).element == "arsip"


def test_without_a_list_one_case_begins() -> None:
    one = {"proses": "oper", "data": "hal = perihal, kepada=perihal"}
    dinas, case = opened({**letter(one)})
    dinas.complete(dinas.task(case), "umum", perihal="umum")
    (child,) = begun(dinas, case)
    assert dinas.values(child)["hal"] == "umum"


def test_a_single_value_counts_as_a_list_of_one_and_an_empty_one_as_none() -> None:
    dinas, case = sent("bidang")
    (child,) = begun(dinas, case)
    dinas.complete(dinas.task(child), "bidang", oleh="umum")
    (grandchild,) = begun(dinas, child)
    dinas.complete(dinas.task(grandchild), "umum", oleh="")
    assert begun(dinas, grandchild) == []


@pytest.mark.parametrize(("ticked", "count"), [(True, 1), (False, 0)])
def test_cases_begin_only_when_the_condition_is_true(ticked: bool, count: int) -> None:  # noqa: FBT001 - a tick box
    dinas, case = opened(letter({**TO_EACH, "bila": "teruskan"}) | {"oper.bpmn": plain_hand()})
    dinas.complete(dinas.task(case), "umum", teruskan=ticked, penerima=["umum"])
    assert len(begun(dinas, case)) == count


def plain_hand() -> bytes:
    return drawn(HANDED, key="oper")


def test_a_condition_that_can_not_be_decided_leaves_the_case_where_it_was() -> None:
    package = letter({**TO_EACH, "bila": "perihal + 1 > 2"}) | {"oper.bpmn": plain_hand()}
    dinas, case = opened(package)
    dinas.complete(dinas.task(case), "umum", perihal="Rapat", penerima=["umum"])
    assert begun(dinas, case) == []  # in FEEL it is null, which is not true


def test_the_version_in_force_at_that_moment_begins() -> None:
    dinas, case = opened()
    newer = letter() | {"oper.bpmn": plain_hand()}
    assert dinas.deploy(newer)["oper"].version == 2
    dinas.complete(dinas.task(case), "umum", penerima=["umum"])
    (child,) = begun(dinas, case)
    assert dinas.case(child).definition == dinas.deploy(newer)["oper"].id


def test_handing_on_ends_at_the_depth_that_the_drawing_allows() -> None:
    dinas, case = sent("bidang")
    at = begun(dinas, case)[0]
    for _ in range(USUAL_DEPTH - 1):
        dinas.complete(dinas.task(at), "bidang", oleh="bidang")
        (at,) = begun(dinas, at)
    before = dinas.at_rest(at)
    with pytest.raises(WrongState) as refused:
        dinas.complete(dinas.task(at), "bidang", oleh="bidang")
    assert (refused.value.code, refused.value.params["limit"]) == ("link_too_deep", USUAL_DEPTH)
    assert dinas.at_rest(at) == before
    dinas.complete(dinas.task(at), "bidang", oleh="")
    assert dinas.case(at).state is InstanceState.COMPLETED


def test_the_drawing_sets_the_depth() -> None:
    dinas, case = sent("bidang", kedalaman_maks="1")
    (child,) = begun(dinas, case)
    with pytest.raises(WrongState) as refused:
        dinas.complete(dinas.task(child), "bidang", oleh="bidang")
    assert refused.value.params["limit"] == 1


def test_too_many_cases_at_once_are_refused_and_nothing_begins() -> None:
    rows = [{"kepada": "umum"}] * 101
    table = {
        "type": "dynamiclist",
        "path": "penerima",
        "label": "Penerima",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": [{"type": "textfield", "key": "kepada", "label": "Kepada"}],
    }
    source = linking(drawn(LETTER, key="surat"), "baca", {**TO_EACH, "data": ""})
    package = letter() | {"surat.bpmn": source, "baca.form": form_file(table, id="baca")}
    dinas, case = opened(package)
    before = dinas.at_rest(case)
    with pytest.raises(WrongState) as refused:
        dinas.complete(dinas.task(case), "umum", penerima=rows)
    assert refused.value.code == "link_too_many"
    assert dinas.at_rest(case) == before


def test_a_form_with_mistakes_begins_nothing() -> None:
    dinas, case = opened()
    with pytest.raises(InvalidSubmission):
        dinas.complete(dinas.task(case), "umum", penerima=["siapa"])
    assert dinas.store.transact(lambda tx: tx.find_latest("contoh", "oper")) is not None
    assert begun(dinas, case) == []


def test_a_linked_case_that_can_not_begin_leaves_everything_where_it_was() -> None:
    source = drawn(HANDED.replace("${kepada}", "tidak_ada"), key="oper")
    dinas, case = opened(letter() | {"oper.bpmn": source})
    before = dinas.at_rest(case)
    with pytest.raises(ExecutionFailed) as failed:
        dinas.complete(dinas.task(case), "umum", penerima=["umum"])
    assert failed.value.code == "group_unknown"
    assert dinas.at_rest(case) == before


def test_the_same_request_sent_twice_begins_one_case() -> None:
    dinas, case = opened()
    task, request = dinas.task(case), dinas.request()
    for _ in range(2):
        dinas.runtime.complete(
            task.id,
            {"perihal": "Rapat", "teruskan": False, "penerima": ["umum"]},
            actor=dinas.person("umum"),
            request=request,
            revision=task.revision,
        )
    assert len(begun(dinas, case)) == 1


def test_a_last_step_begins_a_case_too() -> None:
    dinas, case = sent("bidang")
    (child,) = begun(dinas, case)
    dinas.complete(dinas.task(child), "bidang", oleh="umum")
    assert dinas.case(child).state is InstanceState.COMPLETED
    assert [r.event.type for r in dinas.records(child)[-2:]] == [
        "instance_linked",
        "instance_completed",
    ]


def test_files_that_are_handed_on_belong_to_the_new_case_too() -> None:
    file = {"name": "a.pdf", "digest": DIGEST, "size": 10, "type": "application/pdf"}
    form = form_file({"type": "filepicker", "key": "surat", "label": "Surat"}, id="baca")
    one = {"proses": "oper", "data": "hal=surat"}
    dinas, case = opened(letter(one) | {"baca.form": form, "oper.bpmn": unnamed_hand()})
    dinas.complete(dinas.task(case), "umum", surat=[file])
    assert [dinas.store.list_files(each) for each in begun(dinas, case)] == [{DIGEST}]


def unnamed_hand() -> bytes:
    return drawn(HANDED.replace(" candidateGroups=${kepada}", ""), key="oper")


ONE = {"proses": "oper", "data": "hal=perihal"}
OPEN_HAND = {"oper.bpmn": unnamed_hand(), "terima.form": form_of("terima", "hal")}
SECRET_HAND = {**OPEN_HAND, "terima.form": form_of("terima", "hal", personal="hal")}
PERSONAL = {"baca.form": form_of("baca", "perihal", personal="perihal")}


def test_a_personal_value_stays_out_of_the_history_of_the_new_case_too() -> None:
    dinas, case = opened({**letter(ONE), **PERSONAL, **SECRET_HAND})
    dinas.complete(dinas.task(case), "umum", perihal="Nama Warga")
    (child,) = begun(dinas, case)
    assert dinas.values(child)["hal"] == "Nama Warga"
    assert not any(b"Nama Warga" in record.data for record in dinas.records(child))


def test_a_step_that_would_lay_a_personal_value_open_is_not_deployed() -> None:
    with pytest.raises(Refused) as refused:
        Dinas().deploy({**letter(ONE), **PERSONAL, **OPEN_HAND})
    (found,) = refused.value.findings
    assert (found.code, found.file, found.element_id) == ("link_personal", "surat.bpmn", "baca")
    assert found.params == {"variable": "hal", "process": "oper"}


def test_a_personal_value_is_not_laid_open_when_the_other_process_changed_meanwhile() -> None:
    dinas, case = opened({**letter(ONE), **PERSONAL, **SECRET_HAND})
    dinas.deploy(OPEN_HAND)
    before = dinas.at_rest(case)
    with pytest.raises(ExecutionFailed) as failed:
        dinas.complete(dinas.task(case), "umum", perihal="Nama Warga")
    assert (failed.value.code, failed.value.params["variable"]) == ("link_personal", "hal")
    assert dinas.at_rest(case) == before
    dinas.complete(dinas.task(case), "umum", perihal="")
    assert len(begun(dinas, case)) == 1


def test_a_step_that_begins_an_unknown_process_is_not_deployed() -> None:
    with pytest.raises(Refused) as refused:
        Dinas().deploy(
            {"surat.bpmn": linking(drawn(LETTER), "baca", {"proses": "x"}), "baca.form": READ}
        )
    assert [f.code for f in refused.value.findings] == ["link_process_unknown"]
