"""Where the audit trail ended, kept outside the database: what finds a tail cut off, or an old database put back whole.

A head is kept in the study's folder when the study is closed, and in every backup. It is always at or before the end of
the trail, so that a crash raises no false alarm. Without the keys nobody can make one; whoever also removes all of them
is found by the heads that are printed on paper.
"""

import contextlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, text

from models.persistence.backup_manifest import backups_in
from models.persistence.durable import write_durably
from models.persistence.keys.keys import Keys
from models.persistence.layout import BACKUPS
from models.persistence.put_backs import PutBack, put_backs
from models.persistence.verify import Head, head_of

ANCHOR = "anchor.json"
_FORMAT = 1
_MOST_BYTES = 64 * 1024


class Anchor(NamedTuple):
    """A head of the trail, and how often the study had been restored by then."""

    head: Head
    restores: int


def keep_head(folder: Path, keys: Keys, engine: Engine) -> None:
    """Write the present head beside the database. What cannot be written must keep nobody from closing."""
    with engine.begin() as connection:
        restores = len(put_backs(connection))
    anchor = Anchor(head_of(engine), restores)
    if anchor == _kept(folder, keys):
        return
    content = json.dumps({**_content(anchor), "mac": _mac(anchor, keys)}, indent=1)
    with contextlib.suppress(OSError):
        write_durably(folder / ANCHOR, content.encode())


def newest_anchor(folder: Path, keys: Keys, elsewhere: Sequence[Path]) -> Anchor | None:
    """The furthest head that is known of a study whose database cannot be read."""
    return max(
        kept_anchors(folder, keys, elsewhere), key=lambda anchor: (anchor.restores, anchor.head.rows), default=None
    )


def known_heads(folder: Path, keys: Keys, engine: Engine, elsewhere: Sequence[Path] = ()) -> tuple[Head, ...]:
    """The heads that the trail of this study must contain, from its folder, its backups and those `elsewhere`.

    What was entered after a backup is not in the trail any more once that backup was restored: heads of those rows are
    left out. The trail itself says so, under its chain, and nothing outside it can.
    """
    with engine.begin() as connection:
        times = put_backs(connection)
    return tuple(sorted({anchor.head for anchor in kept_anchors(folder, keys, elsewhere) if _holds(anchor, times)}))


def kept_anchors(folder: Path, keys: Keys, elsewhere: Sequence[Path] = ()) -> Iterator[Anchor]:
    """Everything that was kept of the trail, of whatever line."""
    if own := _kept(folder, keys):
        yield own
    for place in (folder / BACKUPS, *elsewhere):
        for backup in backups_in(place, keys):
            if backup.genuine:
                yield Anchor(backup.manifest.head, backup.manifest.restores)


def left_by(anchors: Iterable[Anchor], connection: Connection) -> tuple[str, ...]:
    """Which of the heads are not in this database's trail, as a trail that goes on from it names them."""
    return tuple(sorted({_name(anchor.head) for anchor in anchors if not _contains(connection, anchor.head)}))


def _contains(connection: Connection, head: Head) -> bool:
    link = connection.execute(text("SELECT mac FROM audit WHERE seq = :row"), {"row": head.rows}).scalar()
    return link is not None and link.hex() == head.link


def _holds(anchor: Anchor, times: tuple[PutBack, ...]) -> bool:
    """Whether the trail must contain a head: it does not go beyond the rows that were put back after it was kept."""
    later = [time.rows for time in times[anchor.restores :]]
    left = any(_name(anchor.head) in time.left for time in times)
    return not left and 0 < anchor.head.rows <= min(later, default=anchor.head.rows)


def _name(head: Head) -> str:
    return f"{head.rows}-{head.link[:16]}"


def _kept(folder: Path, keys: Keys) -> Anchor | None:
    """The anchor in the folder; None where there is none of these keys."""
    try:
        with (folder / ANCHOR).open("rb") as file:
            read = json.loads(file.read(_MOST_BYTES))
        anchor = Anchor(Head(int(read["rows"]), str(read["link"])), int(read["restores"]))
        genuine = hmac.compare_digest(str(read["mac"]).encode(), _mac(anchor, keys).encode())
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    return anchor if genuine else None


def _content(anchor: Anchor) -> dict[str, object]:
    return {"format": _FORMAT, **anchor.head._asdict(), "restores": anchor.restores}


def _mac(anchor: Anchor, keys: Keys) -> str:
    return hmac.digest(keys.derive("anchor"), json.dumps(_content(anchor), sort_keys=True).encode(), "sha256").hex()
