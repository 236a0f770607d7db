"""What a command needs of the study, and who is at the desk: the place where rights are checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from models.domain.characters import told
from models.domain.clock import Clock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.fields import length_problem
from models.domain.rights import WITHOUT_ENTRIES, Right, User
from models.persistence.file_system import require_space
from models.persistence.unit_of_work import UnitOfWork, writing
from models.protocols.model import Protocol
from models.queries.locks import refuse_frozen


class Desk(NamedTuple):
    """The engines, the clock, the protocol in force, the person who signed in, and the study's folder.

    `write` is None in a study that was opened for reading only.
    """

    read: Engine
    write: Engine | None
    clock: Clock
    protocol: Protocol
    user: User
    home: Path

    @property
    def writer(self) -> Engine:
        """The writing engine; TrialError where there is none."""
        if self.write is None:
            raise TrialError(
                "The study is open for reading only, so nothing can be changed. Close it and open it for writing."
            )
        return self.write

    @contextmanager
    def writing(self, right: Right, reason: str = "", *, thawing: bool = False) -> Iterator[UnitOfWork]:
        """One transaction of the person at the desk, who must have the right to it.

        In a frozen study only what leaves the record as it is may be written, and what unfreezes it (`thawing`); the
        same where the disk is nearly full.
        """
        self.user.require(right)
        if problem := length_problem("The reason", reason):
            raise TrialError(problem)
        if right not in WITHOUT_ENTRIES:
            require_space(self.home)
        with writing(self.writer, Context(self.user.login, told(reason)), self.clock) as unit:
            if right not in WITHOUT_ENTRIES and not thawing:
                refuse_frozen(unit.connection)
            yield unit
