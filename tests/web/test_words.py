"""Every code, event and kind of error has its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from engine import errors
from engine.history import EVENTS, HistoryEvent, UserTaskAssigned, VariablesChanged
from engine.rule import Finding, Severity
from storage.errors import MESSAGES
from web import expression_words, history_words, news, rule_words, words
from web.errors import STATUS, escaped, status_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
CODE = re.compile(r'\bcode="([a-z_]+)"')
FINDING = re.compile(r'(?:\berror|_found|_at)\(\s*(?:checked, )?"([a-z_]+)"')
AT = re.compile(r'\bat(?:_node)?\(\s*Severity\.[A-Z]+,\s*"([a-z_]+)"')


@dataclass(frozen=True)
class Names:
    """Names that say what they were asked for."""

    def element(self, token: int) -> str:
        """Name an element."""
        return f"element {token}"

    def event(self, token: int, element: str) -> str:
        """Name what a token waits for."""
        return f"event {token} {element}"

    def moment(self, at: str) -> str:
        """Say a moment."""
        return f"moment {at}"

    def task(self, task: str) -> str:
        """Name a task."""
        return f"task {task}"

    def lane(self, lane: str) -> str:
        """Name a lane."""
        return f"lane {lane}"

    def variable(self, key: str) -> str:
        """Name a variable."""
        return f"label {key}"


def sample(kind: type[HistoryEvent]) -> HistoryEvent:
    samples = {"int": 7, "str": "x"}
    given = {f.name: samples[str(f.type)] for f in fields(kind) if str(f.type) in samples}
    if kind.type == "person_registered":
        given |= {"posts": (), "roles": ()}
    if kind.type == "variables_missed":
        given |= {"names": ("x",)}
    return kind(**given)


def found_in(folder: str, pattern: re.Pattern[str]) -> Iterator[str]:
    # what draws maps from facts has no pages yet
    paths = (p for p in (ROOT / folder).rglob("*.py") if "draft" not in p.parts)
    for path in paths:
        yield from pattern.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", EVENTS.values(), ids=lambda kind: kind.type)
def test_every_event_has_its_words(kind: type[HistoryEvent]) -> None:
    said = history_words.words(sample(kind), Names())
    assert said
    assert "{" not in said


def test_no_words_are_left_over() -> None:
    assert set(history_words.SENTENCES) == set(EVENTS)
    assert set(history_words.ACTS) < set(EVENTS)


def test_words_name_what_an_event_names() -> None:
    given = UserTaskAssigned(task="t", to="p", to_name="Caraka")
    assert history_words.words(given, Names()) == "Tugas “task t” diberikan kepada Caraka"
    changed = VariablesChanged(set={"a": None}, personal={"b": "x"}, removed=("c",))
    assert history_words.words(changed, Names()) == "Data berubah: label a, label b, label c"


def test_every_code_of_the_engine_and_the_storage_has_a_sentence() -> None:
    raised = {*found_in("engine", CODE), *found_in("storage", CODE), *MESSAGES}
    assert not raised - set(words.SENTENCES) - set(rule_words.SENTENCES)


def test_every_finding_of_a_rule_has_a_sentence() -> None:
    found = {*found_in("engine/rules", FINDING), *found_in("engine/rules", AT)}
    assert len(found) > 30
    assert not found - set(rule_words.SENTENCES)


def test_each_sentence_can_be_said_even_without_its_params() -> None:
    said = {code: words.sentence(code) for code in (*words.SENTENCES, *expression_words.SENTENCES)}
    assert {code: text for code, text in said.items() if text[-1] not in ".!?"} == {}


def test_each_finding_can_be_said_with_its_place() -> None:
    findings = [
        Finding(severity=Severity.ERROR, code=code, file="a.bpmn", line=7, element_id="x")
        for code in rule_words.SENTENCES
    ]
    lines = map(rule_words.finding_line, findings)
    assert [line for line in lines if not line.startswith("a.bpmn:7: ditolak: ")] == []


def test_a_moment_in_an_error_is_said_in_the_zone_of_the_office() -> None:
    error = errors.WrongState(
        "", code="task_completed", who="Caraka", at="2026-11-21T01:00:00.000000Z"
    )
    said = words.explain(error, "Asia/Makassar")
    assert "oleh Caraka pada 21 November 2026, 09.00 WITA" in said


def test_an_unknown_code_is_worded_by_the_kind_of_its_error() -> None:
    assert "tidak ada" in words.explain(errors.NotFound("", code="never_heard_of"))


def test_every_branch_of_the_error_tree_has_a_status() -> None:
    class Strange(errors.BusinessError):
        code: ClassVar[str] = "strange"

    assert status_of(Strange("", code="x")) == 500
    assert [status for _kind, status in STATUS[:5]] == [404, 403, 409, 409, 422]


def test_control_characters_are_written_out_in_the_log() -> None:
    assert escaped("a\nb\x1b[31m\r") == "a\\nb\\x1b[31m\\r"


def test_news_that_say_where_are_news() -> None:
    assert set(news.SENTENCES) >= news.SAYS_WHERE
