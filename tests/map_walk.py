"""Cases of the shipped maps, walked step by step: each form is filled in as its fields ask, the clock moved where one waits."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml
from engine_office import Dinas
from map_kit import ROOT

from engine.done_outside import WorkReport
from engine.firing import place_of
from engine.history import InstanceLinked
from engine.job import JobKind
from engine.source import read_source
from engine.store import InstanceState
from engine.testing import example_post

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from engine.ids import InstanceId
    from engine.process import Process
    from engine.variables import Value

FILE = {"name": "berkas.pdf", "digest": "a" * 64, "size": 10, "type": "application/pdf"}
VALUES: dict[str, object] = {
    "textfield": "isi",
    "textarea": "isi",
    "number": Decimal(7),
    "checkbox": True,
    "filepicker": [FILE],
}
MOMENTS = {"date": "2026-12-01", "datetime": "2026-12-01T09:00:00"}


def lanes_of(agency: str) -> list[str]:
    """Give the lanes that the posts of a demonstration office stand for."""
    office = yaml.safe_load((ROOT / "processes" / agency / "office.yaml").read_text())
    return sorted({lane for post in office["posts"] for lane in post["lanes"]})


def package(agency: str, slug: str) -> dict[str, bytes]:
    """Give a shipped map with its forms and decisions, as one package."""
    place = ROOT / "processes" / agency
    files = [place / f"{slug}.bpmn", *sorted((ROOT / "forms" / agency / slug).glob("*.form"))]
    files += place.glob(f"{slug}.dmn")
    return {file.name: file.read_bytes() for file in files}


def closing(slug: str) -> dict[str, bytes]:
    """Give a version of a map of Pacitan that takes it out of force."""
    files, name = package("pacitan", slug), f"{slug}.bpmn"
    mark = b'<camunda:property name="alternatif"'
    told = b'<camunda:property name="berlaku" value="tidak"/>' + mark
    return {**files, name: files[name].replace(mark, told)}


def staff_of(unit: str) -> str:
    """Give the post, and the login, of who works in a unit."""
    return f"staf_{unit}"


class Walk:
    """An office with one post a lane of an agency, in which maps are put in force, and cases of them are worked on.

    `units` are units of a lane, each with a post of its own (`staff_of`).
    """

    def __init__(
        self, agency: str, *slugs: str, units: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        posts = [example_post(lane, lane) for lane in lanes_of(agency)]
        named = [(unit, lane) for lane, those in (units or {}).items() for unit in those]
        posts += [example_post(staff_of(unit), lane, unit=unit) for unit, lane in named]
        self.dinas = Dinas(*posts)
        self._agency = agency
        self._definitions = {
            slug: self.dinas.deploy_one(package(agency, slug)).id for slug in slugs
        }

    def begin(self, slug: str, login: str) -> InstanceId:
        """Start a case."""
        return self.dinas.start(self._definitions[slug], login)

    def do(self, case: InstanceId, *elements: str, **values: object) -> None:
        """Do these steps, one after the other, each by who has its lane; the values are those that matter.

        What the case knows already stays as the form shows it.
        """
        for element in elements:
            task = self.dinas.task(case, element)
            filled = {**self._sample(case, element), **values}
            self.dinas.complete(task, str(task.lane), **filled)

    def do_for(self, case: InstanceId, element: str, unit: str, **values: object) -> None:
        """Do the step that is only for the people of a unit."""
        open_tasks = (task for task in self.dinas.tasks(case) if task.element == element)
        (task,) = (task for task in open_tasks if task.candidate_groups == (unit,))
        self.dinas.complete(task, staff_of(unit), **{**self._sample(case, element), **values})

    def wait(self, length: timedelta) -> None:
        """Let time pass and what became due come true."""
        self.dinas.clock.advance(length)
        for job in self.dinas.store.jobs.claim({JobKind.TIMER}, 10):
            self.dinas.runtime.fire_timer(job)

    def report(self, case: InstanceId, login: str) -> None:
        """Report the work of the outside system that a case waits for as done."""
        jobs = self.dinas.store.list_jobs()
        (job,) = (job for job in jobs if (job.instance, job.kind) == (case, JobKind.WORK))
        told = WorkReport(place=place_of(job), values={}, reason="Dilihat di OSS.")
        actor, request = self.dinas.person(login), self.dinas.request()
        self.dinas.agree(self.dinas.runtime.report_work(case, told, actor=actor, request=request))

    def begun_by(self, case: InstanceId) -> InstanceId:
        """Give the one case that a case began."""
        events = [record.event for record in self.dinas.records(case)]
        (begun,) = [event.instance for event in events if isinstance(event, InstanceLinked)]
        return begun

    def open(self, case: InstanceId) -> set[str]:
        """Give the elements of the open tasks."""
        return {task.element for task in self.dinas.tasks(case)}

    def end_of(self, case: InstanceId) -> str:
        """Give the end event that a finished case came to."""
        (end,) = self.ends_of(case)
        return end

    def ends_of(self, case: InstanceId) -> set[str]:
        """Give the end events that a finished case came to."""
        self.dinas.agree(case)
        assert self.dinas.case(case).state is InstanceState.COMPLETED
        visits = self.dinas.at(case).visits.items()
        return {element for (_, element), times in visits if times} & self.ends(self._slug(case))

    def innermost(self, case: InstanceId) -> Mapping[str, Value]:
        """Give the variables of the scope that was opened last and is still there."""
        moment = self.dinas.at(case)
        return moment.variables(max(moment.scopes))

    def ends(self, slug: str) -> set[str]:
        """Give the end events of a map."""
        elements = self._process(slug).elements.values()
        return {element.id for element in elements if element.kind == "endEvent"}

    def _process(self, slug: str) -> Process:
        file = ROOT / "processes" / self._agency / f"{slug}.bpmn"
        (process,) = read_source(file.read_bytes(), file=file.name).processes
        return process

    def _slug(self, case: InstanceId) -> str:
        definition = self.dinas.case(case).definition
        return next(s for s, known in self._definitions.items() if known == definition)

    def _sample(self, case: InstanceId, element: str) -> Mapping[str, object]:
        file = ROOT / "forms" / self._agency / self._slug(case) / f"{element}.form"
        components = json.loads(file.read_text())["components"]
        known = {key: v for key, v in self.dinas.values(case).items() if v is not None}
        return {
            k: _kept(known[k], v) if k in known else v for c in components for k, v in _filled(c)
        }


def _filled(component: Mapping[str, Any]) -> list[tuple[str, object]]:
    """Give the key of a field that somebody has to fill in, with a value that it takes; one that may be hidden is left out."""
    if "conditional" in component:
        return []
    if component["type"] == "dynamiclist":
        inner = {key: value for each in component["components"] for key, value in _value(each)}
        return [(component["path"], [inner])]
    is_required = component.get("validate", {}).get("required", False)
    return _value(component) if is_required else []


def _kept(known: object, sample: object) -> object:
    """Give a known value as a form keeps it: of rows only the columns that it has."""
    if not isinstance(known, list) or not isinstance(sample, list):
        return known
    columns = sample[0].keys() if isinstance(sample[0], dict) else ()
    rows = [row for row in known if isinstance(row, dict)]
    return [{key: row.get(key) for key in columns} for row in rows] if columns else known


def _value(component: Mapping[str, Any]) -> list[tuple[str, object]]:
    kind, key = component["type"], component.get("key", "")
    if kind == "datetime":
        return [(key, MOMENTS[component["subtype"]])]
    if kind in ("select", "radio", "checklist"):
        first = component["values"][0]["value"]
        return [(key, [first] if kind == "checklist" else first)]
    return [(key, VALUES[kind])]


__all__ = ["Walk", "closing", "package"]
