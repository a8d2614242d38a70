"""The parts of a running Alur, put together once by `create_app` and handed to the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from flask import Flask

    from engine.clock import Clock
    from engine.ids import Ids
    from engine.runtime import Runtime
    from storage.database import Database
    from storage.directory import Directory
    from storage.drafts import Drafts
    from storage.files import Files
    from storage.jobs import SqlJobs
    from storage.notices import Notices
    from storage.packages import Packages
    from storage.previews import Previews
    from storage.sessions import Sessions
    from storage.sign_ins import SignIns
    from web.alarm import Alarm
    from web.config import Settings

_NAME = "alur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the pages work with."""

    settings: Settings
    clock: Clock
    ids: Ids
    database: Database
    runtime: Runtime
    directory: Directory
    sessions: Sessions
    sign_ins: SignIns
    files: Files
    drafts: Drafts
    previews: Previews
    jobs: SqlJobs
    notices: Notices
    packages: Packages
    alarm: Alarm


def install(app: Flask, parts: Parts) -> None:
    """Let the app's pages work with these parts."""
    app.extensions[_NAME] = parts


def parts() -> Parts:
    """Give the parts of the app that answers this request."""
    found: Parts = current_app.extensions[_NAME]
    return found
