"""Connections to a study's encrypted database: one engine that writes, one that can only read."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext

from models.domain.errors import DamagedError, TrialError
from models.persistence.acting import Acting, attach
from models.persistence.chain import Chain
from models.persistence.clock_watch import watching
from models.persistence.identity_seal import Sealing
from models.persistence.keys.keys import Keys

_HELD = "keys of the engine"
_AT_ONCE = 500
"""Rows fetched together: one by one takes longer, all at once takes room."""

CIPHER = "4."
"""The generation of SQLCipher whose files these are. Another one would not open them, or write what we cannot read."""


def writer(path: Path, keys: Keys, user: str, *, foreign_keys: bool = True) -> Engine:
    """The engine of commands. Every transaction takes the write lock at once, so that no check reads stale data.

    A rollback journal with synchronous EXTRA: what was acknowledged survives a crash and a power cut, also on a network
    share, where a write-ahead log would corrupt the file. FULL would not do: a transaction is committed when its
    journal is removed from the folder, and only EXTRA waits until the folder is on the disk; a journal that came back
    with the power would undo it. Only a migration, which rebuilds tables, turns `foreign_keys` off and checks them
    itself.
    """
    engine = _engine(path, keys, "rw")
    held = _held(engine)

    def prepare(connection: Any, record: Any) -> None:  # noqa: ANN401 - the driver's own types
        for pragma in (
            "journal_mode=DELETE",
            "synchronous=EXTRA",
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            "recursive_triggers=ON",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        acting = Acting(user)
        attach(record.info, acting)
        connection.create_function("audit_actor", 0, acting.actor)
        connection.create_function("audit_reason", 0, acting.reason)
        connection.create_function("audit_moment", 0, acting.moment)
        connection.create_function("audit_redacting", 0, acting.redacting)
        connection.create_function("audit_mac", 2, Chain(held.keys).after, deterministic=True)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reader(path: Path, keys: Keys, *, beside_writer: bool = False) -> Engine:
    """The engine of queries: the database itself refuses a write.

    Beside a writer its file is not opened read-only: where a full disk kept the writer from undoing a transaction, the
    next reader undoes it, or nothing could be read until the study is opened again.
    """
    engine = _engine(path, keys, "rw" if beside_writer else "ro")
    event.listen(engine, "connect", _prepare_reading)
    event.listen(engine, "begin", _begin)
    return engine


def forget_keys(engine: Engine, refusal: str = "The study is closed. Sign in again.") -> None:
    """Close every connection and let go of the keys; whoever reads or writes next is refused with that sentence.

    A disposed engine alone would open the database again, and keep the keys for it as long as anything holds the
    engine. What Python leaves of them in its memory nobody can wipe.
    """
    engine.dispose()
    _held(engine).forget(refusal)


class _Held:
    """The keys that an engine opens connections with, as long as it may."""

    def __init__(self, keys: Keys) -> None:
        self._keys: Keys | None = keys
        self._refusal = ""

    @property
    def keys(self) -> Keys:
        if self._keys is None:
            raise TrialError(self._refusal)
        return self._keys

    def forget(self, refusal: str) -> None:
        self._keys, self._refusal = None, refusal


def _held(engine: Engine) -> _Held:
    held = engine.get_execution_options()[_HELD]
    assert isinstance(held, _Held)
    return held


def connect(path: Path, keys: Keys) -> Any:  # noqa: ANN401 - the driver brings no types
    """A bare connection of the driver, for the database's own backup interface and nothing else."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f'PRAGMA key="{_raw(keys)}"')
    _quiet(connection)
    return connection


def _engine(path: Path, keys: Keys, mode: str) -> Engine:
    from sqlcipher3 import dbapi2

    held, place = _Held(keys), f"file:{quote(str(path.resolve()))}?mode={mode}"

    def opened() -> Any:  # noqa: ANN401 - the driver brings no types
        secret = _raw(held.keys)
        connection = dbapi2.connect(place, uri=True, timeout=5, check_same_thread=False, isolation_level=None)
        connection.execute(f'PRAGMA key="{secret}"')
        return connection

    engine = create_engine(
        URL.create("sqlite"),  # the dialect for SQLCipher wants the key in the address, and keeps it with the engine
        module=dbapi2,
        creator=opened,
        poolclass=QueuePool,
        hide_parameters=True,
        execution_options={_HELD: held, **watching()},
    )
    event.listen(engine, "connect", _ready(held))
    event.listen(engine, "handle_error", _say_plainly)
    return engine


def _raw(keys: Keys) -> str:
    return f"x'{keys.data.hex()}'"


def _ready(held: _Held) -> Callable[[Any, Any], None]:
    def ready(connection: Any, record: Any) -> None:  # noqa: ANN401
        _quiet(connection)
        sealing = Sealing(held.keys.identity)
        record.info["sealing"] = sealing
        connection.create_function("seal", 2, sealing.seal)
        connection.create_function("unseal", 2, sealing.open)

    return ready


def _quiet(connection: Any) -> None:  # noqa: ANN401
    """Keep SQLCipher from writing to stderr, and make sure that it is there and of the generation we know."""
    connection.execute("PRAGMA cipher_log_level=NONE")
    version = (connection.execute("PRAGMA cipher_version").fetchone() or ("none",))[0]
    if not version.startswith(CIPHER):
        raise TrialError(f"This computer's SQLCipher is {version}; AlbaTrack needs {CIPHER}x. Install AlbaTrack again.")


def _say_plainly(context: ExceptionContext) -> None:
    refuse_plainly(context.original_exception)


def refuse_plainly(fault: BaseException) -> None:
    """Turn what the disk or the file does to us into a sentence. A broken rule of the tables stays what it is."""
    from sqlcipher3 import dbapi2

    if isinstance(fault, dbapi2.OperationalError):
        raise TrialError(
            f"The study could not be read or written ({fault}). Nothing was changed, and what you typed is still in "
            "the form. Make sure that the disk has space and can be written, then try again."
        ) from fault
    if type(fault) is dbapi2.DatabaseError:
        raise DamagedError(
            f"The study's file is damaged ({fault}). Do not work on it: keep the file and open your newest backup."
        ) from fault


def _prepare_reading(connection: DBAPIConnection, _record: object) -> None:
    connection.cursor().execute("PRAGMA query_only=ON")


def _begin_immediate(connection: Connection) -> None:
    tell_driver(connection, "BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    tell_driver(connection, "BEGIN")


def tell_driver(connection: Connection, statement: str, values: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401
    """Run what every reading or every saving runs, past SQLAlchemy; returns the driver's cursor.

    SQLAlchemy would take several times as long as the database over a statement that finds one row. Values go in and
    come out as they lie in the table.
    """
    driver: Any = connection.connection.driver_connection
    try:
        return driver.execute(statement, values or {})
    except Exception as fault:
        refuse_plainly(fault)
        raise


def driver_rows(connection: Connection, statement: str, values: Mapping[str, object]) -> Iterator[tuple[Any, ...]]:
    """What a SELECT finds, asked and given as by `tell_driver`; a fault on the way through it is said as plainly."""
    cursor = tell_driver(connection, statement, values)
    while True:
        try:
            rows = cursor.fetchmany(_AT_ONCE)
        except Exception as fault:
            refuse_plainly(fault)
            raise
        yield from rows
        if len(rows) < _AT_ONCE:
            return
