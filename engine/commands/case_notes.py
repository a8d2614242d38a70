"""Commands that change nothing of a case's work: somebody saw a task, somebody wrote a comment."""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import TYPE_CHECKING

from engine import permission
from engine.chain import append
from engine.clock import as_text
from engine.commands.commands import Commands
from engine.errors import InvalidSubmission
from engine.history import CommentAdded, UserTaskOpened
from engine.store import Changes

if TYPE_CHECKING:
    from engine.act import Act
    from engine.actor import Actor
    from engine.history import HistoryEvent
    from engine.ids import InstanceId, RequestId, UserTaskId
    from engine.store import Instance, Transaction
    from engine.user_task import UserTask

MAX_COMMENT = 2_000
"""Characters of a comment."""

_UNWANTED = frozenset({"Cc", "Cs"})
"""Unicode categories that a comment is cleared of: control characters (but line breaks), lone surrogates."""


class CaseNoteCommands(Commands):
    """Open a task, comment on a case."""

    def open_task(self, task: UserTaskId, *, actor: Actor, request: RequestId) -> InstanceId:
        """Note that somebody who may do the task has seen it: from then on it can't be taken back by its sender.

        Only the first time, and not for the sender, is anything written. Raises NotFound or NotAllowed for somebody who
        may not do the task, WrongState when it is done, Conflict when another holds it.
        """

        def work(tx: Transaction) -> InstanceId:
            instance, found = tx.get_case_of(task)
            post = permission.working_post(found, actor)
            permission.expect_open(found)
            permission.expect_not_held_by_other(found, actor)
            if found.opened_at is None and found.sender_id != actor.person:
                tx.save(opened(instance, found, self._act(tx, actor, post, request)))
            return instance.id

        return self._once(request, actor, work)

    def comment(
        self,
        instance: InstanceId,
        text: str,
        *,
        actor: Actor,
        request: RequestId,
        task: UserTaskId | None = None,
    ) -> InstanceId:
        """Write a comment to a case, running or over, at one of its tasks if one is named.

        It can't be changed or taken away. Raises NotFound for a case or task that is not there or not the actor's to see,
        NotAllowed for an auditor, InvalidSubmission for an empty or a very long text.
        """

        def work(tx: Transaction) -> InstanceId:
            found = tx.get_instance(instance)
            definition = self._library.get(found.definition, tx).definition
            permission.expect_may_comment(found, definition, actor)
            if task is not None:
                permission.expect_task_of(task, instance)
                tx.get_case_of(task)
            post = next((p for p in actor.posts if p.lanes & definition.lanes), None)
            post = post or next(iter(actor.posts), None)
            event = CommentAdded(text=comment_of(text), task=task or "")
            tx.save(remark(found, event, self._act(tx, actor, post, request)))
            return instance

        return self._once(request, actor, work)


def opened(instance: Instance, task: UserTask, act: Act) -> Changes:
    """Note that a task was seen for the first time; the task's revision stays."""
    changes = remark(instance, UserTaskOpened(task=task.id), act)
    seen = dataclasses.replace(task, opened_at=act.at)
    return dataclasses.replace(changes, opened_tasks=(seen,))


def remark(instance: Instance, event: HistoryEvent, act: Act) -> Changes:
    """Write one event into a case's history, and change nothing else of the case."""
    records, head = append(
        instance.head, [event], at=as_text(act.at), by=act.by, request=act.request
    )
    changed = dataclasses.replace(instance, head=head, revision=instance.revision + 1)
    return Changes(instance=changed, records=records)


def comment_of(text: str) -> str:
    """Give a comment as it is kept: plain line breaks, no control characters, no space around it.

    Raises InvalidSubmission for an empty or a very long one.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in _UNWANTED)
    kept = kept.strip()
    if not kept:
        raise InvalidSubmission("Expected a comment, but it is empty", code="comment_missing")
    if len(kept) > MAX_COMMENT:
        raise InvalidSubmission(
            f"Expected at most {MAX_COMMENT} characters, but the comment has {len(kept)}",
            code="comment_long",
            limit=MAX_COMMENT,
            length=len(kept),
        )
    return kept
