"""The demonstration office: filled into an empty database when `ALUR_DEMONSTRATION=1`."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from engine.actor import Agency, Post, Role, Signature, Unit
from engine.ids import AgencyId, LaneId, PersonId, PostId, UnitId
from engine.store import Office, Registration
from storage.queries.people import list_agencies
from web.passwords import hash_password
from web.register_file import read_registers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from web.parts import Parts

PASSWORD = "peragaan-alur"  # noqa: S105 - shown on the sign-in page of the demonstration
"""The password of every account of the demonstration."""

AGENCY = "pasuruan"
"""The folder of the demonstration office, in `processes` and in `forms`."""


def fill(parts: Parts) -> bool:
    """Set up the demonstration office, its people and its processes in an empty database; True when it was empty."""
    if parts.database.read(list_agencies):
        return False
    text = _folder("processes").joinpath("office.yaml").read_text(encoding="utf-8")
    content: dict[str, object] = yaml.safe_load(text)
    office, by = _office(content), Signature.of_system()
    parts.runtime.set_up(office)
    for registration in _registrations(content, parts):
        parts.runtime.register(registration, by=by)
    for package in list_packages():
        parts.runtime.deploy(package, agency=office.agency.id, by=by)
    letters = _folder("processes").joinpath("letters.yaml").read_text(encoding="utf-8")
    for rule in read_registers(letters, office.agency, parts.clock.now()):
        parts.runtime.set_up_register(rule, by=by)
    return True


def list_packages() -> list[Mapping[str, bytes]]:
    """Give each process of the demonstration office with its forms, as a package of files."""
    drawings = [d for d in _folder("processes").iterdir() if d.name.endswith(".bpmn")]
    return [
        {drawing.name: drawing.read_bytes(), **_forms(drawing.name.removesuffix(".bpmn"))}
        for drawing in sorted(drawings, key=lambda drawing: drawing.name)
    ]


def _forms(slug: str) -> dict[str, bytes]:
    folder = _folder("forms").joinpath(slug)
    found = [form for form in folder.iterdir() if form.name.endswith(".form")]
    return {form.name: form.read_bytes() for form in sorted(found, key=lambda form: form.name)}


def _folder(package: str) -> Traversable:
    return files(package).joinpath(AGENCY)


def _office(content: Mapping[str, object]) -> Office:
    agency = _mapping(content["agency"])
    return Office(
        agency=Agency(
            id=AgencyId(_text(agency, "id")),
            name=_text(agency, "name"),
            zone=_text(agency, "zone"),
        ),
        units=tuple(
            Unit(id=UnitId(_text(unit, "id")), name=_text(unit, "name"))
            for unit in _mappings(content, "units")
        ),
        posts=tuple(
            Post(
                id=PostId(_text(post, "id")),
                name=_text(post, "name"),
                unit=UnitId(_text(post, "unit")),
                lanes=frozenset(map(LaneId, _texts(post, "lanes"))),
                superior=PostId(_text(post, "superior")) if "superior" in post else None,
            )
            for post in _mappings(content, "posts")
        ),
    )


def _registrations(content: Mapping[str, object], parts: Parts) -> Iterator[Registration]:
    hashed = hash_password(PASSWORD)
    for person in _mappings(content, "persons"):
        yield Registration(
            person=PersonId(parts.ids.new()),
            agency=AgencyId(_text(_mapping(content["agency"]), "id")),
            login=_text(person, "login"),
            name=_text(person, "name"),
            posts=tuple(map(PostId, _texts(person, "posts"))),
            roles=frozenset(map(Role, _texts(person, "roles"))),
            password_hash=hashed,
        )


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"Expected a mapping in office.yaml, but found {value!r}")
    return value


def _mappings(content: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    value = content[name]
    return [_mapping(item) for item in value] if isinstance(value, list) else []


def _text(content: Mapping[str, object], name: str) -> str:
    return str(content[name])


def _texts(content: Mapping[str, object], name: str) -> list[str]:
    value = content[name]
    return [str(item) for item in value] if isinstance(value, list) else []
