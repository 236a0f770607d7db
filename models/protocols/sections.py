"""The sections of a protocol file, each read into its part of `model`. References between them: see `checks`."""

from decimal import Decimal

from models.domain.codelists import CONTROL_GENE, SPECIMEN
from models.domain.molecular.terms import CLASSES, NOT_EVALUABLE
from models.domain.toxicity.laboratory_tests import TESTS
from models.protocols import model
from models.protocols.model import (
    Criterion,
    Drug,
    Endpoint,
    MrdSettings,
    Phase,
    PlannedDose,
    ReportingClock,
    Setting,
    VisitPlan,
)
from models.protocols.repeats import Turn, turns
from models.protocols.table import Table
from models.records.treatment import DOSE_UNITS

COMPARISONS = ("<=", ">=", "<", ">")
_WHOLE = 100
_MOST_COPIES = 10_000_000
_OLDEST = 200
"""Years that nobody reaches: what is planned without an upper age is planned for everybody."""


def drugs(root: Table) -> tuple[Drug, ...]:
    """The `[[drug]]` entries."""
    return tuple(_drug(entry) for entry in root.tables("drug"))


def _drug(entry: Table) -> Drug:
    drug = Drug(
        code=entry.text("code"),
        name=entry.text("name"),
        unit=entry.one_of("unit", DOSE_UNITS),
        route=entry.text("route"),
        frequency=entry.text("frequency"),
        ladder=entry.decimals("ladder"),
        continuous_infusion=entry.flag("continuous_infusion"),
        causality=entry.flag("causality", default=True),
        cap=_decimal_or_none(entry, "cap"),
        cap_unit=entry.one_of("cap_unit", DOSE_UNITS, ""),
        infusion_days=entry.integer("infusion_days", 0),
        same_cycle_gap_days=_integer_or_none(entry, "same_cycle_gap_days"),
        restart_dose=_decimal_or_none(entry, "restart_dose"),
        source=entry.text("source", ""),
    )
    entry.finish()
    if list(drug.ladder) != sorted(set(drug.ladder), reverse=True):
        raise entry.refusal("ladder", "the ladder must go from the full dose downwards, each step once.")
    if (drug.cap is None) == bool(drug.cap_unit):
        raise entry.refusal("cap", '"cap" and "cap_unit" must be given together.')
    for key, doses in (("ladder", drug.ladder), ("cap", (drug.cap,)), ("restart_dose", (drug.restart_dose,))):
        if any(dose == 0 for dose in doses):
            raise entry.refusal(key, f'"{key}" must be above zero: a dose of 0 is an interruption.')
    if drug.continuous_infusion != bool(drug.infusion_days):
        reason = '"continuous_infusion" and "infusion_days", of at least 1, must be given together.'
        raise entry.refusal("infusion_days" if entry.has("infusion_days") else "continuous_infusion", reason)
    return drug


def phases(root: Table) -> tuple[Phase, ...]:
    """The `[[phase]]` entries, repeats dealt out."""
    return tuple(_phase(entry, turn) for entry, turn in turns(root.tables("phase")))


def _phase(entry: Table, turn: Turn) -> Phase:
    phase = Phase(
        code=turn.fill(entry.text("code")),
        label=turn.fill(entry.text("label")),
        short_label=turn.fill(entry.text("short_label")),
        days=entry.integer("days", 0),
        cycle=turn.number,
        optional=entry.flag("optional") or turn.optional,
        doses=tuple(_dose(dose) for dose in entry.tables("dose")),
        treatment=entry.flag("treatment", default=True),
    )
    entry.finish()
    for number, dose in enumerate(phase.doses):
        path = (*entry.path, "dose", number)
        if phase.days and dose.last_day > phase.days:
            raise entry.source.refusal((*path, "last_day"), f"the phase has only {phase.days} days.")
        if any(_both_planned(dose, other) for other in phase.doses[:number]):
            raise entry.source.refusal((*path, "drug"), f'two doses of "{dose.drug}" are planned for the same days.')
    return phase


def _both_planned(one: PlannedDose, other: PlannedDose) -> bool:
    """Whether somebody of some age would get both on the same day."""
    ages = max(one.from_age or 0, other.from_age or 0), min(one.under_age or _OLDEST, other.under_age or _OLDEST)
    days = max(one.first_day, other.first_day), min(one.last_day, other.last_day)
    return one.drug == other.drug and days[0] <= days[1] and ages[0] < ages[1]


def _dose(entry: Table) -> PlannedDose:
    first_day = entry.integer("first_day", least=1)
    dose = PlannedDose(
        drug=entry.text("drug"),
        dose=_dose_above_zero(entry),
        first_day=first_day,
        last_day=entry.integer("last_day", least=first_day),
        from_age=_integer_or_none(entry, "from_age"),
        under_age=_integer_or_none(entry, "under_age"),
    )
    entry.finish()
    return dose


def _dose_above_zero(entry: Table) -> Decimal:
    dose = entry.decimal("dose")
    if dose == 0:
        raise entry.refusal("dose", '"dose" must be above zero: leave out the days on which nothing is planned.')
    return dose


def visits(root: Table, panels: dict[str, tuple[str, ...]]) -> tuple[VisitPlan, ...]:
    """The `[[visit]]` entries, repeats dealt out."""
    return tuple(_visit(entry, turn, tuple(panels)) for entry, turn in turns(root.tables("visit")))


def _visit(entry: Table, turn: Turn, panels: tuple[str, ...]) -> VisitPlan:
    visit = VisitPlan(
        code=turn.fill(entry.text("code")),
        label=turn.fill(entry.text("label")),
        anchor=turn.fill(entry.text("anchor")),
        day=entry.integer("day", least=-1000) + turn.days,
        before=entry.integer("before"),
        after=entry.integer("after"),
        collects=entry.some_of("collects", model.PIECES),
        specimens=entry.some_of("specimens", dict(SPECIMEN.terms)),
        panels=entry.some_of("panels", panels),
        starts_phase=turn.fill(entry.text("starts_phase", "")),
        landmark=entry.flag("landmark"),
        optional=entry.flag("optional") or turn.optional,
        note=turn.fill(entry.text("note", "")),
    )
    entry.finish()
    if visit.day == 0:
        raise entry.refusal("day", "there is no day 0: day 1 is the first day of the phase, day -1 the day before.")
    if "mrd" in visit.collects and not visit.specimens:
        raise entry.refusal("collects", 'a visit that collects "mrd" must name its specimens.')
    if visit.landmark and not {"mrd", "assessment"} & set(visit.collects):
        raise entry.refusal("landmark", 'response is judged at a landmark: it must collect "mrd" or "assessment".')
    return visit


def panels(root: Table) -> dict[str, tuple[str, ...]]:
    """The `[panels]` table: name -> codes of laboratory tests."""
    table = root.table("panels")
    known = {test.code: test.label for test in TESTS}
    return {name: table.some_of(name, known) for name in table.keys()}  # noqa: SIM118 - a Table is no mapping


def criteria(root: Table) -> tuple[Criterion, ...]:
    """The `[[criterion]]` entries."""
    return tuple(_criterion(entry) for entry in root.tables("criterion"))


def _criterion(entry: Table) -> Criterion:
    criterion = Criterion(
        code=entry.text("code"),
        text=entry.text("text"),
        exclusion=entry.flag("exclusion"),
        waivable=entry.flag("waivable"),
        limit=_decimal_or_none(entry, "limit"),
        comparison=entry.one_of("comparison", COMPARISONS, ""),
        unit=entry.text("unit", ""),
    )
    entry.finish()
    if (criterion.limit is None) == bool(criterion.comparison):
        raise entry.refusal("limit", '"limit" and "comparison" must be given together.')
    return criterion


def mrd(root: Table) -> MrdSettings:
    """The `[mrd]` table."""
    entry = root.table("mrd")
    settings = MrdSettings(
        rule_set=entry.text("rule_set"),
        version=entry.text("version"),
        source=entry.text("source"),
        specimen=entry.one_of("specimen", dict(SPECIMEN.terms)),
        control_gene=entry.one_of("control_gene", dict(CONTROL_GENE.terms)),
        minimum_control_copies=entry.integer("minimum_control_copies", least=1, most=_MOST_COPIES),
        quantifiable_limit=_decimal_or_none(entry, "quantifiable_limit"),
        response_classes=entry.some_of("response_classes", CLASSES),
        rise_log=entry.decimal("rise_log"),
        european_threshold=entry.decimal("european_threshold"),
        sustained_time_points=entry.integer("sustained_time_points", 2, least=2),
        mutation_test_at_relapse=entry.flag("mutation_test_at_relapse"),
    )
    entry.finish()
    if not settings.response_classes:
        raise entry.refusal("response_classes", "at least one class must count as molecular response.")
    if NOT_EVALUABLE in settings.response_classes:
        raise entry.refusal("response_classes", f'"{NOT_EVALUABLE}" cannot count as molecular response.')
    for key in ("rise_log", "european_threshold", "quantifiable_limit"):
        if getattr(settings, key) == 0:
            raise entry.refusal(key, f'"{key}" must be more than 0.')
    for key in ("european_threshold", "quantifiable_limit"):
        if (getattr(settings, key) or 0) >= _WHOLE:
            raise entry.refusal(key, f'"{key}" is in percent of the control copies and must be less than {_WHOLE}.')
    return settings


def clocks(root: Table) -> tuple[ReportingClock, ...]:
    """The `[[clock]]` entries."""
    return tuple(_clock(entry) for entry in root.tables("clock"))


def _clock(entry: Table) -> ReportingClock:
    clock = ReportingClock(
        code=entry.text("code"),
        label=entry.text("label"),
        hours=entry.integer("hours", least=1),
        applies_to=entry.one_of("applies_to", model.CLOCK_EVENTS),
        responsible=entry.one_of("responsible", ("site", "sponsor"), "site"),
        follow_up_hours=entry.integer("follow_up_hours", 0),
    )
    entry.finish()
    return clock


def endpoints(root: Table) -> tuple[Endpoint, ...]:
    """The `[[endpoint]]` entries."""
    return tuple(_endpoint(entry) for entry in root.tables("endpoint"))


def _endpoint(entry: Table) -> Endpoint:
    endpoint = Endpoint(
        code=entry.text("code"),
        label=entry.text("label"),
        population=entry.one_of("population", model.POPULATIONS),
        start=entry.one_of("start", model.STARTS),
        events=entry.some_of("events", model.EVENTS),
        censoring=entry.one_of("censoring", model.CENSORINGS),
        transplant=entry.one_of("transplant", model.TRANSPLANT_HANDLING),
        competing=entry.some_of("competing", model.EVENTS),
        landmark=entry.text("landmark", ""),
        no_remission_at=entry.one_of("no_remission_at", model.NO_REMISSION_DATES, ""),
        confirmed=entry.flag("confirmed"),
    )
    entry.finish()
    if not endpoint.events:
        raise entry.refusal("events", "an endpoint needs at least one event.")
    if both := set(endpoint.events) & set(endpoint.competing):
        raise entry.refusal("competing", f'"{min(both)}" cannot be an event and compete with it.')
    if ("no-remission" in endpoint.events) != bool(endpoint.landmark and endpoint.no_remission_at):
        raise entry.refusal(
            "landmark", 'the event "no-remission" needs "landmark" and "no_remission_at", and only that event has them.'
        )
    if endpoint.confirmed and not {"molecular-loss", "molecular-relapse"} & {*endpoint.events, *endpoint.competing}:
        raise entry.refusal("confirmed", "only a loss of molecular response and a molecular relapse can be confirmed.")
    return endpoint


def settings(root: Table) -> tuple[Setting, ...]:
    """The `[[setting]]` entries: what the sources leave uncertain, in words."""
    return tuple(_setting(entry) for entry in root.tables("setting"))


def _setting(entry: Table) -> Setting:
    setting = Setting(name=entry.text("name"), value=entry.text("value"), note=entry.text("note"))
    entry.finish()
    return setting


def _decimal_or_none(entry: Table, key: str) -> Decimal | None:
    return entry.decimal(key) if entry.has(key) else None


def _integer_or_none(entry: Table, key: str) -> int | None:
    return entry.integer(key) if entry.has(key) else None
