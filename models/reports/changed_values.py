"""Marking on paper what was changed since it was first entered (EU GMP Annex 11, 8.2)."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.records import Record

MARK = "\N{DOUBLE DAGGER}"
"""Behind a changed value. The asterisk stands for other notes, and a single dagger for a death."""
NOTE = f"{MARK} changed since first entry; the audit trail holds the old value"

Changed = Collection[tuple[str, int, str]]
"""The fields that once held another value: kind, id of the record, name of the field."""


class Marks:
    """Marks values in the text of one paper. `made` says whether any was, so that the note explains the mark."""

    def __init__(self, changed: Changed, *, made: bool = False) -> None:
        """`made` where a part of the paper that stands already has a mark."""
        self._changed = changed
        self.made = made

    def __call__(self, text: str, record: "Record | None", *fields: str) -> str:
        """The text, marked where one of the fields that it tells was changed; an empty text stays empty."""
        return self.of_any(text, (record,), *fields)

    def of_any(self, text: str, records: "Iterable[Record | None]", *fields: str) -> str:
        """The same of a text that several records tell."""
        told = {(record.kind.name, record.id, field) for record in records if record for field in fields}
        if not text or told.isdisjoint(self._changed):
            return text
        self.made = True
        return f"{text}{MARK}"
