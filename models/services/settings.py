"""The study's own facts and settings, and the protocol it runs under."""

from collections.abc import Mapping

from sqlalchemy import Engine, insert, select, update

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.fields import LONGEST_NAME, length_problem
from models.domain.rights import Right
from models.persistence.engine import tell_driver
from models.persistence.schema import facts, protocols
from models.persistence.unit_of_work import UnitOfWork
from models.protocols.model import Protocol
from models.queries.locks import FROZEN
from models.services.desk import Desk

_NAMES = {"site_code": "The site number", "site_name": "The name of the site"}
"""What is printed on every paper, and is as short as a name."""
_CHANGEABLE = frozenset({"site_name", "idle_lock_minutes"})
"""What a person may set. Everything else is settled when the study is made, or by a command of its own."""


def read_all(engine: Engine) -> dict[str, str]:
    """Every fact and setting of the study by name."""
    with engine.begin() as connection:
        return dict(tell_driver(connection, "SELECT name, value FROM study_fact"))


def change(desk: Desk, name: str, value: str, by: Context) -> None:
    """Set what a person may set; TrialError for everything else, and where a change has no reason."""
    desk.user.require(Right.CONFIGURE)
    if name == FROZEN:
        raise TrialError("A study is frozen and unfrozen by a command of its own, with a reason. Use that one.")
    if name not in _CHANGEABLE:
        raise TrialError(f"{name} is no setting that can be changed. These are: {', '.join(sorted(_CHANGEABLE))}.")
    write(desk, name, value, by, Right.CONFIGURE)


def write(desk: Desk, name: str, value: str, by: Context, right: Right) -> None:
    """Set one of them; the trail keeps the old value with who, when and why. Set to itself it writes nothing."""
    _refuse_long(name, value)
    with desk.writing(right, by.reason) as unit:
        put(unit, name, value)


def put(unit: UnitOfWork, name: str, value: str) -> None:
    """The same inside a transaction; TrialError where another value stood there and the transaction has no reason."""
    old = unit.connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()
    if old is None:
        unit.connection.execute(insert(facts).values(name=name, value=value))
    elif old != value:
        if not unit.by.reason:
            raise TrialError("A setting of the study is changed with a reason, which the audit trail keeps. Say why.")
        unit.connection.execute(update(facts).where(facts.c.name == name).values(value=value))


def _refuse_long(name: str, value: str) -> None:
    what = _NAMES.get(name)
    problem = length_problem(what, value, LONGEST_NAME) if what else length_problem("This setting", value)
    if problem:
        raise TrialError(problem)


def begin(unit: UnitOfWork, about: Mapping[str, str]) -> None:
    """The first facts of a new study."""
    for name, value in about.items():
        _refuse_long(name, value)
    unit.connection.execute(insert(facts), [{"name": name, "value": value} for name, value in about.items()])


def adopt_protocol(unit: UnitOfWork, protocol: Protocol) -> None:
    """Keep a protocol, as the text of its file, as the one in force from now on."""
    row = {
        "protocol_id": protocol.id,
        "version": protocol.version,
        "text": protocol.source_text,
        "adopted_at": unit.at,
        "adopted_by": unit.by.actor,
    }
    unit.connection.execute(insert(protocols).values(**row))


def read_protocol(engine: Engine) -> str:
    """The text of the protocol in force."""
    with engine.begin() as connection:
        return str(next(tell_driver(connection, "SELECT text FROM protocol ORDER BY id DESC LIMIT 1"), ("",))[0])
