"""Who may open which address: one line a route, kept by `web/guard.py`. A route without a line is a failing test.

What an actor may *do* with a task or a case is decided by the engine when the command comes; this table says who gets as far
as the page.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from engine.actor import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.actor import Actor


class Access(Enum):
    """Kinds of caller."""

    ANYONE = "anyone, signed in or not"
    SIGNED_IN = "anyone with an open account"
    SEES_CASE = "who may see the case that the address names (others: as if it were not there)"
    LEADS = "heads (posts answer to theirs), process owners and administrators"
    AUDITS = "auditors, process owners and administrators"
    OWNS = "process owners and administrators"
    ADMINISTERS = "administrators"


_ROLES: Mapping[Access, frozenset[Role]] = {
    Access.LEADS: frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR}),
    Access.AUDITS: frozenset({Role.AUDITOR, Role.PROCESS_OWNER, Role.ADMINISTRATOR}),
    Access.OWNS: frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR}),
    Access.ADMINISTERS: frozenset({Role.ADMINISTRATOR}),
}


def admits(access: Access, actor: Actor) -> bool:
    """Tell whether somebody signed in is of the kind; whether a case is seen is asked of the database instead."""
    if access is Access.LEADS and actor.led:
        return True
    return access not in _ROLES or bool(_ROLES[access] & actor.roles)


ROUTES: Mapping[str, Access] = {
    "assets.show": Access.ANYONE,
    "session.sign_in_page": Access.ANYONE,
    "session.sign_in": Access.ANYONE,
    "session.sign_out": Access.SIGNED_IN,
    "tasks.home": Access.SIGNED_IN,
    "tasks.inbox": Access.SIGNED_IN,
    "task.show": Access.SEES_CASE,
    "task.send": Access.SEES_CASE,
    "task.claim": Access.SEES_CASE,
    "task.unclaim": Access.SEES_CASE,
    "processes.index": Access.SIGNED_IN,
    "processes.start": Access.SIGNED_IN,
    "cases.index": Access.SIGNED_IN,
    "case.show": Access.SEES_CASE,
    "case.cancel": Access.SEES_CASE,
    "case.download": Access.SEES_CASE,
}
"""Every endpoint of the application."""
