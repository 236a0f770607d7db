"""ABL1 mutations: when each was found, at what allele fraction, and in which phase and under which drugs it cleared."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from models.cohort.courses import of_chart as phases_of
from models.cohort.courses import phase_at, phase_label
from models.cohort.method import Method
from models.cohort.table import Cell, Column, Form, Row, Table, text
from models.cohort.who import When, Who, on
from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.records.treatment import Exposure

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.cohort.member import Member

UNNAMED = "mutation not named"
METHOD = Method(
    "ABL1 mutations",
    "A mutation counts from the first test that found it. It has cleared with the first later valid test that does not"
    " show it; beside stand the phase that had begun last by then and the drugs given between the two tests.",
)


class Found(NamedTuple):
    """One mutation of one patient. `day` and `cleared_day` are study days.

    `tests` is how many valid tests came after it was found; `drugs` are the codes of those given up to the clearing.
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
    tests: int


def of_chart(chart: "PatientChart") -> tuple[Found, ...]:
    """The mutations of one patient in the order in which they were found."""
    valid = [t for t in chart.mutations if t.result in ("FOUND", "NONE") and t.collected.earliest]
    first: dict[str, int] = {}
    for place, test in enumerate(valid):
        if test.result == "FOUND":
            first.setdefault(test.variant or UNNAMED, place)
    spans = phases_of(chart)
    found = []
    for variant, place in first.items():
        test, later = valid[place], valid[place + 1 :]
        shown = on(test.collected, "mutation", test.id)
        free = next((t for t in later if (t.variant or UNNAMED) != variant or t.result == "NONE"), None)
        cleared = on(free.collected, "mutation", free.id) if free else None
        assert shown is not None
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
                tests=len(later),
            )
        )
    return tuple(found)


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
