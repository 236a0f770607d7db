"""The sections of the cohort report on who the patients are and how they fared."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from reportlab.platypus import Table as Grid

from models.cohort import response as responses
from models.cohort.courses import lanes
from models.cohort.table import Row, Table, shown
from models.domain.capitals import upper_first, within_sentence
from models.domain.codelists import SPECIMEN
from models.domain.sentence import write_sentence
from models.figures.cohort.flow import flow, flow_height
from models.figures.cohort.frame import CohortDrawing
from models.figures.cohort.levels import levels
from models.figures.cohort.response import response_bars
from models.figures.cohort.survival import survival
from models.figures.cohort.swimmer import lines_that_fit, swimmer, swimmer_height
from models.figures.cohort.waterfall import waterfall
from models.reports.cohort_captions import Block, Parts, joined
from models.reports.cohort_tables import PaperColumn, paper_table, text_table
from models.reports.page import HEIGHT

if TYPE_CHECKING:
    from models.cohort.cohort import Cohort
    from models.cohort.survival import EndpointEstimates
    from models.figures.style import DrawOptions

Tables = Mapping[str, Table]
_INSET = "\N{NO-BREAK SPACE}" * 4
_MOST_FLOW = HEIGHT * 0.6
_MOST_LANES = 3
"""Pages of lanes; whoever is not on them is told of, and is in the file of the table."""
_ONE_LINE, _TWO_LINES = 81, 64
"""Points for an estimate with its interval, on one line or on two where there are more months than fit."""
_MOST_ONE_LINE = 3
_EVERYBODY, _GROUPS = 205, 195
"""Points of a curve with its numbers at risk: two endpoints stand on a page. That of groups is lower, as its table is
higher."""
_OUTCOME = PaperColumn("Of the enrolled patients", (), 120, "left", 1)
_COUNT = PaperColumn("Patients", (), 40)


def flow_section(cohort: "Cohort", tables: Tables, parts: Parts) -> list[Block]:
    """From screening to where everybody stands now."""
    height = min(flow_height(cohort.flow, parts.options(100)) * 72, _MOST_FLOW)
    steps = {step.code for step in cohort.flow.steps}
    outcomes = [row for row in tables["flow"].rows if row.key not in steps]
    told = [[str(row.cells[0].values[0]), str(row.cells[1].values[0])] for row in outcomes]
    half = -(-len(told) // 2)
    pairs = [[*left, "", *right] for left, right in zip_longest(told[:half], told[half:], fillvalue=["", ""])]
    columns = [_OUTCOME, _COUNT, PaperColumn("", (), 14), _OUTCOME, _COUNT]
    first = parts.figure("Patient flow", lambda options: flow(cohort.flow, options), height)
    return parts.section(
        "Patient flow", [first, parts.table("What became of the patients", text_table(columns, pairs))]
    )


def baseline_section(tables: Tables, parts: Parts) -> list[Block]:
    """The patients at diagnosis, a column for everybody and for each group."""
    table = tables["baseline"]
    groups = list(dict.fromkeys(str(row.cells[0].values[0]) for row in table.rows))
    lines = [row for row in table.rows if row.cells[0].values[0] == groups[0]] if groups else []
    by_key = {row.key: row for row in table.rows}
    columns = [PaperColumn("", (), 110, "left", 2), *(PaperColumn(group, (), 66, "right", 1) for group in groups)]
    rows: list[list[str]] = []
    characteristic = ""
    for line in lines:
        _, label, value, *_ = (str(cell.values[0] or "") for cell in line.cells)
        key = line.key.removeprefix(f"{groups[0]}/")
        told = [_baseline_words(table, by_key[f"{group}/{key}"], parts) for group in groups]
        if value and label != characteristic and not value.startswith("median"):
            rows.append([label, *[""] * len(groups)])
        characteristic = label
        inside = value and not value.startswith("median")
        rows.append([_INSET + value if inside else f"{label}, {value}" if value else label, *told])
    grid = text_table(columns, rows)
    return parts.section("Patients at diagnosis", [parts.table(table.title, grid)])


def _baseline_words(table: Table, row: Row, parts: Parts) -> str:
    """Patients and their share, or the median with its range."""
    cells = {column.code: (cell, column) for column, cell in zip(table.columns, row.cells, strict=True)}
    patients = shown(*cells["patients"], parts.desk)
    if cells["median"][0].values[0] is not None:
        middle, low, high = (shown(*cells[code], parts.desk) for code in ("median", "lowest", "highest"))
        return f"{middle} ({low}–{high})"
    if str(cells["value"][0].values[0]).startswith("median"):
        return "not recorded"
    if cells["share"][0].values[0] is not None:
        return f"{patients} ({shown(*cells['share'], parts.desk)})"
    return patients


def response_section(cohort: "Cohort", tables: Tables, parts: Parts) -> list[Block]:
    """Every rule set with its intervals and both denominators, and bars for the protocol's own."""
    story: list[Block] = []
    bars = cohort.response[responses.PROTOCOL]
    shown_bars = bars[1:] or bars
    height = 150 + 10 * len(shown_bars)
    for rule_set in responses.RULE_SETS:
        table = tables[f"response-{rule_set}"]
        if rule_set == responses.PROTOCOL:
            title = f"{table.title}, of the evaluable patients, with 95 % intervals"
            story.append(parts.figure(title, lambda options: response_bars(bars[:1], options), 160))
            if len(bars) > 1:
                title = f"{table.title} by {_by_words(cohort)}, of the evaluable patients"
                story.append(parts.figure(title, lambda options: response_bars(shown_bars, options), height))
        story.append(parts.table(table.title, _response_table(table, rule_set, parts), _response_note(rule_set)))
    return parts.section("Response by time point", story)


def _by_words(cohort: "Cohort") -> str:
    return cohort.by.label if cohort.by else ""


def _response_table(table: Table, rule_set: str, parts: Parts) -> Grid:
    count = table.columns.index(next(column for column in table.columns if column.code == "response"))
    outcomes = [
        PaperColumn(upper_first(column.label), (column.code,), 30, band="Enrolled patients by outcome")
        for column in table.columns[2:count]
    ]
    alone = rule_set == responses.SUSTAINED_RESPONSE
    first = (
        PaperColumn("Group", ("group",), 62, "left", 1)
        if alone
        else PaperColumn("Time point", ("time_point",), 66, "left", 1)
    )
    columns = [
        first,
        *outcomes,
        PaperColumn("n", ("response",), 18, band="In response, of evaluable"),
        PaperColumn("of", ("evaluable",), 18, band="In response, of evaluable"),
        PaperColumn("% (95 % interval)", ("of_evaluable",), 79, grows=0.5, band="In response, of evaluable"),
        PaperColumn("of", ("enrolled",), 18, band="Of enrolled"),
        PaperColumn("% (95 % interval)", ("of_enrolled",), 79, grows=0.5, band="Of enrolled"),
    ]
    return paper_table(table, columns, parts.desk, by="" if alone else "group")


def _response_note(rule_set: str) -> str:
    if rule_set == responses.EUROPEAN:
        return "The same samples judged by the European terms; the table above judges by the protocol’s own rules."
    return ""


def endpoints_section(cohort: "Cohort", tables: Tables, parts: Parts, *, incidence: bool) -> list[Block]:
    """The endpoints without, or with, a competing event: curve, numbers at risk, and rates at the stated months."""
    story: list[Block] = []
    for code, found in cohort.endpoints.items():
        if found.by_incidence == incidence:
            story += _endpoint(cohort, found, tables[f"endpoint-{code}"], parts)
    title = "Cumulative incidence" if incidence else "Survival"
    return parts.section(title, story) if story else []


def _endpoint(cohort: "Cohort", found: "EndpointEstimates", table: Table, parts: Parts) -> list[Block]:
    """Curve and table, on one page; those of groups are high, and may be parted rather than leave half a page empty."""
    height = _GROUPS if found.groups else _EVERYBODY
    by = f" by {_by_words(cohort)}" if found.groups else ""
    figure = parts.figure(
        f"{table.title}{by}", lambda options: survival(found, options, bands=not found.groups), height
    )
    stated = cohort.protocol.analysis.months
    reached = [
        m for m in stated if any(table.cell(row.key, f"at_{m}_months").values[0] is not None for row in table.rows)
    ]
    grid = _endpoint_table(found, table, reached, parts)
    notes = [found.method.wording, "Follow-up: median, by reverse Kaplan-Meier."]
    beyond = [str(month) for month in stated if month not in reached]
    notes += [f"Nobody was observed for {' or '.join(beyond)} months."] if beyond else []
    notes += [f"{found.test_name}: {_p_words(table, parts)}."] if found.groups else []
    left_out = found.everybody.follow.left_out
    notes += [f"Left out: {who.label}. {write_sentence(reason, parts.desk)}" for who, reason in left_out]
    if not found.everybody.patients:
        return [joined([figure, parts.words(found.method.wording)])]
    both = [figure, parts.table(f"{table.title}{by}", grid, " ".join(notes))]
    return both if found.groups else [joined(both)]


def _p_words(table: Table, parts: Parts) -> str:
    column = next(column for column in table.columns if column.code == "p")
    words = shown(table.rows[0].cells[table.columns.index(column)], column, parts.desk)
    gap = "\N{NO-BREAK SPACE}"
    return f"p{gap}={gap}{words}" if words[0].isdigit() else f"p{gap}{words}" if words[0] in "<>" else words


def _endpoint_table(found: "EndpointEstimates", table: Table, months: Sequence[int], parts: Parts) -> Grid:
    rates = next(column.band for column in table.columns if column.limits)
    columns = [
        PaperColumn("Group", ("group",), 62, "left", 1),
        PaperColumn("Patients", ("patients",), 30),
        PaperColumn("Events", ("events",), 28),
        *([PaperColumn("Competing", ("competing",), 30)] if found.by_incidence else []),
        *(
            PaperColumn(
                f"{month} months",
                (f"at_{month}_months", f"at_risk_{month}_months"),
                _ONE_LINE if len(months) <= _MOST_ONE_LINE else _TWO_LINES,
                after=("", " at risk"),
                band=rates,
            )
            for month in months
        ),
        *(
            []
            if found.by_incidence
            else [PaperColumn("Median, months", ("median",), 78 if len(months) <= _MOST_ONE_LINE else 54)]
        ),
        PaperColumn("Follow-up, months", ("follow_up",), 72),
    ]
    return paper_table(table, columns, parts.desk)


def courses_section(cohort: "Cohort", parts: Parts) -> list[Block]:
    """The patients over time, on as many pages as they need within reason."""
    ordered = lanes(cohort.members, cohort.protocol, "last")
    by = f" by {_by_words(cohort)}" if cohort.groups else ""
    order = "longest follow-up first"
    most = HEIGHT - 90
    height = swimmer_height(ordered, parts.options(100), cohort.groups) * 72
    title = f"Patients over time{by}, {order}"
    if height <= most:
        pages = [(height, 0)]
    else:
        fit = lines_that_fit(ordered, parts.options(most), cohort.groups)
        total = len(ordered) + len(cohort.groups)
        pages = [(most, first) for first in range(0, total, fit)][:_MOST_LANES]
    story: list[Block] = []
    for tall, first in pages:

        def draw(options: "DrawOptions", first: int = first) -> CohortDrawing:
            return swimmer(ordered, options, groups=cohort.groups, first=first)

        story.append(parts.figure(title, draw, tall))
    return parts.section("Patients over time", story)


def depth_section(cohort: "Cohort", tables: Tables, parts: Parts) -> list[Block]:
    """How deep the response went: the waterfall at the primary landmark, and all curves."""
    story: list[Block] = []
    landmark = cohort.protocol.primary_landmark
    found = cohort.waterfalls.get(landmark) or next(iter(cohort.waterfalls.values()), None)
    if found is not None:
        title = f"Log reduction {within_sentence(found.label)}, patient by patient"
        story.append(parts.figure(title, lambda options: waterfall(found, options), 170))
    mrd = cohort.protocol.mrd
    title = f"BCR::ABL1 of all patients in percent of {mrd.control_gene}, {SPECIMEN.label(mrd.specimen).lower()}"
    story.append(parts.figure(title, lambda options: levels(cohort.curves, options), 255))
    table = tables["levels"]
    columns = [
        PaperColumn("Visit", ("visit",), 120, "left", 1),
        PaperColumn("Median study day", ("day",), 60),
        PaperColumn("Patients", ("patients",), 50),
        *(PaperColumn(column.head, (column.code,), 52, band=column.band) for column in table.columns[3:]),
    ]
    if table.rows:
        story.append(parts.table(table.title, paper_table(table, columns, parts.desk)))
    return parts.section("Depth of molecular response", story)
