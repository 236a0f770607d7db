"""ABL1 mutations: when each was found, at what allele fraction, and in which phase and under which drugs it cleared."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.courses import of_chart as phases_of
from models.cohort.courses import phase_at, phase_label
from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, text
from models.cohort.who import When, Who, on
from models.domain.molecular.variants import changes
from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.records.molecular import Mutation
from models.records.treatment import Exposure

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.cohort.member import Member

UNNAMED = "mutation not named"
METHOD = Method(
    "ABL1 mutations",
    "A mutation counts from the first test that found it. It has cleared on the first later day with a valid test and"
    " none that shows it; beside stand the phase that had begun last by then and the drugs given between the two tests."
    " Of several mutations named in one test each counts. A test on an unknown day is left out.",
)


class Found(NamedTuple):
    """One mutation of one patient. `day` and `cleared_day` are study days.

    `drugs` are the codes of those given up to the clearing.
    """

    variant: str
    found: When
    day: int | None
    phase: str
    fraction: Decimal | None
    cleared: When | None
    cleared_day: int | None
    cleared_in: str
    drugs: tuple[str, ...]


def of_chart(chart: "PatientChart") -> tuple[Found, ...]:
    """The mutations of one patient in the order in which they were found."""
    tests = _by_day(chart)
    first: dict[str, Mutation] = {}
    for of_day in tests.values():
        for test in of_day:
            for variant in _shown(test):
                first.setdefault(variant, test)
    spans = phases_of(chart)
    found = []
    for variant, test in first.items():
        shown = on(test.collected, "mutation", test.id)
        assert shown is not None
        later = (of_day for day, of_day in tests.items() if day > shown.day)
        free = next((of_day[0] for of_day in later if not any(variant in _shown(each) for each in of_day)), None)
        cleared = on(free.collected, "mutation", free.id) if free else None
        found.append(
            Found(
                variant=variant,
                found=shown,
                day=chart.day(test.collected),
                phase=phase_at(spans, shown.day),
                fraction=test.allele_fraction.value if test.allele_fraction else None,
                cleared=cleared,
                cleared_day=chart.day(free.collected) if free else None,
                cleared_in=phase_at(spans, cleared.day) if cleared else "",
                drugs=_given_between(chart, shown.day, cleared.day) if cleared else (),
            )
        )
    return tuple(found)


def _by_day(chart: "PatientChart") -> Mapping[date, Sequence[Mutation]]:
    """The tests with a result by their day, the earliest first: each mutation of a sample is a record of its own."""
    found: dict[date, list[Mutation]] = defaultdict(list)
    for test in chart.mutations:
        if test.result in ("FOUND", "NONE") and (day := test.collected.earliest):
            found[day].append(test)
    return dict(sorted(found.items()))


def _shown(test: Mutation) -> tuple[str, ...]:
    """The mutations that a test found."""
    return (changes(test.variant or "") or (UNNAMED,)) if test.result == "FOUND" else ()


def _given_between(chart: "PatientChart", first: date, last: date) -> tuple[str, ...]:
    """The drugs of which a dose above 0 was given on a day after the first test, up to the last."""
    given = {
        dose.drug
        for dose in chart.of(Exposure)
        if dose.dose is not None
        and dose.dose.value > 0
        and (began := dose.began.earliest)
        and began <= last
        and (dose.ended is None or (ended := dose.ended.latest) is None or ended > first)
    }
    return tuple(drug.code for drug in chart.protocol.drugs if drug.code in given)


_CLEARED = "First test without it"


def as_table(members: Sequence["Member"], protocol: Protocol) -> Table:
    """A line a mutation, by the day on which it was found."""
    columns = (
        Column("patient", "Patient", Form.TEXT),
        Column("variant", "Mutation", Form.TEXT),
        Column("found", "Found on", Form.DATE, band="Found", head="On"),
        Column("day", "Study day", Form.DAYS, band="Found", head="Day"),
        Column("phase", "Found in", Form.TEXT, band="Found", head="In"),
        Column("fraction", "Allele fraction, %", Form.NUMBER),
        Column("cleared", "Not found on", Form.DATE, band=_CLEARED, head="On"),
        Column("cleared_day", "Study day", Form.DAYS, band=_CLEARED, head="Day"),
        Column("cleared_in", "Cleared in", Form.TEXT, band=_CLEARED, head="In"),
        Column("drugs", "Drugs given meanwhile", Form.TEXT),
    )
    listed = [(member.who, found) for member in members if member.enrolled for found in member.mutations]
    rows = [
        Row(f"{who.label}/{found.variant}", _cells(who, found, protocol))
        for who, found in sorted(listed, key=lambda pair: pair[1].found.day)
    ]
    return Table("mutations", "ABL1 mutations", columns, tuple(rows), (METHOD,))


def _cells(who: Who, found: Found, protocol: Protocol) -> tuple[Cell, ...]:
    names = ", ".join(drug.name for drug in protocol.drugs if drug.code in found.drugs)
    return (
        Cell((who.label,), (who,)),
        Cell((found.variant,), (who,)),
        text(PartialDate.from_date(found.found.day)),
        text(found.day),
        text(phase_label(protocol, found.phase)),
        text(found.fraction),
        Cell((PartialDate.from_date(found.cleared.day) if found.cleared else None,), note="not cleared"),
        text(found.cleared_day),
        text(phase_label(protocol, found.cleared_in) if found.cleared else ""),
        text(names),
    )
