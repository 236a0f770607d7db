"""Forms in progress. They are kept as typed, outside the record, until they are saved or thrown away."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.sqlite import insert

from models.domain.clock import Clock
from models.persistence.schema import drafts


class DraftLine(NamedTuple):
    """That a form was left unsaved: its key, who typed, and when."""

    key: str
    actor: str
    saved_at: datetime


def keep(engine: Engine, key: str, texts: Mapping[str, str], actor: str, clock: Clock) -> None:
    """Keep what was typed into a form, field by field, replacing the form's earlier draft."""
    row = {"actor": actor, "saved_at": clock.now(), "texts": json.dumps(dict(texts), ensure_ascii=False)}
    statement = insert(drafts).values(key=key, **row)
    with engine.begin() as connection:
        connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=row))


def read(engine: Engine, key: str) -> dict[str, str] | None:
    """What was typed into a form and not saved, None if nothing."""
    with engine.begin() as connection:
        row = connection.execute(select(drafts.c.texts).where(drafts.c.key == key)).first()
    return {str(k): str(v) for k, v in json.loads(row.texts).items()} if row else None


def drop(engine: Engine, key: str) -> None:
    """Forget a draft."""
    with engine.begin() as connection:
        connection.execute(delete(drafts).where(drafts.c.key == key))


def all_drafts(engine: Engine) -> tuple[DraftLine, ...]:
    """Every form left unsaved, newest first."""
    statement = select(drafts.c.key, drafts.c.actor, drafts.c.saved_at).order_by(drafts.c.saved_at.desc())
    with engine.begin() as connection:
        return tuple(DraftLine(row.key, row.actor, row.saved_at) for row in connection.execute(statement))
