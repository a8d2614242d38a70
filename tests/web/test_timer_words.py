"""Each reason why no timer can follow a text has its words, and no words are left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.rule import Finding, Severity
from engine.timer import TimerInvalid, TimerKind
from web.rule_words import finding_sentence
from web.timer_words import SENTENCES

ENGINE = Path(__file__).parents[2] / "engine"
CODE = re.compile(r'"(timer_[a-z_]+)"')


def test_every_reason_of_the_engine_has_a_sentence() -> None:
    files = ("timer.py", "cron.py", "recurrence.py")
    found = {code for name in files for code in CODE.findall((ENGINE / name).read_text())}
    assert found == set(SENTENCES)


@pytest.mark.parametrize("code", SENTENCES)
def test_a_wrong_text_of_a_drawing_is_said_with_what_to_write_instead(code: str) -> None:
    error = TimerInvalid(TimerKind.CYCLE, "R/PT5S", code)
    finding = Finding(
        severity=Severity.ERROR, code="timer_wrong", file="a.bpmn", params={"error": error}
    )
    said = finding_sentence(finding)
    assert "batas waktunya tidak dapat diikuti" in said
    assert "{" not in said
    assert "…" not in said
