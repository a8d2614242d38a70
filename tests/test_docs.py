"""The documents say what is there: links, nouns, events, commands, settings and the worked example of the history."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import sys
from pathlib import Path

import pytest

from engine import chain
from engine.actor import Signature
from engine.history import (
    EVENTS,
    ElementActivated,
    InstanceStarted,
    UserTaskClaimed,
    UserTaskCreated,
    VariablesChanged,
)
from engine.ids import InstanceId, RequestId
from engine.process import ElementKind
from engine.rules import RULES
from web.cli import COMMANDS
from web.config import FILE, NAMES, PREFIX

ROOT = Path(__file__).parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")

NOUNS = [
    "Definition",
    "Deployment",
    "Instance",
    "Element",
    "ElementInstance",
    "UserTask",
    "Job",
    "Connector",
    "Message",
    "Subscription",
    "Signal",
    "Incident",
    "HistoryEvent",
    "Variables",
    "Form",
    "Submission",
    "Draft",
    "Comment",
    "Notice",
    "Lane",
    "Post",
    "Person",
    "Unit",
    "Role",
    "Actor",
    "Agency",
    "Participant",
    "Rule",
    "Finding",
    "WorkCalendar",
]


def text(name: str) -> str:
    return (ROOT / name).read_text()


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    return {anchor(h) for h in re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)}


@pytest.mark.parametrize("page", DOCS, ids=lambda p: str(p.relative_to(ROOT)))
def test_each_link_leads_somewhere(page: Path) -> None:
    inside = (link for link in LINK.findall(page.read_text()) if "://" not in link)
    targets = ((link, *link.partition("#")[::2]) for link in inside)
    broken = [
        link
        for link, path, part in targets
        if not (found := (page.parent / path if path else page)).exists()
        or (part and part not in anchors(found))
    ]
    assert broken == []


@pytest.mark.parametrize("noun", NOUNS)
def test_each_noun_is_in_the_glossary(noun: str) -> None:
    assert f"| **{noun}** |" in text("docs/glossary.md")


@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda e: str(e.type))
def test_each_history_event_is_documented_with_its_fields(event: type) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", text("docs/history-format.md"), re.MULTILINE)
    fields = {kind: re.findall(r"`(\w+)`", row) for kind, row in rows}
    assert fields[EVENTS_BY_CLASS[event]] == [f.name for f in dataclasses.fields(event)]


EVENTS_BY_CLASS = {event: kind for kind, event in EVENTS.items()}


@pytest.mark.parametrize("name", RULES)
def test_each_rule_is_documented_as_it_says_itself(name: str) -> None:
    sentence = (sys.modules[RULES[name].__module__].__doc__ or "").partition("\n")[0]
    assert f"| `{name}` | {sentence} |" in text("docs/rules.md")


@pytest.mark.parametrize("kind", ElementKind)
def test_each_element_that_runs_is_documented(kind: ElementKind) -> None:
    assert f"| `{kind.value}` |" in text("docs/rules.md")


@pytest.mark.parametrize("name", [*(PREFIX + n.upper() for n in NAMES), FILE])
def test_each_setting_is_in_the_readme(name: str) -> None:
    assert f"| `{name}` |" in text("README.md")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_in_the_readme(command: str) -> None:
    assert f"| `alur {command}" in text("README.md")


def test_the_readme_names_no_setting_that_is_gone() -> None:
    named = set(re.findall(r"^\| `(ALUR_\w+)` \|", text("README.md"), re.MULTILINE))
    assert named == {*(PREFIX + n.upper() for n in NAMES), FILE}


def test_each_decision_is_numbered_in_order_and_listed() -> None:
    found = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [p.name[:4] for p in found] == [f"{n:04}" for n in range(1, len(found) + 1)]
    listed = LINK.findall(text("docs/architecture.md"))
    assert {f"decisions/{p.name}" for p in found} <= set(listed)


def worked_example() -> tuple[tuple[chain.Record, ...], chain.PersonalValue]:
    """Make the chain of docs/history-format.md: a case is started, and its first task is claimed."""
    case = InstanceId("01kagr3c00c5t6ywhr9n7mxjd4")
    head = chain.Head(chain=chain.instance_chain(case))
    told = VariablesChanged(set={"perihal": "Undangan rapat", "telepon": "0343 000000"})
    hidden, kept = chain.hide_personal(told, frozenset({"telepon"}), head, 3, [bytes(range(16))])
    started, head = chain.append(
        head,
        (
            InstanceStarted(
                definition="01kagr2x00m3v8s5qf0tz4e1hb",
                key="pasuruan_surat_masuk",
                version=1,
                digest="0f" * 32,
                on_behalf_of="Dinas/Masyarakat/Lembaga Lain",
            ),
            ElementActivated(element="mulai", token=1),
            hidden,
            UserTaskCreated(
                task=f"{case}-2",
                token=2,
                element="kirim_surat",
                name="Mengirim surat ke dinas",
                lane="subbag_umum",
                on_behalf_of="Dinas/Masyarakat/Lembaga Lain",
            ),
        ),
        at="2026-11-21T03:00:00.000000Z",
        by=Signature(person="p1", name="Petugas A", post="umum", post_name="Sub Bagian Umum"),
        request=RequestId("r1"),
    )
    claimed, _ = chain.append(
        head,
        (UserTaskClaimed(task=f"{case}-2"),),
        at="2026-11-21T03:05:00.250000Z",
        by=Signature(person="p1", name="Petugas A", post="umum", post_name="Sub Bagian Umum"),
        request=RequestId("r2"),
    )
    return started + claimed, kept[0]


def test_the_worked_example_of_the_history_is_what_the_engine_writes() -> None:
    records, kept = worked_example()
    blocks = re.findall(r"```json\n(.+?)\n```\n+`([0-9a-f]{64})`", text("docs/history-format.md"))
    assert blocks == [(chain.body(r).decode(), r.hash.hex()) for r in records]
    assert f"`{kept.salt.hex()}`" in text("docs/history-format.md")
    assert f"`{kept.value.decode()}`" in text("docs/history-format.md")


def test_the_worked_example_can_be_checked_by_hand() -> None:
    blocks = re.findall(r"```json\n(.+?)\n```\n+`([0-9a-f]{64})`", text("docs/history-format.md"))
    before = "00" * 32
    for body, expected in blocks:
        assert f'"prev":"{before}"' in body
        assert hashlib.sha256(body.encode()).hexdigest() == expected
        before = expected
