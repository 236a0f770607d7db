"""Texts that something might take for an instruction, in every text field of every kind of record.

Each is typed into the field's own editor, saved, and looked for in the store, in the window, on paper, in CSV and in an
Excel workbook: it is there as it was typed, and nothing was run or fetched. A megabyte is refused by every form, with a
sentence; where it got in all the same, it is kept and exported like any other text.
"""

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.fields import Field, FieldType
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.exchange.listing import write_listing
from models.exchange.record_listing import adverse_events, mrd_results, queries
from models.exchange.trail_listing import write_trail
from models.persistence.rows import by_id
from models.persistence.unit_of_work import writing
from models.records import KINDS, Kind
from models.study import Edit, Study
from tests import workbooks
from tests.printing import printing_on
from tests.torture.ground import PATIENT, copy_of, make_study, open_study, require_whole
from tests.torture.hostile_texts import TEXTS, TOO_LONG
from tests.torture.outcome import Outcome, require, tried

_DAY = PartialDate(2026, 3, 1)
_INTERNAL = frozenset({"about_kind", "about_field"})
"""Written by the program, which reads them as names of its own kinds and fields."""
_TEXTUAL = (FieldType.TEXT, FieldType.NOTE)
_ACTIVE = frozenset({"/JS", "/JavaScript", "/URI", "/Launch", "/OpenAction", "/AA", "/EmbeddedFile"})
"""What makes a PDF do something by itself, or reach out."""
_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What begins a formula in CSV."""
_UNTOLD = frozenset({("document", "secret")})
"""What the exported trail keeps to itself: the key of a file."""
_KNOWN = {"about_kind": "patient", "about_field": "age"}
_OWN = frozenset({"patient", "identity", "disease"})
"""Kinds of which the patient has one already."""


def run(count: int, seed: int, folder: Path, most_seconds: float = float("inf")) -> Outcome:
    """Put the first `count` texts into every field; counts fields and texts together."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.torture import hostile_window

    app = hostile_window.application()
    template = make_study(folder)
    fields = sum(1 for _ in _text_fields())
    queue = iter(TEXTS.items())

    def attempt(_random: Random) -> str:
        name, text = next(queue, ("one megabyte", TOO_LONG))
        with copy_of(template) as path:
            if text is TOO_LONG:
                _try_too_long(path, folder / "out")
            else:
                _try(path, text, folder / "out")
        return name

    found = tried(min(count, len(TEXTS) + 1), seed, attempt, most_seconds=most_seconds)
    del app
    return Outcome(found.count * fields, found.endings, found.failures, found.seconds)


def _text_fields() -> Iterator[tuple[Kind, Field]]:
    for kind in KINDS.values():
        for field in kind.fields.values():
            if field.type in _TEXTUAL and field.name not in _INTERNAL:
                yield kind, field


def _try(path: Path, text: str, out: Path) -> None:
    from tests.torture.hostile_window import require_shown, typed

    out.mkdir(exist_ok=True)
    values = {(kind.name, field.name): typed(field, text[: field.longest]) for kind, field in _text_fields()}
    with open_study(path) as study:
        saved = _save_all(study, values)
        for (kind, field), value in values.items():
            record = _stored(study, kind, saved[kind])
            require(record[field] == value, f"{kind}.{field} reads as {str(record[field])[:80]!r}")
        require_whole(study)
        _require_on_paper(study, values, out / "summary.pdf")
        _require_in_csv(study, values, out / "trail.csv")
        _require_in_workbook(study, values, out / "trail.xlsx")
        _require_in_lists(study, values, out / "list.xlsx")
    made = {made.name for made in out.iterdir()}
    require(made == {"summary.pdf", "trail.csv", "trail.xlsx", "list.xlsx"}, "something else was written")
    require_shown(path)
    with open_study(path) as study:
        require_whole(study)


def _try_too_long(path: Path, out: Path) -> None:
    """Every form refuses it; put in past the forms, it is read, verified and exported whole."""
    out.mkdir(exist_ok=True)
    with open_study(path) as study:
        for kind, field in _text_fields():
            if not (kind.of_study or kind.review or kind.parent):
                findings = study.check(PATIENT, Edit(kind.name, {field.name: TOO_LONG}))
                require(any(found.rule == "text.long" for found in findings), f"{kind.name}.{field.name} takes it")
        _require_refused_elsewhere(study)
        values = {(kind.name, field.name): TOO_LONG for kind, field in _text_fields() if kind.name not in _OWN}
        saved: dict[str, int] = {}
        for kind in KINDS.values():
            if kind.name not in _OWN:
                saved[kind.name] = _insert(study, kind, _texts_of(kind.name, values), saved)
        for (kind_name, name), value in values.items():
            require(_stored(study, kind_name, saved[kind_name])[name] == value, f"{kind_name}.{name} is another text")
        require_whole(study)
        _require_in_csv(study, values, out / "trail.csv")
        _require_in_workbook(study, values, out / "trail.xlsx")
        _require_in_lists(study, values, out / "list.xlsx")


def _require_refused_elsewhere(study: Study) -> None:
    """Words of a query, the reason of a correction and a setting are refused with the same sentence."""
    disease = study.chart(PATIENT).records["disease"][0].id
    acts: tuple[Callable[[], object], ...] = (
        lambda: study.review.ask(PATIENT, "disease", disease, "", TOO_LONG, "coordinator"),
        lambda: study.save(PATIENT, [Edit("disease", {"comment": "x"}, disease)], Context("", TOO_LONG)),
        lambda: study.set_setting("site_name", TOO_LONG, Context("", "x")),
    )
    for act in acts:
        said = ""
        try:
            act()
        except TrialError as refused:
            said = str(refused)
        require("characters and may have" in said, f"a megabyte is not refused: {said[:200]}")


def _texts_of(kind: str, values: Mapping[tuple[str, str], str]) -> dict[str, str]:
    return {name: value for (of, name), value in values.items() if of == kind}


def _save_all(study: Study, values: Mapping[tuple[str, str], str]) -> dict[str, int]:
    """A record of every kind with the texts: corrected where the patient has one, else a new one."""
    saved: dict[str, int] = {}
    for kind in KINDS.values():
        texts = _texts_of(kind.name, values)
        if kind.name in _OWN:
            own = PATIENT if kind.name == "patient" else study.chart(PATIENT).records[kind.name][0].id
            study.save(PATIENT, [Edit(kind.name, texts, own)], Context("", values["flag", "answer"]))
            saved[kind.name] = own
        else:
            saved[kind.name] = _insert(study, kind, texts, saved)
    study.save_draft("history/1/0", {"term": values["history", "term"]})
    require(study.draft("history/1/0") == {"term": values["history", "term"]}, "the draft is another one")
    return saved


def _insert(study: Study, kind: Kind, texts: Mapping[str, str], saved: Mapping[str, int]) -> int:
    write = study._folder.write  # noqa: SLF001 - several of these are entered by services that allow their own words only
    assert write is not None
    with writing(write, Context(study.user.login, "Hostile"), study.clock) as unit:
        filled = {name: _filled(field) for name, field in kind.fields.items() if field.required}
        patient = 0 if kind.of_study else PATIENT
        return unit.insert(kind.name, {**filled, **texts}, patient, saved.get(kind.parent, 0))


def _filled(field: Field) -> Any:
    match field.type:
        case FieldType.CHOICE:
            return next(iter(field.codelist.terms), "dasatinib") if field.codelist else "dasatinib"
        case FieldType.DATE:
            return _DAY
        case FieldType.INTEGER:
            return 1
        case _:
            return _KNOWN.get(field.name, "")


def _stored(study: Study, kind: str, record: int) -> Mapping[str, Any]:
    with study._folder.read.begin() as connection:  # noqa: SLF001 - no verb of the study reads every kind
        return by_id(connection, KINDS[kind].record, record).values()


def _require_on_paper(study: Study, values: Mapping[tuple[str, str], str], out: Path) -> None:
    """The visit summary can be made, can be read, and holds nothing that a reader would run or fetch."""
    import pikepdf

    from models.reports.visit_summary import visit_summary

    chart = study.chart(PATIENT)
    printing = replace(study.printing(Desk.ENGLISH), printed_by=values["account", "name"])
    visit_summary(chart, out, printing, visit=None)
    with pikepdf.open(out) as pdf:
        for part in pdf.objects:
            if isinstance(part, pikepdf.Dictionary):
                active = _ACTIVE & set(part.keys())
                require(not active, f"the paper holds {active}")


def _require_in_csv(study: Study, values: Mapping[tuple[str, str], str], out: Path) -> None:
    """Every text is in the exported trail as it was typed, and no cell begins a formula."""
    write_trail(study.trail, out, printing_on(study))
    usual = csv.field_size_limit(2**31 - 1)  # the same for the whole process
    try:
        with out.open(encoding="utf-8", newline="") as stream:
            lines = list(csv.DictReader(stream))
    finally:
        csv.field_size_limit(usual)
    cells = {cell for line in lines for cell in line.values()}
    require(not any(cell.startswith(_SIGNS) for cell in cells), "a cell begins a formula")
    _require_told(values, ({**line, "new": _unmarked(line["new"])} for line in lines), "trail")


def _unmarked(cell: str) -> str:
    """The text of a cell that has an apostrophe before a sign."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_SIGNS) else cell


def _require_in_workbook(study: Study, values: Mapping[tuple[str, str], str], out: Path) -> None:
    """Every text is in the trail's workbook as it was typed, and nothing in it is a formula or leads out of it."""
    write_trail(study.trail, out, printing_on(study))
    _require_inert(out)
    _require_told(values, workbooks.lines(out), "workbook of the trail")


def _require_told(values: Mapping[tuple[str, str], str], lines: Iterable[Mapping[str, Any]], where: str) -> None:
    """Each text stands at its own field, besides those of who a patient is, which stay in the study."""
    told = {(str(line["record"]).rpartition(" ")[0], line["field"], line["new"]) for line in lines}
    wanted = {
        (KINDS[kind].title, KINDS[kind].field(name).label, text): (kind, name) for (kind, name), text in values.items()
    }
    missing = {place for line, place in wanted.items() if line not in told}
    kept = {(kind, name) for kind, name in values if KINDS[kind].field(name).identifying} | _UNTOLD
    require(
        missing == kept & values.keys(), f"the {where} lacks or tells {sorted(missing ^ (kept & values.keys()))[:3]}"
    )


def _require_inert(workbook: Path) -> None:
    active = workbooks.active_parts(workbook)
    require(not active, f"{workbook.name} holds {active}")


def _require_in_lists(study: Study, values: Mapping[tuple[str, str], str], out: Path) -> None:
    """The lists of MRD results, events and queries have every text of theirs as it was typed, and nothing active."""
    chart = study.chart(PATIENT)
    events = frozenset(view.record.id for view in chart.events)
    for kind, listing in (
        ("mrd", mrd_results([chart])),
        ("adverse_event", adverse_events([chart], events)),
        ("query_step", queries(study.review.queries())),
    ):
        write_listing(out, listing, printing_on(study))
        _require_inert(out)
        lines = workbooks.lines(out)
        for (of, name), text in values.items():
            if of == kind:
                label = KINDS[kind].field(name).label
                require(any(line[label] == text for line in lines), f"the list lacks {kind}.{name}")
