"""`alur deploy`: put process maps in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.actor import Signature
from engine.errors import NotFound
from engine.gate import Refused
from storage.queries.people import list_agencies
from web.application import open_parts
from web.checking import put_in_force
from web.commands.files import read_package
from web.commands.settings import settings_here
from web.commands.speaking import say
from web.connectors import unlisted_hosts
from web.rule_words import verdict_lines
from web.words import sentence

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.deployment import Prepared
    from engine.ids import AgencyId
    from engine.process import Process
    from web.parts import Parts

SUMMARY = "Berlakukan peta proses, keputusan, dan formulirnya; semua atau tidak satu pun."


def add_arguments(parser: ArgumentParser) -> None:
    """Take the files and the agency."""
    parser.add_argument(
        "files", nargs="+", metavar="BERKAS", help="berkas .bpmn, .dmn, dan .form; atau foldernya"
    )
    parser.add_argument(
        "--agency", default="", metavar="KANTOR", help="id kantor, bila lebih dari satu"
    )


def execute(arguments: Namespace) -> int:
    """Deploy the files together. Raises AlurError when a file can't be read or there is no such agency."""
    package = read_package(arguments.files)
    parts = open_parts(settings_here())
    try:
        agency = find_agency(parts, arguments.agency)
        deployed = put_in_force(parts, package, agency=agency, by=Signature.of_system())
        processes = [parts.runtime.program(each.id).process for each in deployed.definitions]
    except Refused as refusal:
        for line in verdict_lines(refusal.findings):
            say(line)
        say("Tidak ada yang diberlakukan.")
        return 1
    finally:
        parts.database.close()
    _tell(deployed, parts, processes)
    return 0


def _tell(deployed: Prepared, parts: Parts, processes: list[Process]) -> None:
    for line in verdict_lines(deployed.findings):
        say(line)
    for host in unlisted_hosts(processes, parts.settings):
        say(sentence("http_host_unlisted", host=host))
    for decision in deployed.decisions.all:
        say(f"Berlaku: keputusan {decision.name} ({decision.key}) versi {decision.version}")
    for definition in deployed.definitions:
        tag = f" ({definition.tag})" if definition.tag else ""
        say(f"Berlaku: {definition.name} ({definition.key}) versi {definition.version}{tag}")
    for drawn in deployed.report.drawn:
        say(f"Disimpan sebagai peta saja: {drawn.name} ({drawn.key})")


def find_agency(parts: Parts, asked: str) -> AgencyId:
    """Give the agency that is asked for, or the only one. Raises NotFound with the ones there are."""
    known = [agency.id for agency in parts.database.read(list_agencies)]
    if not known:
        raise NotFound("Expected an agency, but the database is empty", code="agency_none")
    fitting = [agency for agency in known if asked in ("", agency)]
    if len(fitting) == 1:
        return fitting[0]
    raise NotFound(
        f"Expected one of {known}, but found {asked!r}",
        code="agency_unknown" if asked else "agency_asked",
        agency=asked,
        known=", ".join(known),
    )
