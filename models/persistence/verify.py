"""Verifying a study: that the audit trail is whole, and that the data are what the trail says they are.

Three things are held against each other: the links between the rows of the trail (a changed, missing, moved or forged
row), the heads of the trail that were kept elsewhere (a tail cut off, an old database put back), and the tables
themselves (a value changed behind the program, an old page put back).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Table, text

from models.domain.errors import DamagedError, TrialError
from models.domain.progress import Progress, unwatched
from models.persistence.audit import CONTENT, patient_id, record_id, snapshot, trailed, watchers
from models.persistence.chain import FIRST, Chain, fingerprint
from models.persistence.engine import refuse_plainly
from models.persistence.keys.keys import Keys
from models.persistence.redaction import Redacted, redacted_rows

_AT_ONCE = 5_000
_MOST_PROBLEMS = 50
"""More than this help nobody: the first one says where to look."""
_STATES = ("insert", "update")
_CHECKS = ("integrity_check", "cipher_integrity_check")
"""What the database finds by itself: its own order, and the seal of every page of the file, also of a free one. The
quick check would pass an old page of an index put back: queries would then miss rows."""
_TEXTS = ("at", "actor", "act", "kind", "record_id", "patient_id", "old", "new", "reason")


class Head(NamedTuple):
    """The end of the trail: how many rows it has, and the link of the last one in hexadecimal digits."""

    rows: int
    link: str

    @property
    def short(self) -> str:
        """As it is printed: the number of rows and the first sixteen digits of the link."""
        digits = self.link[:16]
        return f"{self.rows}-" + " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


class Problem(NamedTuple):
    """What does not agree: at which row of the trail (0 where it is not about one), about which record, in words."""

    row: int
    kind: str
    record: int
    words: str

    def __str__(self) -> str:
        """One line."""
        where = f"row {self.row} of the audit trail" if self.row else "the database"
        about = f", {self.kind} {self.record}" if self.kind else ""
        return f"{where}{about}: {self.words}"


class Verification(NamedTuple):
    """What was looked through and what was found; `problems` is empty where all is well."""

    rows: int
    head: Head
    problems: tuple[Problem, ...]


def head_of(engine: Engine) -> Head:
    """Where the trail ends now."""
    with engine.begin() as connection:
        found = connection.execute(
            text("SELECT seq, CAST(mac AS BLOB) AS mac FROM audit ORDER BY seq DESC LIMIT 1")
        ).first()
    return Head(found.seq, found.mac.hex()) if found else Head(0, "")


def verify(
    engine: Engine,
    keys: Keys,
    heads: Iterable[Head] = (),
    *,
    since: int = 0,
    progress: Progress = unwatched,
) -> Verification:
    """Look through a study; `heads` are ends of the trail that were kept elsewhere.

    A head's link may be given by its first digits, as it is printed. With `since`, only the links of the rows after
    that one are looked at, and nothing is held against the tables: enough for a start. Stops where `progress` says no.
    """
    kept = tuple(heads)
    try:
        return _verified(engine, _Found(Chain(keys), kept, since), since, progress, wary=False)
    except DamagedError:
        raise
    except (TrialError, TypeError, AttributeError):
        # Somebody put in what is no text or no link, and no reader gets past it: read it as another, and name the row.
        return _verified(engine, _Found(Chain(keys), kept, since), since, progress, wary=True)


def _verified(engine: Engine, found: "_Found", since: int, progress: Progress, *, wary: bool) -> Verification:
    # Two cores share the work. What the database does alone in one long step stands beside what is read row by row and
    # keeps Python busy: two such readings at the same time would take longer than one after the other.
    with ThreadPoolExecutor(1) as beside, _reading(engine, wary) as connection:
        if since:
            found.follow(connection, progress, wary)
        else:
            order, seal = (beside.submit(_damage, engine, check, wary) for check in _CHECKS)
            found.note(_watching(connection))
            found.follow(connection, progress, wary)
            found.note(_beyond_the_trail(connection, found, order, seal, wary=wary))
    found.note(found.unmet_heads())
    return Verification(found.rows, found.head, tuple(found.problems[:_MOST_PROBLEMS]))


def _beyond_the_trail(
    connection: Connection, found: "_Found", order: "_Check", seal: "_Check", *, wary: bool
) -> Iterable[Problem]:
    """What is wrong with the file, or else with what the tables hold; only what is at hand where the walk stopped."""
    if found.stopped:
        seal.cancel()
        return order.result()
    if disorder := order.result():
        return seal.result() + disorder
    held = {source.name: _contents(connection, source, wary) for source in trailed()}
    return seal.result() or found.against(held)


def _legible(raw: bytes) -> str:
    return raw.decode(errors="backslashreplace")


def _said(content: str, redacted: Redacted | None) -> bytes | None:
    """The fingerprint of what a row said before something was blacked out of it, if the rest is as it was left."""
    return redacted.said if redacted and redacted.says == fingerprint(content) else None


def _rows(connection: Connection, statement: str, since: int = 0) -> Iterator[list[tuple[Any, ...]]]:
    """What a statement finds, many rows at a time; `:since` in it is that number.

    From the driver itself: SQLAlchemy takes half as long again to wrap a row as the database to read it.
    """
    driver: Any = connection.connection.driver_connection
    try:
        cursor = driver.execute(statement, {"since": since})
        while part := cursor.fetchmany(_AT_ONCE):
            yield part
    except Exception as fault:
        refuse_plainly(fault)
        raise


@contextmanager
def _reading(engine: Engine, wary: bool) -> Iterator[Connection]:
    """A transaction in which, if wary, anything that is stored reads as some text."""
    with engine.begin() as connection:
        driver: Any = connection.connection.driver_connection
        driver.text_factory = _legible if wary else str
        try:
            yield connection
        finally:
            driver.text_factory = str


_Check = Future[tuple[Problem, ...]]
_Hashes = dict[str, dict[int, int]]
"""Table -> number of the record -> hash of whose it is and what it holds."""


class _Found:
    """One walk along the trail."""

    def __init__(self, chain: Chain, heads: tuple[Head, ...], since: int) -> None:
        self._chain = chain
        self._heads: dict[int, list[Head]] = {}
        for head in heads:
            if head.rows > since:
                self._heads.setdefault(head.rows, []).append(head)
        self._since = since
        self.problems: list[Problem] = []
        self.rows = since
        self.head = Head(0, "")
        self.stopped = False
        self._last: _Hashes = defaultdict(dict)
        """Of each record, the hash of the content that the trail gave it last."""

    def note(self, problems: Iterable[Problem]) -> None:
        self.problems += problems

    def follow(self, connection: Connection, progress: Progress, wary: bool) -> None:
        """Row by row: the link, the number, and that what a change calls old is what was there."""
        total = connection.execute(text("SELECT coalesce(max(seq), 0) FROM audit")).scalar_one()
        redacted = redacted_rows(connection)
        before = FIRST
        if self._since:
            start = text("SELECT CAST(mac AS BLOB) FROM audit WHERE seq = :seq")
            before = connection.execute(start, {"seq": self._since}).scalar_one()
        content = _unless_bytes(CONTENT, _TEXTS) if wary else CONTENT
        link = "CAST(mac AS BLOB)" if wary else "mac"
        statement = (
            f"SELECT seq, act, kind, record_id, patient_id, old, new, {link}, {content} "
            "FROM audit WHERE seq > :since ORDER BY seq"
        )
        # A million rows pass through this loop: what it needs is at hand, and the rows that fail take another way.
        mac_of, heads, last = self._chain.mac, self._heads, self._last
        expected = self._since
        for part in _rows(connection, statement, self._since):
            for seq, act, kind, record, patient, old, new, mac, content in part:
                expected += 1
                if seq != expected or mac != mac_of(before, content):
                    self._unlinked(seq, expected, kind, record, _said(content, redacted.get(seq)), before, mac)
                    expected = seq
                if seq in heads:
                    self._meet(seq, mac)
                before = mac
                if act in _STATES:
                    known = last[kind]
                    if record in known and known[record] != hash((patient, old)):
                        self._contradicted(seq, kind, record)
                    known[record] = hash((patient, new))
            self.rows = expected
            if len(self.problems) >= _MOST_PROBLEMS or not progress(self.rows, total):
                self.stopped = True
                break
        self.head = Head(self.rows, before.hex())

    def _unlinked(
        self, seq: int, expected: int, kind: str, record: int, digest: bytes | None, before: bytes, mac: bytes
    ) -> None:
        if seq != expected:
            self.problems.append(Problem(seq, "", 0, f"rows {expected} to {seq - 1} are missing"))
        if digest is None or self._chain.link(before, digest) != mac:
            self.problems.append(
                Problem(seq, kind, record or 0, "was changed, or a row before it was changed or removed")
            )

    def _contradicted(self, seq: int, kind: str, record: int) -> None:
        if not self._since:
            self.problems.append(Problem(seq, kind, record, "the value it calls old is not the one that was there"))

    def _meet(self, seq: int, mac: bytes) -> None:
        for head in self._heads.pop(seq):
            if not mac.hex().startswith(head.link):
                self.problems.append(
                    Problem(seq, "", 0, f"was {head.link[:16]} when it was kept elsewhere, and is {mac.hex()[:16]}")
                )

    def unmet_heads(self) -> Iterator[Problem]:
        """Heads beyond the end: the trail was longer once."""
        for rows in sorted(self._heads):
            if not self.stopped:
                words = (
                    f"the trail had {rows} rows when its end was kept elsewhere, and has {self.rows}: it was cut off"
                )
                yield Problem(0, "", 0, words)

    def against(self, held: _Hashes) -> Iterator[Problem]:
        """Every row of every table is what the trail gave it last, and none is missing or unknown."""
        for table in sorted(held.keys() | self._last.keys(), key=str):
            now, known = held.get(table, {}), self._last.get(table, {})
            if now == known:
                continue
            for record in sorted(now.keys() | known.keys(), key=lambda number: (len(str(number)), str(number))):
                if record not in known:
                    yield Problem(0, table, record, "is not in the audit trail")
                elif record not in now:
                    yield Problem(0, table, record, "is in the audit trail and not in its table")
                elif now[record] != known[record]:
                    yield Problem(0, table, record, "holds something else than the audit trail says")


def _damage(engine: Engine, check: str, wary: bool) -> tuple[Problem, ...]:
    with _reading(engine, wary) as connection:
        found = connection.exec_driver_sql(f"PRAGMA {check}").scalars().all()
    return tuple(Problem(0, "", 0, str(words)) for words in found if words != "ok")


def _contents(connection: Connection, source: Table, wary: bool) -> dict[int, int]:
    content = snapshot(source)
    if wary:
        content = _unless_bytes(content, (f'"{column.name}"' for column in source.columns))
    statement = f'SELECT {record_id(source)}, {patient_id(source)}, {content} FROM "{source.name}"'
    return {record: hash((patient, held)) for part in _rows(connection, statement) for record, patient, held in part}


def _unless_bytes(content: str, columns: Iterable[str]) -> str:
    """SQL for a content in JSON, which holds no bytes: an empty text where somebody put some in."""
    return f"CASE WHEN 'blob' IN ({', '.join(f'typeof({name})' for name in columns)}) THEN '' ELSE {content} END"


def _watching(connection: Connection) -> Iterator[Problem]:
    """The triggers are those of this version: without them a change would leave no trace."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    found = {str(name): str(sql) for name, sql in rows}
    expected = watchers()
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield Problem(0, "", 0, f"the trigger {name} is missing")
        elif expected.get(name) != found[name]:
            yield Problem(0, "", 0, f"the trigger {name} is not AlbaTrack's")


def refuse_unless_whole(verification: Verification) -> None:
    """Raise TrialError with the first problem, if there is one."""
    if verification.problems:
        more = len(verification.problems) - 1
        raise TrialError(
            f"The study does not agree with its audit trail: {verification.problems[0]}"
            + (f" (and {more} more)" if more else "")
            + ". Do not work on it: keep it as it is and tell the administrator."
        )
