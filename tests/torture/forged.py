"""A value edited by someone who holds the keys, with SQL and behind the program: verifying names the row."""

from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from sqlcipher3 import dbapi2

from models.persistence.audit import record_id, trailed
from models.persistence.engine import connect, reader
from models.persistence.keys.keys import Keys
from models.persistence.layout import DATABASE
from models.persistence.verify import verify
from tests.torture.ground import copy_of, keys_of, make_study
from tests.torture.outcome import NotHeldError, Outcome, require, tried

_ANYTHING = ("'forged'", "17", "-0.5", "NULL", "x'ff00'", "CAST(x'fffe' AS TEXT)", "'{\"rows\": 1}'")
"""What a forger may write, as SQL: also what no text is, and JSON of another shape."""


def run(count: int, seed: int, folder: Path, most_seconds: float = float("inf")) -> Outcome:
    """Forge `count` studies."""
    template = make_study(folder)
    keys = keys_of(template)

    def attempt(random: Random) -> str:
        with copy_of(template) as path:
            ending, row, record = _forge(path / DATABASE, keys, random)
            engine = reader(path / DATABASE, keys)
            try:
                problems = verify(engine, keys).problems
            finally:
                engine.dispose()
            named = [p for p in problems if (p.row == row if row else (p.kind, p.record) == record)]
            require(named, f"{ending} of {row or record}: verify says {[str(p) for p in problems[:2]]}")
        return ending

    return tried(count, seed, attempt, most_seconds=most_seconds)


def _forge(database: Path, keys: Keys, random: Random) -> tuple[str, int, tuple[str, int]]:
    """Change something: what was done, and to which row of the trail, or to which record."""
    connection = connect(database, keys)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    try:
        if random.random() < 0.3:
            ending, row = _in_the_trail(connection, random)
            return ending, row, ("", 0)
        ending, record = _in_the_data(connection, random)
        return ending, 0, record
    finally:
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.close()


def _in_the_trail(connection: Any, random: Random) -> tuple[str, int]:
    rows = connection.execute("SELECT max(seq) FROM audit").fetchone()[0]
    row = random.randint(1, rows - 1)
    if random.random() < 0.2:
        connection.execute("DELETE FROM audit WHERE seq = ?", (row,))
        return "row of the trail removed", row + 1
    column = random.choice(("at", "actor", "act", "kind", "record_id", "patient_id", "old", "new", "reason", "mac"))
    _set(connection, "audit", column, f"seq = {row}", random)
    return "row of the trail changed", row


def _in_the_data(connection: Any, random: Random) -> tuple[str, tuple[str, int]]:
    """A record is changed, removed, or copied under another number."""
    sources = {source.name: source for source in trailed()}
    filled = [name for name in sources if connection.execute(f'SELECT 1 FROM "{name}"').fetchone()]
    table = random.choice(sorted(filled))
    number = record_id(sources[table])
    records = [row[0] for row in connection.execute(f'SELECT {number} FROM "{table}"').fetchall()]
    record = random.choice(records)
    if random.random() < 0.2:
        connection.execute(f'DELETE FROM "{table}" WHERE {number} = ?', (record,))
        return "record removed", (table, record)
    keys = {column.name for column in sources[table].primary_key}
    column = random.choice([column.name for column in sources[table].columns if column.name not in keys])
    _set(connection, table, column, f"{number} = {record!r}", random)
    return "value changed", (table, record)


def _set(connection: Any, table: str, column: str, where: str, random: Random) -> None:
    """Put something else there than was, whatever the table's own rules say."""
    values = list(_ANYTHING)
    random.shuffle(values)
    for value in values:
        different = f'"{column}" IS NOT {value}'
        with suppress(dbapi2.IntegrityError):
            if connection.execute(f'UPDATE "{table}" SET "{column}" = {value} WHERE {where} AND {different}').rowcount:
                return
    raise NotHeldError(f"nothing else could be put into {table}.{column}")
