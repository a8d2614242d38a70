"""A step that is narrowed, dated or made urgent by what a form before it said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn, form_of
from engine_office import Dinas

from engine.errors import ExecutionFailed

if TYPE_CHECKING:
    from engine.ids import InstanceId

TWO_STEPS = """
    start mulai
    user pilih formRef=pilih
    manual kerja {narrowing}
    end selesai
    mulai -> pilih
    pilih -> kerja
    kerja -> selesai
"""


def chosen(narrowing: str, **values: object) -> tuple[Dinas, InstanceId]:
    """Come to a step that is narrowed by what a step before it chose."""
    dinas = Dinas()
    package = {
        "p.bpmn": drawn(TWO_STEPS.format(narrowing=narrowing)),
        "pilih.form": form_of("pilih", "unit", "orang", "tenggat"),
    }
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    dinas.complete(dinas.task(case), "umum", **values)
    return dinas, case


def failing(narrowing: str, **values: object) -> ExecutionFailed:
    """Give why a case can't go on to the narrowed step, and see that it stands where it stood."""
    dinas = Dinas()
    package = {
        "p.bpmn": drawn(TWO_STEPS.format(narrowing=narrowing)),
        "pilih.form": form_of("pilih", "unit", "orang", "tenggat"),
    }
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    before = dinas.at_rest(case)
    with pytest.raises(ExecutionFailed) as failed:
        dinas.complete(dinas.task(case), "umum", **values)
    assert dinas.at_rest(case) == before
    return failed.value
