"""Forms in progress. Each person's are kept as typed, outside the record, until they are saved or thrown away."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from models.persistence.engine import driver_rows
from models.persistence.identity_seal import of_connection
from models.persistence.redaction import BLACK
from models.persistence.schema import drafts
from models.services.desk import Desk

_PLACE = "draft.texts"
_LISTED = """
    SELECT "key", actor, saved_at FROM draft WHERE actor = :actor AND instr("key", '/') ORDER BY saved_at DESC
"""


class DraftLine(NamedTuple):
    """That a form was left unsaved: its key, who typed, and when."""

    key: str
    actor: str
    saved_at: datetime


def keep(desk: Desk, key: str, texts: Mapping[str, str]) -> None:
    """Keep what was typed into a form, field by field, replacing the form's earlier draft.

    A form may be about a person's identity: whoever holds the identity key has it seal the whole draft.
    """
    with desk.writer.begin() as connection:
        sealing = of_connection(connection.info)
        written = json.dumps(dict(texts), ensure_ascii=False)
        row = {
            "saved_at": desk.clock.now(),
            "texts": sealing.seal(written, _PLACE) if sealing.holds_key else written,
        }
        statement = insert(drafts).values(key=key, actor=desk.user.login, **row)
        connection.execute(statement.on_conflict_do_update(index_elements=["actor", "key"], set_=row))


def read(desk: Desk, key: str) -> dict[str, str] | None:
    """What this person typed into a form and did not save, None if nothing."""
    statement = select(drafts.c.texts).where(drafts.c.actor == desk.user.login, drafts.c.key == key)
    with desk.read.begin() as connection:
        stored = connection.execute(statement).scalar()
        texts = of_connection(connection.info).open(stored, _PLACE)
    return {str(k): str(v) for k, v in json.loads(texts).items()} if texts else None


def black_out(connection: Connection, texts: Iterable[str]) -> None:
    """Cover texts that were removed from the audit trail in every person's drafts, where they may still stand."""
    sealing, longest_first = of_connection(connection.info), sorted(texts, key=len, reverse=True)
    if not longest_first:
        return
    gone = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for row in connection.execute(select(drafts.c.actor, drafts.c.key, drafts.c.texts)).all():
        typed = sealing.open(row.texts, _PLACE) or "{}"
        left = {name: gone.sub(BLACK, words) for name, words in json.loads(typed).items()}
        if left != json.loads(typed):
            written = json.dumps(left, ensure_ascii=False)
            kept = sealing.seal(written, _PLACE) if row.texts != typed else written
            own = (drafts.c.actor == row.actor) & (drafts.c.key == row.key)
            connection.execute(update(drafts).where(own).values(texts=kept))


def drop(desk: Desk, key: str) -> None:
    """Forget a draft."""
    with desk.writer.begin() as connection:
        forget(connection, desk.user.login, key)


def forget(connection: Connection, actor: str, key: str) -> None:
    """The same inside a transaction, as of the save that the form was for."""
    connection.execute(delete(drafts).where(drafts.c.actor == actor, drafts.c.key == key))


def all_drafts(desk: Desk) -> tuple[DraftLine, ...]:
    """Every form that this person left unsaved, newest first.

    A key without "/" is that of a question that stands in front of something else, such as for the reason of a change:
    it comes back when that is asked again, and is not listed.
    """
    with desk.read.begin() as connection:
        found = driver_rows(connection, _LISTED, {"actor": desk.user.login})
        return tuple(DraftLine(key, actor, datetime.fromisoformat(saved)) for key, actor, saved in found)
