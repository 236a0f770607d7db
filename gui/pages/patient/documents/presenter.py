"""The documents of a patient in words, and the records that one can be about. Pure."""

import re
from collections.abc import Sequence
from mimetypes import guess_extension

from gui.widgets.words import first_words
from models.chart.patient_chart import PatientChart
from models.domain.capitals import within_sentence
from models.domain.date_notation import write_date
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.records import KINDS, Record
from models.study_types import DocumentView

WHOLE = ("", 0)
"""A document about the patient as a whole."""
_ABOUT = ("mrd", "mutation", "lab", "assessment", "lumbar_puncture", "adverse_event", "consent", "relapse", "death")
"""Kinds of record that rest on a paper of their own; of laboratory values the newest few are offered."""
_MOST = 12
_DAYS = ("collected", "assessed", "done", "began", "signed", "found", "date")


def about_words(chart: PatientChart, kind: str, record: int, desk: Desk) -> str:
    """What a document is about: "MRD result, 3 Apr 2026"."""
    if not kind:
        return "The patient"
    stored = chart.record(kind, record)
    return record_words(stored, desk) if stored else f"{KINDS[kind].title}, withdrawn"


def record_words(record: Record, desk: Desk) -> str:
    """A record as it is named in a list of records of every kind."""
    day = next((each for name in _DAYS if isinstance(each := getattr(record, name, None), PartialDate)), None)
    said = write_date(day, desk) if day else first_words(record, desk)
    return f"{record.kind.title}, {said}" if said else record.kind.title


def choices(chart: PatientChart, desk: Desk, about: tuple[str, int] = WHOLE) -> Sequence[tuple[str, tuple[str, int]]]:
    """What a new document can be about: words, and kind and id of the record; the patient as a whole first.

    `about` is among them, however old it is.
    """
    found: list[tuple[str, tuple[str, int]]] = [("The patient", WHOLE)]
    for kind in _ABOUT:
        newest = sorted(chart.records.get(kind, ()), key=_day, reverse=True)[:_MOST]
        found += [(record_words(record, desk), (kind, record.id)) for record in newest]
    if about not in (record for _, record in found):
        found.append((about_words(chart, *about, desk), about))
    return found


def count_words(documents: Sequence[DocumentView]) -> str:
    """How many there are."""
    return "" if not documents else f"{len(documents)} kept, encrypted"


def identity_words(document: DocumentView) -> str:
    """Whether a document shows who the patient is."""
    return "Not told" if document.shows_identity is None else "Shown" if document.shows_identity else "Not shown"


def copy_name(document: DocumentView) -> str:
    """What a copy is called: as the file was; for those who may not read its name, as the document's title."""
    title = re.sub(r"[^\w ,.-]", "-", document.title)
    return document.file_name or f"{title}{guess_extension(document.media_type) or ''}"


def title_for(record: Record | None, desk: Desk) -> str:
    """What a paper about a record is called unless something else is typed."""
    return f"Report of {within_sentence(record_words(record, desk))}" if record else ""


def _day(record: Record) -> str:
    day = next((each for name in _DAYS if isinstance(each := getattr(record, name, None), PartialDate)), None)
    return day.iso if day else ""
