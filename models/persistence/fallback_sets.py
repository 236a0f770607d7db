"""The files of the fallback set: one for each day beside the backups, and the same in the other places of copies.

A set opens with the password that held when it was made. Those from before another password are known by their names,
which the study keeps; where there is one for the day already, the next one has a number after the day.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path

from models.domain.errors import TrialError, plain
from models.persistence.durable_copy import copy_durably, sha256_of

_NAME = re.compile(r"fallback-(\d{4}-\d{2}-\d{2})(?:-(\d+))?\.pdf")
_KEPT = 3


def sets_in(place: Path) -> tuple[Path, ...]:
    """The sets in a folder, the newest first."""
    found = ((path, named) for path in place.glob("fallback-*.pdf") if (named := _NAME.fullmatch(path.name)))
    aged = ((named[1], int(named[2] or 1), path) for path, named in found)
    return tuple(path for *_, path in sorted(aged, reverse=True))


def set_of(place: Path, day: date, former: Collection[str]) -> Path:
    """Where the set of a day lies or will lie; not one of the `former`, which open with another password."""
    names = (f"fallback-{day:%Y-%m-%d}{f'-{number}' if number > 1 else ''}.pdf" for number in count(1))
    return place / next(name for name in names if name not in former)


def thin_sets(place: Path, newest: Path) -> None:
    """Remove all but the newest few; `newest` stays whatever the clocks said."""
    for old in sets_in(place)[_KEPT:]:
        if old.name != newest.name:
            with suppress(OSError):  # somebody has it open; it goes another time
                old.unlink()


def bring_to_each(paper: Path, places: Iterable[Path | None]) -> Iterator[str]:
    """Have each place hold this set as it is here, and no more old ones; sentences about what could not be done.

    A place that is not there is passed over: that the backup could not be copied to it was said.
    """
    for place in places:
        try:
            if place is not None and place.is_dir():
                copy = place / paper.name
                if not copy.exists() or sha256_of(copy) != sha256_of(paper):
                    copy_durably(paper, copy)
                thin_sets(place, paper)
        except OSError as fault:
            yield f"The fallback set could not be copied to {place}: {plain(fault)}."
        except TrialError as fault:
            yield str(fault)
