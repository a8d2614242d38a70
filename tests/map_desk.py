"""Shipped maps worked on in browsers: the server runs in this process, so that its clock can be moved."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import yaml
from map_kit import ROOT
from web_kit import close, parts_of, settings_for
from werkzeug.serving import make_server

from engine.chain import instance_chain
from engine.history import InstanceLinked
from engine.ids import InstanceId
from storage.store import SqlStore
from web import create_app
from web.worker import case_worker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import timedelta
    from pathlib import Path

    from desk import Desk
    from playwright.sync_api import Locator

    from engine.store import Instance
    from engine.testing import FixedClock
    from engine.user_task import UserTask

PAPER = b"%PDF-1.4 berkas"
TEXTS = {"textfield": "Isian uji", "textarea": "Uraian untuk uji.", "number": "1500"}
MOMENTS = {"date": "2026-12-01", "datetime": "2026-12-01T09:00"}


class Town:
    """The demonstration offices behind a server of this process, with a clock that tests move."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self._clock = clock
        self._app = create_app(settings_for(folder / "alur.sqlite3"), clock)
        self.parts = parts_of(self._app)
        self._store = SqlStore(self.parts.database)
        self._server = make_server("127.0.0.1", 0, self._app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.port}"

    def stop(self) -> None:
        """Stop serving and let go of the database."""
        self._server.shutdown()
        self._thread.join()
        close(self._app)

    def wait(self, length: timedelta) -> None:
        """Let time pass, and the worker do what became due."""
        self._clock.advance(length)
        worker = case_worker(self.parts)
        while worker.run_due():
            pass

    def case(self, case: InstanceId) -> Instance:
        """Give a case as stored."""
        return self._store.transact(lambda tx: tx.get_instance(case))

    def task(self, case: InstanceId, element: str, unit: str = "") -> UserTask:
        """Give the open task of a case at an element, of several the one for the people of a unit."""
        tasks = self._store.transact(lambda tx: tx.list_open_tasks(case))
        here = [task for task in tasks if task.element == element]
        (found,) = [task for task in here if unit in ("", *task.candidate_groups)]
        return found

    def slug(self, case: InstanceId) -> tuple[str, str]:
        """Give agency and slug of the map that a case is of."""
        found = self.case(case).definition
        definition = self._store.transact(lambda tx: tx.get_definition(found))
        return str(definition.agency), definition.resource.removesuffix(".bpmn")

    def begun_by(self, case: InstanceId) -> InstanceId:
        """Give the one case that a case began."""
        records = self._store.transact(lambda tx: tx.list_records(instance_chain(case)))
        (begun,) = [r.event.instance for r in records if isinstance(r.event, InstanceLinked)]
        return begun


class MapDesks:
    """The desks of the people of an office, and what they do at them."""

    def __init__(self, town: Town, agency: str, open_desk: Callable[[str], Desk]) -> None:
        self._town, self._agency, self._open = town, agency, open_desk
        self._desks: dict[str, Desk] = {}
        office = yaml.safe_load((ROOT / "processes" / agency / "office.yaml").read_text())
        held = {post: p["login"] for p in reversed(office["persons"]) for post in p["posts"]}
        self._logins = {
            lane: held[post["id"]] for post in reversed(office["posts"]) for lane in post["lanes"]
        }
        self._staff = {post["unit"]: held[post["id"]] for post in office["posts"]}

    def of(self, lane: str) -> Desk:
        """Give the desk of who works for a lane."""
        return self._at(self._logins[lane])

    def _at(self, login: str) -> Desk:
        if login not in self._desks:
            self._desks[login] = self._open(login)
        return self._desks[login]

    def wait(self, length: timedelta) -> None:
        """Let time pass; everybody signs in anew."""
        self._town.wait(length)
        self._desks.clear()

    def begin(self, lane: str, process: str) -> InstanceId:
        """Start a case by the page of processes; its first task lies on the desk."""
        desk = self.of(lane)
        desk.page.goto("/proses")
        desk.press(f"Mulai {process}")
        task = desk.page.url.rpartition("/")[2].partition("?")[0]
        return InstanceId(task.rpartition("-")[0])

    def do(self, case: InstanceId, *elements: str, **answers: str) -> Desk:
        """Do these steps, one after the other: open the task, fill in what is empty, give the answers, send."""
        for element in elements:
            task = self._town.task(case, element)
            desk = self.open(task)
            self._send(desk, case, element, answers)
        return desk

    def do_for(self, case: InstanceId, element: str, unit: str, **answers: str) -> Desk:
        """Do the step that is only for the people of a unit, as the lowest post in it."""
        desk = self.open(self._town.task(case, element, unit), self._staff[unit])
        self._send(desk, case, element, answers)
        return desk

    def open(self, task: UserTask, login: str = "") -> Desk:
        """Open a task at the desk of somebody, else of who works for its lane, and take it."""
        desk = self._at(login) if login else self.of(str(task.lane))
        desk.page.goto(f"/tugas/{task.id}")
        take = desk.page.get_by_role("button", name="Ambil", exact=True)
        if take.count():
            take.first.click()
            desk.page.wait_for_load_state()
        assert desk.title == task.name, desk.text
        return desk

    def _send(self, desk: Desk, case: InstanceId, element: str, answers: Mapping[str, str]) -> None:
        for component in self._form(case, element):
            _fill(desk, component, answers)
        desk.shoot(f"{self._town.slug(case)[1]}-{element}")
        desk.press("Kirim")
        assert not desk.mistakes, (element, desk.mistakes)

    def report(self, case: InstanceId, lane: str, name: str) -> None:
        """Report work that an outside system does as done, from the page of the case."""
        desk = self.of(lane)
        desk.page.goto(f"/perkara/{case}")
        desk.follow(f"Laporkan “{name}”")
        desk.page.locator("main textarea").last.fill("Dilihat di OSS.")
        desk.shoot("lapor-oss")
        desk.page.locator("main form button.primary").last.click()
        desk.page.wait_for_load_state()

    def _form(self, case: InstanceId, element: str) -> list[Mapping[str, Any]]:
        agency, slug = self._town.slug(case)
        file = ROOT / "forms" / agency / slug / f"{element}.form"
        components: list[Mapping[str, Any]] = json.loads(file.read_text())["components"]
        return components


def _fill(desk: Desk, component: Mapping[str, Any], answers: Mapping[str, str]) -> None:
    """Fill in a field that is asked for, if it is empty; in a table the first row."""
    key = component.get("key", component.get("path", ""))
    if component["type"] == "dynamiclist":
        if component.get("properties", {}).get("wajib") == "ya":
            for column in component["components"]:
                _type(desk, column, row=f"{key}.0.")
    elif key in answers:
        _answer(desk, component, answers[key])
    elif _is_asked(component):
        _type(desk, component)


def _is_asked(component: Mapping[str, Any]) -> bool:
    """Tell whether a field must be filled in whatever else is; one that comes and goes is for the test to answer."""
    required = component.get("validate", {}).get("required")
    return required and not component.get("readonly") and "conditional" not in component


def _answer(desk: Desk, component: Mapping[str, Any], answer: str) -> None:
    if component["type"] in ("radio", "checklist"):
        for label in answer.split(", "):
            desk.tick(label, under=component["label"])
    else:
        _field(desk, component["key"]).fill(answer)


def _type(desk: Desk, component: Mapping[str, Any], row: str = "") -> None:
    kind, name = component["type"], row + component["key"]
    if kind == "filepicker":
        desk.attach(component["label"], f"{component['key']}.pdf", PAPER)
    elif kind in ("radio", "checklist"):
        if not desk.page.locator(f"main input[name='{name}']:checked").count():
            desk.tick(component["values"][0]["label"], under=component["label"])
    elif kind == "checkbox":
        desk.page.locator(f"main input[type=checkbox][name='{name}']").check()
    elif _field(desk, name).input_value():
        return
    elif kind == "select":
        _field(desk, name).select_option(index=1)
    else:
        _field(desk, name).fill(TEXTS.get(kind) or MOMENTS[component["subtype"]])


def _field(desk: Desk, name: str) -> Locator:
    return desk.page.locator(f"main [name='{name}']").first


__all__ = ["MapDesks", "Town"]
