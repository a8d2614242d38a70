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
    "account.show": Access.SIGNED_IN,
    "account.password_page": Access.SIGNED_IN,
    "account.change_password": Access.SIGNED_IN,
    "account.end_sessions": Access.SIGNED_IN,
    "account.save_mail": Access.SIGNED_IN,
    "forgotten.show": Access.ANYONE,
    "forgotten.send": Access.ANYONE,
    "password_link.enter": Access.ANYONE,
    "password_link.show": Access.ANYONE,
    "password_link.use": Access.ANYONE,
    "tasks.home": Access.SIGNED_IN,
    "tasks.inbox": Access.SIGNED_IN,
    "team.overview": Access.LEADS,
    "team.tasks": Access.LEADS,
    "bulk.act": Access.SIGNED_IN,
    "bulk.assign_page": Access.SIGNED_IN,
    "bulk.assign": Access.SIGNED_IN,
    "bulk.complete_page": Access.SIGNED_IN,
    "bulk.complete": Access.SIGNED_IN,
    "task_acts.take_over_page": Access.SEES_CASE,
    "task_acts.take_over": Access.SEES_CASE,
    "task_acts.hand_back_page": Access.SEES_CASE,
    "task_acts.hand_back": Access.SEES_CASE,
    "task_acts.postpone_page": Access.SEES_CASE,
    "task_acts.postpone": Access.SEES_CASE,
    "amends.retract_page": Access.SEES_CASE,
    "amends.retract": Access.SEES_CASE,
    "amends.correct_page": Access.SEES_CASE,
    "amends.correct": Access.SEES_CASE,
    "task.show": Access.SEES_CASE,
    "task.send": Access.SEES_CASE,
    "task.claim": Access.SEES_CASE,
    "draft.save": Access.SEES_CASE,
    "draft.drop": Access.SEES_CASE,
    "processes.index": Access.SIGNED_IN,
    "processes.start": Access.SIGNED_IN,
    "maps.index": Access.AUDITS,
    "maps.show": Access.AUDITS,
    "maps.show_map": Access.AUDITS,
    "upload.ask": Access.OWNS,
    "upload.check": Access.OWNS,
    "upload.show": Access.OWNS,
    "upload.enforce": Access.OWNS,
    "cases.index": Access.SIGNED_IN,
    "answers.index": Access.SIGNED_IN,
    "answers.choose": Access.SEES_CASE,
    "answers.show": Access.SEES_CASE,
    "answers.record": Access.SEES_CASE,
    "case.show": Access.SEES_CASE,
    "case.cancel": Access.SEES_CASE,
    "case.comment": Access.SEES_CASE,
    "case.paper": Access.SEES_CASE,
    "case_files.download": Access.SEES_CASE,
    "case_files.preview": Access.SEES_CASE,
    "case_files.preview_page": Access.SEES_CASE,
    "dispositions.show": Access.SEES_CASE,
    "decisions.index": Access.SIGNED_IN,
    "decisions.show": Access.SIGNED_IN,
    "decisions.download": Access.AUDITS,
    "incidents.index": Access.LEADS,
    "incidents.retry": Access.SEES_CASE,
    "incidents.drop_page": Access.SEES_CASE,
    "incidents.drop": Access.SEES_CASE,
    "incidents.report_page": Access.SEES_CASE,
    "incidents.report": Access.SEES_CASE,
    "letters.index": Access.SIGNED_IN,
    "letters.book": Access.SIGNED_IN,
    "letters.paper": Access.SIGNED_IN,
    "letters.download": Access.SIGNED_IN,
    "letters.hanging": Access.SIGNED_IN,
    "letter_numbers.by_hand_page": Access.SIGNED_IN,
    "letter_numbers.by_hand": Access.SIGNED_IN,
    "letter_numbers.show": Access.SIGNED_IN,
    "letter_numbers.confirm": Access.SIGNED_IN,
    "letter_numbers.void": Access.SIGNED_IN,
    "letter_registers.index": Access.OWNS,
    "letter_registers.new": Access.OWNS,
    "letter_registers.add": Access.OWNS,
    "letter_registers.edit": Access.OWNS,
    "letter_registers.save": Access.OWNS,
    "notices.index": Access.SIGNED_IN,
    "notices.read_all": Access.SIGNED_IN,
    "notices.read": Access.SIGNED_IN,
    "notices.failed": Access.ADMINISTERS,
    "notices.begin_anew": Access.ADMINISTERS,
    "notices.drop": Access.ADMINISTERS,
    "office.index": Access.ADMINISTERS,
    "wait_lengths.index": Access.OWNS,
    "wait_lengths.save": Access.OWNS,
    "expressions.index": Access.OWNS,
    "expressions.try_one": Access.OWNS,
    "office_values.index": Access.OWNS,
    "office_values.save": Access.OWNS,
    "calendar.show": Access.SIGNED_IN,
    "calendar.save_days": Access.ADMINISTERS,
    "calendar.drop_day": Access.ADMINISTERS,
    "calendar.confirm": Access.ADMINISTERS,
    "calendar.hours_page": Access.ADMINISTERS,
    "calendar.save_hours": Access.ADMINISTERS,
    "calendar.season_page": Access.ADMINISTERS,
    "calendar.save_season": Access.ADMINISTERS,
    "calendar.drop_season": Access.ADMINISTERS,
    "calendar.rules_page": Access.ADMINISTERS,
    "calendar.save_rules": Access.ADMINISTERS,
    "units.index": Access.ADMINISTERS,
    "units.new": Access.ADMINISTERS,
    "units.add": Access.ADMINISTERS,
    "units.edit": Access.ADMINISTERS,
    "units.save": Access.ADMINISTERS,
    "units.close": Access.ADMINISTERS,
    "posts.index": Access.ADMINISTERS,
    "posts.new": Access.ADMINISTERS,
    "posts.add": Access.ADMINISTERS,
    "posts.show": Access.ADMINISTERS,
    "posts.edit": Access.ADMINISTERS,
    "posts.save": Access.ADMINISTERS,
    "posts.close": Access.ADMINISTERS,
    "persons.index": Access.ADMINISTERS,
    "persons.new": Access.ADMINISTERS,
    "persons.add": Access.ADMINISTERS,
    "persons.show": Access.ADMINISTERS,
    "persons.edit": Access.ADMINISTERS,
    "persons.save": Access.ADMINISTERS,
    "persons.reopen": Access.ADMINISTERS,
    "persons.make_link": Access.ADMINISTERS,
    "persons.end_sessions": Access.ADMINISTERS,
    "holdings.new": Access.ADMINISTERS,
    "holdings.start": Access.ADMINISTERS,
    "holdings.ask_end": Access.ADMINISTERS,
    "holdings.end": Access.ADMINISTERS,
    "handover.ask_close": Access.ADMINISTERS,
    "handover.close": Access.ADMINISTERS,
    "handover.ask": Access.ADMINISTERS,
    "handover.hand_over": Access.ADMINISTERS,
    "people_import.ask": Access.ADMINISTERS,
    "people_import.example": Access.ADMINISTERS,
    "people_import.check": Access.ADMINISTERS,
    "people_import.take": Access.ADMINISTERS,
}
"""Every endpoint of the application."""
