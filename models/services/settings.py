"""The study's own facts and settings, and the protocol it runs under."""

from sqlalchemy import Engine, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.sqlite import insert

from models.domain.clock import Clock
from models.domain.context import Context
from models.persistence.schema import corrections, facts, protocols
from models.protocols.model import Protocol


def read_all(engine: Engine) -> dict[str, str]:
    """Every fact and setting of the study by name."""
    with engine.begin() as connection:
        return {row.name: row.value for row in connection.execute(select(facts))}


def write(engine: Engine, name: str, value: str, by: Context, clock: Clock) -> None:
    """Set one of them; the old value is kept with who, when and why. A value set to itself writes nothing."""
    with engine.begin() as connection:
        old = connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()
        if old == value:
            return
        statement = insert(facts).values(name=name, value=value)
        connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
        connection.execute(
            plain_insert(corrections).values(
                at=clock.now(),
                actor=by.actor,
                kind="study_fact",
                record_id=0,
                field=name,
                old=old,
                new=value,
                reason=by.reason,
            )
        )


def adopt_protocol(engine: Engine, protocol: Protocol, by: str, clock: Clock) -> None:
    """Keep a protocol, as the text of its file, as the one in force from now on."""
    row = {
        "protocol_id": protocol.id,
        "version": protocol.version,
        "text": protocol.source_text,
        "adopted_at": clock.now(),
        "adopted_by": by,
    }
    with engine.begin() as connection:
        connection.execute(plain_insert(protocols).values(**row))


def read_protocol(engine: Engine) -> str:
    """The text of the protocol in force."""
    with engine.begin() as connection:
        return str(connection.execute(select(protocols.c.text).order_by(protocols.c.id.desc())).scalars().first())
