"""A business rule task asks its decision, on every store: which version is meant, what comes of it, what history tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from decision_kit import SCORES, asked, dmn, table
from engine_maps import drawn, form_of
from timer_kit import AGENCY, TimedOffice

from engine.actor import Signature
from engine.chain import agency_chain
from engine.history import DecisionDeployed, DecisionEvaluated, InstanceStarted
from engine.variables import object_of

if TYPE_CHECKING:
    from storage_kit import Workplace

    from engine.deployment import Prepared
    from engine.ids import InstanceId
    from engine.testing import FixedClock
    from engine.variables import Value

RULE = "rule nilai decisionRef=nilai mapDecisionResult=singleEntry resultVariable=hasil {}"
LINES = (
    "start mulai\nuser isi formRef=isi\nuser periksa formRef=isi\nend selesai\n"
    f"{RULE}\n"
    "mulai -> isi\nisi -> nilai\nnilai -> periksa\nperiksa -> selesai"
)
LENIENT = (("< 60", '"kurang"'), (">= 60", '"sehat"'))
LATEST, DEPLOYMENT = "decisionRefBinding=latest", "decisionRefBinding=deployment"


@pytest.fixture
def office(backend: Workplace, clock: FixedClock) -> TimedOffice:
    """Give an office on each store in turn."""
    return TimedOffice(backend, clock)


def decision(rules: tuple[tuple[str, str], ...] = SCORES, tag: str = "") -> bytes:
    return dmn(table(rules, inputs={"number(catatan)": "number"}, tag=tag))


def deploy(office: TimedOffice, binding: str = "", **files: bytes) -> Prepared:
    """Put the map in force with a decision, or only the files that are given."""
    package = {
        "p.bpmn": drawn(LINES.format(binding)),
        "isi.form": form_of("isi", "catatan"),
        "nilai.dmn": decision(),
    }
    named = {name.replace("_", "."): content for name, content in files.items()}
    by = Signature.of_system()
    return office.runtime.put_in_force(named or package, agency=AGENCY, by=by)


def begin(office: TimedOffice, prepared: Prepared) -> InstanceId:
    return office.begin(prepared.definitions[0].id)


def judged(office: TimedOffice, case: InstanceId, score: str = "70") -> str:
    """Send the score; gives what the decision made of it, as history tells it."""
    office.complete(case, score)
    assert office.open(case) == ["periksa"]
    (event,) = evaluated(office, case)
    return str(event.outputs)


def variables(office: TimedOffice, case: InstanceId) -> dict[str, Value]:
    """Give what the case knows."""
    found = object_of(office.store.transact(lambda tx: tx.get_instance(case)).variables)["0"]
    assert isinstance(found, dict)
    return found


def evaluated(office: TimedOffice, case: InstanceId) -> list[DecisionEvaluated]:
    found = (record.event for record in office.records(case))
    return [event for event in found if isinstance(event, DecisionEvaluated)]


def test_history_tells_the_version_the_inputs_the_result_and_the_rule_that_matched(
    office: TimedOffice,
) -> None:
    prepared = deploy(office)
    (stored,) = prepared.decisions.new
    case = begin(office, prepared)
    judged(office, case)
    (event,) = evaluated(office, case)
    assert (event.stored, event.decision, event.version) == (stored.id, "nilai", 1)
    assert (event.inputs, event.outputs) == ({"Number(Catatan)": 70}, "cukup")
    assert event.rules == ("nilai_rule_2",)
    assert variables(office, case)["hasil"] == "cukup"


@pytest.mark.parametrize(
    ("binding", "result"),
    [
        ("", "sehat"),
        (LATEST, "sehat"),
        (DEPLOYMENT, "cukup"),
        ("decisionRefBinding=version decisionRefVersion=1", "cukup"),
        ("decisionRefBinding=versionTag decisionRefVersionTag=A", "cukup"),
    ],
)
def test_a_decision_deployed_while_a_case_runs_counts_only_where_the_binding_says_so(
    office: TimedOffice, binding: str, result: str
) -> None:
    prepared = deploy(
        office,
        p_bpmn=drawn(LINES.format(binding)),
        isi_form=form_of("isi", "catatan"),
        nilai_dmn=decision(tag="A"),
    )
    case = begin(office, prepared)
    later = deploy(office, nilai_dmn=decision(LENIENT, tag="B"))
    assert [d.version for d in later.decisions.new] == [2]
    assert judged(office, case) == result


def test_a_new_version_with_the_same_tag_is_meant_by_the_tag(office: TimedOffice) -> None:
    tagged = "decisionRefBinding=versionTag decisionRefVersionTag=A"
    files = {"isi_form": form_of("isi", "catatan"), "p_bpmn": drawn(LINES.format(tagged))}
    case = begin(office, deploy(office, nilai_dmn=decision(tag="A"), **files))
    deploy(office, nilai_dmn=decision(LENIENT, tag="A"))
    assert judged(office, case) == "sehat"


def test_an_unchanged_file_keeps_its_version_and_belongs_to_the_new_deployment_too(
    office: TimedOffice,
) -> None:
    first = deploy(office, DEPLOYMENT)
    again = deploy(office, DEPLOYMENT)
    assert (again.new, again.decisions.new) == ((), ())
    redrawn = drawn(LINES.format(DEPLOYMENT)).replace(b"Lajur petugas", b"Petugas")
    files = {"p_bpmn": redrawn, "isi_form": form_of("isi", "catatan"), "nilai_dmn": decision()}
    second = deploy(office, **files)
    assert [d.version for d in second.new] == [2]
    assert [d.id for d in second.decisions.kept] == [d.id for d in first.decisions.new]
    case = begin(office, second)
    deploy(office, nilai_dmn=decision(LENIENT))
    assert judged(office, case) == "cukup"


@pytest.mark.parametrize(("binding", "versions"), [(DEPLOYMENT, [2]), (LATEST, [])])
def test_the_digest_of_a_process_holds_the_decisions_that_are_bound_to_it_only(
    office: TimedOffice, binding: str, versions: list[int]
) -> None:
    deploy(office, binding)
    files = {"p_bpmn": drawn(LINES.format(binding)), "isi_form": form_of("isi", "catatan")}
    changed = deploy(office, nilai_dmn=decision(LENIENT), **files)
    assert [d.version for d in changed.new] == versions
    assert [d.version for d in changed.decisions.new] == [2]


def test_each_new_version_of_a_decision_is_an_act_in_the_offices_chain(
    office: TimedOffice, backend: Workplace
) -> None:
    for rules in (SCORES, SCORES, LENIENT):
        deploy(office, nilai_dmn=decision(rules))
    events = [record.event for record in backend.records(agency_chain(AGENCY))]
    told = [e for e in events if isinstance(e, DecisionDeployed)]
    assert [(e.decision, e.version, e.resource) for e in told] == [
        ("nilai", 1, "nilai.dmn"),
        ("nilai", 2, "nilai.dmn"),
    ]
    assert not [e for e in events if isinstance(e, InstanceStarted)]


def test_the_other_dialect_gives_the_plain_value(office: TimedOffice) -> None:
    source = asked(
        drawn(LINES.replace(RULE, "rule nilai")),
        "nilai",
        {"decisionId": "nilai", "resultVariable": "hasil"},
    )
    prepared = deploy(
        office, p_bpmn=source, isi_form=form_of("isi", "catatan"), nilai_dmn=decision()
    )
    case = begin(office, prepared)
    assert judged(office, case, "90") == "sehat"
    assert variables(office, case)["hasil"] == "sehat"
