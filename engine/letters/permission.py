"""Who may do what with a register: its keepers, those who oversee the office, and for its rule only the latter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.actor import Role
from engine.errors import NotAllowed, NotFound

if TYPE_CHECKING:
    from engine.actor import Actor, Post
    from engine.letters.rule import LetterRule

RULERS = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR})
"""Roles that make the rule of a register, and may number by hand in every register."""

READERS = RULERS | {Role.AUDITOR}
"""Roles that may read every agenda book."""


def may_read(rule: LetterRule, actor: Actor) -> bool:
    """Tell whether the actor may read a register's agenda book."""
    if rule.agency != actor.agency:
        return False
    return bool(actor.roles & READERS or actor.lanes & rule.lanes)


def may_keep(rule: LetterRule, actor: Actor) -> bool:
    """Tell whether the actor may take numbers of a register by hand, confirm and void them."""
    if rule.agency != actor.agency:
        return False
    return bool(actor.roles & RULERS or actor.lanes & rule.lanes)


def keeping_post(rule: LetterRule, actor: Actor) -> Post | None:
    """Give the post in which the actor keeps a register, None for who oversees the office without one.

    Raises NotFound for who may not even read it, NotAllowed for who may only read.
    """
    if not may_read(rule, actor):
        raise NotFound("Expected a register of this actor's, but it is not there", code="not_found")
    if not may_keep(rule, actor):
        raise NotAllowed(
            f"Expected a keeper of {rule.register}, but {actor.person} is none",
            code="letter_not_keeper",
            register=rule.name,
        )
    return next((post for post in actor.posts if post.lanes & rule.lanes), None)


def expect_ruler(actor: Actor) -> None:
    """Raise NotAllowed unless the actor may make the rules of registers."""
    if not actor.roles & RULERS:
        raise NotAllowed(
            f"Expected who oversees the office, but {actor.person} does not",
            code="letter_not_ruler",
        )
