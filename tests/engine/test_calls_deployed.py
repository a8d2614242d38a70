"""Which version of another process a call means, and when that is found out."""

from __future__ import annotations

import pytest
from engine_maps import drawn, form_of
from engine_office import Dinas

from engine.gate import Refused

STEP = "start mulai\nmanual {step}\nend selesai\nmulai -> {step}\n{step} -> selesai\n"
CALLER = "start mulai\ncall panggil calledElement=anak {how}\nend selesai\nmulai -> panggil\npanggil -> selesai\n"


def called(step: str, tag: str = "") -> dict[str, bytes]:
    """Give the called process, which is known by its only step."""
    source = drawn(STEP.format(step=step), key="anak")
    mark = f'id="anak" camunda:versionTag="{tag}" ' if tag else 'id="anak" '
    return {"anak.bpmn": source.replace(b'id="anak" ', mark.encode(), 1)}


def calling(how: str) -> dict[str, bytes]:
    """Give the calling process."""
    bound = {
        "latest": "",
        "deployment": "calledElementBinding=deployment",
        "tag": "calledElementBinding=versionTag calledElementVersionTag=lama",
    }
    by_number = f"calledElementBinding=version calledElementVersion={how}"
    return {"induk.bpmn": drawn(CALLER.format(how=bound.get(how, by_number)), key="induk")}


def office() -> Dinas:
    """Give an office that had three versions of the called process."""
    dinas = Dinas()
    for step, tag in (("satu", ""), ("dua", "lama"), ("tiga", "")):
        dinas.deploy(called(step, tag))
    return dinas


@pytest.mark.parametrize(
    ("how", "step"), [("latest", "tiga"), ("1", "satu"), ("2", "dua"), ("tag", "dua")]
)
def test_a_call_runs_the_version_that_it_means(how: str, step: str) -> None:
    dinas = office()
    case = dinas.start(dinas.deploy_one(calling(how)).id, "umum")
    dinas.deploy(called("empat", "lama"))
    assert dinas.task(case).element == step
    assert dinas.task(dinas.start(dinas.case(case).definition, "umum")).element == step


@pytest.mark.parametrize("how", ["latest", "deployment", "tag", "4"])
def test_a_call_means_what_comes_in_the_same_package(how: str) -> None:
    dinas = office()
    found = dinas.deploy({**calling(how), **called("empat", "lama")})
    assert list(found["induk"].calls.values()) == [found["anak"].id]
    assert dinas.task(dinas.start(found["induk"].id, "umum")).element == "empat"


@pytest.mark.parametrize(
    ("how", "code", "there"),
    [
        ("deployment", "call_not_brought", None),
        ("9", "call_version_unknown", "3, 2 (lama), 1"),
    ],
)
def test_a_call_to_a_version_that_is_not_there_is_refused_with_those_that_are(
    how: str, code: str, there: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        office().deploy(calling(how))
    (found,) = refused.value.findings
    assert (found.code, found.params.get("there")) == (code, there)


def test_a_call_to_the_next_version_of_a_process_that_stays_as_it_is_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        office().deploy({**calling("4"), **called("tiga")})
    assert [f.code for f in refused.value.findings] == ["call_version_not_made"]


def test_two_calls_of_one_process_run_two_versions() -> None:
    lines = """
        start mulai
        call lama calledElement=anak calledElementBinding=version calledElementVersion=1
        call baru calledElement=anak
        end selesai
        mulai -> lama
        lama -> baru
        baru -> selesai
    """
    dinas = office()
    case = dinas.start(dinas.deploy_one({"p.bpmn": drawn(lines)}).id, "umum")
    for step in ("satu", "tiga"):
        assert dinas.task(case).element == step
        dinas.complete(dinas.task(case), "umum")
    assert dinas.tasks(case) == ()


def test_who_works_in_the_version_that_is_called_has_a_part_in_the_case() -> None:
    dinas = Dinas()
    old = drawn(STEP.format(step="satu"), key="anak", lanes={"kepala": "satu"})
    dinas.deploy({"anak.bpmn": old})
    dinas.deploy(called("dua"))
    assert dinas.deploy_one(calling("1")).lanes == {"kepala"}


def test_a_process_that_calls_itself_after_a_wait_runs_deeper_each_time() -> None:
    lines = """
        start mulai
        user tanya formRef=isi
        xor pilih
        call lagi calledElement=p
        end selesai
        mulai -> tanya
        tanya -> pilih
        pilih -> lagi if ${catatan == "lagi"}
        pilih -> selesai default
        lagi -> selesai
    """
    dinas = Dinas()
    package = {"p.bpmn": drawn(lines), "isi.form": form_of("isi", "catatan")}
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    for answer in ("lagi", "lagi", "cukup"):
        dinas.complete(dinas.task(case), "umum", catatan=answer)
    assert dinas.tasks(case) == ()


def test_the_case_s_business_key_goes_with_a_call_as_the_modeler_writes_it() -> None:
    dinas = office()
    source = drawn(CALLER.format(how="in=all"), key="induk")
    mapping = b'businessKey="#{execution.processBusinessKey}"'
    whole = source.replace(b'variables="all"', mapping)
    assert mapping in whole
    assert dinas.deploy_one({"induk.bpmn": whole}).version == 1
