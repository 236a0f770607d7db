"""The backups in words. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from models.domain.date_notation import write_moment
from models.domain.notation import Desk, write_number
from models.study_types import Backup, Restore

_DRILL_AFTER = timedelta(days=180)
_BINARY = 1024


def size_words(size: int, desk: Desk) -> str:
    """A size as people read it: "412 kB", "3.4 MB"."""
    from decimal import Decimal

    if size < _BINARY**2:
        return f"{max(round(size / _BINARY), 1)} kB"
    return f"{write_number(Decimal(round(size / _BINARY**2 * 10)) / 10, desk)} MB"


def summary(backups: Sequence[Backup], desk: Desk) -> str:
    """What the page says in short."""
    if not backups:
        return "none yet"
    return f"{len(backups)} kept · the last one {write_moment(backups[0].manifest.created, desk)}"


def standing_words(backup: Backup, desk: Desk) -> str:
    """What somebody must know of a backup that was not made with the study's keys; "" where it was."""
    if backup.genuine:
        return ""
    if backup.keys_until is None:
        return (
            "Not made with the keys of this study, and its audit trail knows of no such backup: something else than "
            "AlbaTrack made or changed it, or it is of another study. Do not trust it."
        )
    changed = write_moment(backup.keys_until, desk)
    return (
        f"Made before the keys were changed on {changed}. It opens in a folder of its own with the password of then: "
        "choose Restore beside."
    )


def why_words(backup: Backup) -> str:
    """What a backup was made for, and in short whether it counts."""
    if backup.genuine:
        return backup.manifest.why.words
    return f"{backup.manifest.why.words}, {'not known' if backup.keys_until is None else 'before new keys'}"


def drill_words(last: Restore | None, now: datetime, desk: Desk) -> tuple[str, bool]:
    """When a restore was last tried, and whether it is time to try one."""
    try_one = "Restore the newest one beside the study: only a backup that was restored is known to be good."
    if last is None:
        return f"No backup of this study was ever restored. {try_one}", True
    said = f"Last restored on {write_moment(last.at, desk)} by {last.by}."
    due = now - last.at > _DRILL_AFTER
    return (f"{said} That is half a year ago. {try_one}" if due else said), due


def second_words(place: Path | None) -> str:
    """Where copies go besides."""
    if place is None:
        return "None chosen. One disk can die with all backups on it: choose a folder on a USB stick or a share."
    return f"{place}"


def fallback_words(paper: Path | None) -> str:
    """Of which day the papers are."""
    if paper is None:
        return "Not made yet: they come with the first backup of a day."
    return f"Of {paper.stem.removeprefix('fallback-')}."
