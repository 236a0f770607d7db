"""The backups in words. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from models.domain.date_notation import write_moment
from models.domain.notation import Desk, write_number
from models.study_types import Backup, Restore

_DRILL_AFTER = timedelta(days=180)
_BINARY = 1024
_DAY = len("2026-10-02")


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


def kinds_words(backups: Sequence[Backup]) -> str:
    """How many of those that lie in the folder count, and what the others are."""
    count = sum(backup.genuine for backup in backups)
    former = sum(not backup.genuine and backup.keys_until is not None for backup in backups)
    if count == len(backups):
        return "each was opened and checked when it was made" if backups else ""
    said = [f"{count} {'counts' if count == 1 else 'count'}"]
    if former:
        said.append(f"{former} from before new keys")
    if unknown := len(backups) - count - former:
        said.append(f"{unknown} not known")
    return " \N{MIDDLE DOT} ".join(said)


def standing_words(backup: Backup, desk: Desk) -> str:
    """What somebody must know of a backup that was not made with the study's keys; "" where it was."""
    if backup.genuine:
        return ""
    if backup.keys_until is None:
        return (
            "Not made with the keys of this study, and its audit trail knows of no such backup: something else than "
            "AlbaTrack made or changed it, or it is of another study. Do not trust it."
        )
    return f"{former_words(backup, desk)} It is never put in the place of the study: choose Restore beside."


def former_words(backup: Backup, desk: Desk) -> str:
    """What a backup from before a change of keys opens with; "" for any other."""
    if backup.genuine or backup.keys_until is None:
        return ""
    changed = write_moment(backup.keys_until, desk)
    return f"Made before the keys were changed on {changed}. It opens with a user name and a password of then."


def why_words(backup: Backup) -> str:
    """What a backup was made for."""
    return backup.manifest.why.words


def counts_words(backup: Backup) -> str:
    """Whether a backup counts, and if not, why not."""
    if backup.genuine:
        return "yes"
    return "no, not known" if backup.keys_until is None else "no, before new keys"


def drill_words(last: Restore | None, now: datetime, desk: Desk) -> tuple[str, bool]:
    """When a restore was last tried, and whether it is time to try one."""
    try_one = "Restore the newest one beside the study: only a backup that was restored is known to be good."
    if last is None:
        return f"No backup of this study was ever restored. {try_one}", True
    said = f"Last restored on {write_moment(last.at, desk)} by {last.by}."
    due = now - last.at > _DRILL_AFTER
    return (f"{said} That is {(now - last.at).days} days ago. {try_one}" if due else said), due


def second_words(place: Path | None) -> str:
    """Where copies go besides."""
    if place is None:
        return "None chosen. One disk can die with all backups on it: choose a folder on a USB stick or a share."
    return f"{place}"


def fallback_words(paper: Path | None, *, former: bool) -> str:
    """Of which day the papers are; `former` where they open with the password from before."""
    if paper is None:
        return "Not made yet: they come with the first backup of a day."
    day = f"Of {paper.stem.removeprefix('fallback-')[:_DAY]}"
    return f"{day}, with the former password." if former else f"{day}."
