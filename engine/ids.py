"""Ids: sortable by time, made here and nowhere else.

An id is 26 characters of Crockford's base 32 in lower case: 48 bits of milliseconds since 1970, then 80 random bits. A
user task's id is its case's id, a hyphen and the number of its token, so it is found again by replaying the history.
"""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.clock import Clock

AgencyId = NewType("AgencyId", str)
UnitId = NewType("UnitId", str)
PostId = NewType("PostId", str)
PersonId = NewType("PersonId", str)
LaneId = NewType("LaneId", str)
DeploymentId = NewType("DeploymentId", str)
DefinitionId = NewType("DefinitionId", str)
InstanceId = NewType("InstanceId", str)
UserTaskId = NewType("UserTaskId", str)
RequestId = NewType("RequestId", str)
ChainId = NewType("ChainId", str)
JobId = NewType("JobId", str)
NoticeId = NewType("NoticeId", str)
SubscriptionId = NewType("SubscriptionId", str)
IncidentId = NewType("IncidentId", str)
DecisionId = NewType("DecisionId", str)
MapId = NewType("MapId", str)
RegisterId = NewType("RegisterId", str)
LetterNumberId = NewType("LetterNumberId", str)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


class Ids:
    """Makes ids from a clock and a source of randomness (tests hand in a predictable one)."""

    def __init__(self, clock: Clock, entropy: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._clock = clock
        self._entropy = entropy
        self._last = -1
        self._one_at_a_time = threading.Lock()

    def new(self) -> str:
        """Give a new id; what is made later sorts after it, here always, elsewhere from the next millisecond on."""
        milliseconds = int(self._clock.now().timestamp() * 1000)
        fresh = (milliseconds << 80) | int.from_bytes(self._entropy(10), "big")
        with self._one_at_a_time:
            in_same = self._last >> 80 == milliseconds
            number = self._last = max(fresh, self._last + 1) if in_same else fresh
        return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))


def user_task_id(instance: InstanceId, token: int) -> UserTaskId:
    """Give the id of the user task that a token of a case waits at."""
    return UserTaskId(f"{instance}-{token}")


def instance_of(task: UserTaskId) -> InstanceId:
    """Give the case that a user task belongs to."""
    return InstanceId(task.partition("-")[0])
