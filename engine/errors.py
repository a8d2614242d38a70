"""The one error tree.

    AlurError
    ├── DefinitionError          a file can't be deployed; nothing was stored
    ├── CommandRejected          the command was refused; nothing changed
    │   ├── NotFound             404  no such thing, or not yours to see
    │   ├── NotAllowed           403
    │   ├── WrongState           409  the thing is no longer in the state the command needs
    │   ├── Conflict             409  somebody else changed it first
    │   └── InvalidSubmission    422  the form was not filled in properly
    ├── ExecutionFailed          the case can't go on; its state is as before the command
    └── BusinessError            an error of the modelled business, with its code

Every error has a `code` (a stable word, listed in `web/words.py` with its Indonesian sentence) and `params` (what that
sentence names). The message itself is English, for the log: "Expected …, but …".
"""

from __future__ import annotations


class AlurError(Exception):
    """Root of all errors of Alur; `code` and `params` are what a page words, the message is for the log."""

    def __init__(self, message: str, *, code: str, **params: object) -> None:
        super().__init__(message)
        self.code = code
        self.params = params


class DefinitionError(AlurError):
    """A file can't be deployed; nothing was stored."""


class CommandRejected(AlurError):
    """A command was refused and nothing changed."""


class NotFound(CommandRejected):
    """There is no such thing, or it is not this actor's to see."""


class NotAllowed(CommandRejected):
    """The thing is there, but this actor may not do this with it."""


class WrongState(CommandRejected):
    """The thing is no longer in the state that the command needs."""


class Conflict(CommandRejected):
    """Somebody else changed the thing first."""


class InvalidSubmission(CommandRejected):
    """A form was not filled in properly."""


class ExecutionFailed(AlurError):
    """The case can't go on; its state is as it was before the command."""


class BusinessError(AlurError):
    """An error of the modelled business, carried by its `code`."""
