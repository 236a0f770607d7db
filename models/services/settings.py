"""The study's own facts and settings, and the protocol it runs under."""

from collections.abc import Mapping

from sqlalchemy import Engine, insert, select, update

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.fields import length_problem
from models.domain.rights import Right
from models.persistence.schema import facts, protocols
from models.persistence.unit_of_work import UnitOfWork
from models.protocols.model import Protocol
from models.queries.locks import FROZEN
from models.services.desk import Desk


def read_all(engine: Engine) -> dict[str, str]:
    """Every fact and setting of the study by name."""
    with engine.begin() as connection:
        return {row.name: row.value for row in connection.execute(select(facts))}


def write(desk: Desk, name: str, value: str, by: Context, right: Right = Right.CONFIGURE) -> None:
    """Set one of them; the trail keeps the old value with who, when and why. Set to itself it writes nothing."""
    if name == FROZEN:
        raise TrialError("A study is frozen and unfrozen by a command of its own, with a reason. Use that one.")
    if problem := length_problem("This setting", value):
        raise TrialError(problem)
    with desk.writing(right, by.reason) as unit:
        put(unit, name, value)


def put(unit: UnitOfWork, name: str, value: str) -> None:
    """The same inside a transaction."""
    old = unit.connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()
    if old is None:
        unit.connection.execute(insert(facts).values(name=name, value=value))
    elif old != value:
        unit.connection.execute(update(facts).where(facts.c.name == name).values(value=value))


def begin(unit: UnitOfWork, about: Mapping[str, str]) -> None:
    """The first facts of a new study."""
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
        return str(connection.execute(select(protocols.c.text).order_by(protocols.c.id.desc())).scalars().first())
