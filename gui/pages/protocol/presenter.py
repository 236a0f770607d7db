"""The protocol in words and tables. Pure: protocol -> texts."""

from dataclasses import dataclass
from decimal import Decimal

from models.domain.capitals import within_sentence
from models.domain.codelists import SPECIMEN
from models.domain.genotype import IKZF1_RULES
from models.domain.notation import Desk, with_unit, write_number
from models.protocols import model
from models.protocols.model import Criterion, Endpoint, Monitoring, Phase, Protocol, ReportingClock, VisitPlan


@dataclass(frozen=True, slots=True)
class Block:
    """A table under a heading: column headings (none for a list of terms) and rows of plain texts."""

    title: str
    remark: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """Blocks that are read together."""

    title: str
    blocks: tuple[Block, ...]


def tabs(protocol: Protocol, desk: Desk) -> tuple[Tab, ...]:
    """Everything that the protocol file says, in the order in which a site asks for it."""
    uncertain = Block(
        "Not confirmed",
        "check against the signed protocol",
        ("What", "Set to", "Why it is uncertain"),
        tuple((setting.name, setting.value, setting.note) for setting in protocol.settings),
    )
    return (
        Tab("Visits", (_visits(protocol),)),
        Tab("Phases and doses", (_phases(protocol, desk), _drugs(protocol, desk))),
        Tab("Rules", (_rules(protocol, desk), _clocks(protocol))),
        Tab("Eligibility", _eligibility(protocol, desk)),
        Tab("Endpoints", (_endpoints(protocol),)),
        Tab("Analysis", (_analysis(protocol), *((_monitoring(protocol, desk),) if protocol.monitoring else ()))),
        *((Tab(f"Not confirmed ({len(protocol.settings)})", (uncertain,)),) if protocol.settings else ()),
    )


def identity(protocol: Protocol) -> str:
    """What stands beside the protocol's name: number, version, sponsor, registry entries."""
    return " · ".join((protocol.id, f"version {protocol.version}", protocol.sponsor, *protocol.registry_ids))


def window(visit: VisitPlan) -> str:
    """How far a visit may drift: "±3 days", "0 to 14 days after", "13 days before to 1 after"."""
    before, after = visit.before, visit.after
    if before == after:
        return f"±{before} {_days(before)}" if before else "that day only"
    if not before:
        return f"to {after} {_days(after)} after"
    if not after:
        return f"from {before} {_days(before)} before"
    return f"{before} {_days(before)} before to {after} after"


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


def _visits(protocol: Protocol) -> Block:
    phases = {phase.code: phase for phase in protocol.phases}
    rows = tuple(
        (
            f"{visit.label} (optional)" if visit.optional else visit.label,
            _target(visit, phases[visit.anchor]),
            window(visit),
            ", ".join(SPECIMEN.label(code) for code in visit.specimens),
            "\n".join(filter(None, (_pieces(visit), visit.note))),
        )
        for visit in protocol.visits
    )
    remark = f"windows re-anchor on the real start of each phase; closing when {protocol.closing_days} days are left"
    return Block("Visits", remark, ("Visit", "Target", "Window", "Specimen", "Collects"), rows)


def _target(visit: VisitPlan, phase: Phase) -> str:
    sign = "\N{MINUS SIGN}" if visit.day < 0 else ""
    return f"{phase.short_label}, day {sign}{abs(visit.day)}"


def _pieces(visit: VisitPlan) -> str:
    return ", ".join(model.PIECES.get(code, code) for code in visit.collects)


def _phases(protocol: Protocol, desk: Desk) -> Block:
    rows = tuple(
        (
            f"{phase.label} (optional)" if phase.optional else phase.label,
            f"{phase.days} days" if phase.days else "no fixed end",
            _doses(phase, protocol, desk),
        )
        for phase in protocol.phases
    )
    day_one = protocol.phase(protocol.day_one_phase)
    remark = f"study day 1 is the first day of: {day_one.label}" if day_one else ""
    return Block("Phases", remark, ("Phase", "Length", "Planned doses"), rows)


def _doses(phase: Phase, protocol: Protocol, desk: Desk) -> str:
    texts = []
    for dose in phase.doses:
        drug = protocol.drug(dose.drug)
        name, unit = (drug.name, drug.unit) if drug else (dose.drug, "")
        text = f"{name} {with_unit(write_number(dose.dose, desk), unit)}, days {dose.first_day} to {dose.last_day}"
        if dose.from_age is not None:
            text += f", from {dose.from_age} years"
        if dose.under_age is not None:
            text += f", under {dose.under_age} years"
        texts.append(text)
    return "\n".join(texts)


def _drugs(protocol: Protocol, desk: Desk) -> Block:
    rows = []
    for drug in protocol.drugs:
        facts = [drug.route, drug.frequency]
        if drug.infusion_days:
            facts.append(f"{drug.infusion_days} days of infusion a cycle")
        if drug.cap is not None:
            facts.append(f"at most {with_unit(write_number(drug.cap, desk), drug.cap_unit)}")
        if drug.same_cycle_gap_days is not None:
            facts.append(f"a pause of up to {drug.same_cycle_gap_days} days stays within the cycle")
        if drug.restart_dose is not None:
            facts.append(f"restart after grade 3 at {with_unit(write_number(drug.restart_dose, desk), drug.unit)}")
        steps = " \N{RIGHTWARDS ARROW} ".join(write_number(step, desk) for step in drug.ladder)
        rows.append(
            (drug.name, with_unit(steps, drug.unit) if steps else "", ", ".join(filter(None, facts)), drug.source)
        )
    return Block("Drugs", "reference, never an order", ("Drug", "Dose steps", "How it is given", "Source"), tuple(rows))


def _rules(protocol: Protocol, desk: Desk) -> Block:
    mrd = protocol.mrd
    limit = mrd.quantifiable_limit
    landmark = protocol.visit(protocol.primary_landmark)
    rows = [
        ("MRD rule set", f"{mrd.rule_set}, version {mrd.version}"),
        ("Counts as molecular response", ", ".join(mrd.response_classes)),
        ("Specimen, control gene", f"{SPECIMEN.label(mrd.specimen)}, {mrd.control_gene}"),
        ("Control-gene copies needed", write_number(Decimal(mrd.minimum_control_copies), desk)),
        (
            "Quantifiable from",
            f"{write_number(limit, desk)} %" if limit is not None else "as the laboratory reports it",
        ),
        ("Rise that asks for an ABL1 mutation test", f"{write_number(mrd.rise_log, desk)} log"),
        (
            "ABL1 mutation test at relapse",
            "asked for at a relapse in marrow or blood" if mrd.mutation_test_at_relapse else "not asked for",
        ),
        (
            "Sustained response",
            f"{mrd.sustained_time_points} evaluable samples in a row in response, from the primary time point on",
        ),
        ("European threshold, shown beside it", f"{write_number(mrd.european_threshold, desk)} %"),
        ("Source of the MRD rules", mrd.source),
        ("Toxicity", f"CTCAE {protocol.ctcae_version}"),
        ("IKZF1plus", _ikzf1(protocol.ikzf1_rule)),
    ]
    if landmark:
        rows.append(("Primary time point", landmark.label))
    rows.append(("The window locks", f"after {protocol.idle_lock_minutes} minutes without a touch at the latest"))
    return Block("Rules", "", (), tuple(rows))


def _ikzf1(rule_id: str) -> str:
    rule = IKZF1_RULES[rule_id]
    text = f"IKZF1 deleted together with any of {', '.join(rule.partners)}"
    if rule.excluding:
        text += f", unless {' or '.join(rule.excluding)} is deleted"
    return f"{text} ({rule.rule.source})"


def _clocks(protocol: Protocol) -> Block:
    rows = tuple(
        (clock.label, model.CLOCK_EVENTS.get(clock.applies_to, clock.applies_to), _within(clock), clock.responsible)
        for clock in protocol.clocks
    )
    return Block("Reporting clocks", "from becoming aware", ("Report", "Of", "Within", "By"), rows)


def _within(clock: ReportingClock) -> str:
    text = _span(clock.hours)
    return f"{text}, complete within {_span(clock.follow_up_hours)} more" if clock.follow_up_hours else text


def _span(hours: int) -> str:
    return f"{hours // 24} days" if hours % 24 == 0 and hours > 24 else f"{hours} hours"


def _eligibility(protocol: Protocol, desk: Desk) -> tuple[Block, ...]:
    return tuple(
        Block(
            title,
            remark,
            (),
            tuple((c.code, _criterion(c, desk)) for c in protocol.criteria if c.exclusion is exclusion),
        )
        for title, remark, exclusion in (("Inclusion", "must be met", False), ("Exclusion", "must not be met", True))
    )


def _criterion(criterion: Criterion, desk: Desk) -> str:
    text = criterion.text
    if criterion.limit is not None:
        sign = {"<=": "\N{LESS-THAN OR EQUAL TO}", ">=": "\N{GREATER-THAN OR EQUAL TO}"}.get(
            criterion.comparison, criterion.comparison
        )
        text += f": {sign} {with_unit(write_number(criterion.limit, desk), criterion.unit)}"
    return f"{text} (can be waived with a reason)" if criterion.waivable else text


def _endpoints(protocol: Protocol) -> Block:
    return Block(
        "Endpoints",
        "",
        ("Endpoint", "Among", "From", "Events", "Censored at", "Transplant"),
        tuple(_endpoint(endpoint) for endpoint in protocol.endpoints),
    )


def _endpoint(endpoint: Endpoint) -> tuple[str, ...]:
    events = ", ".join(model.EVENTS.get(code, code) for code in endpoint.events)
    if endpoint.competing:
        events += "; competing: " + ", ".join(model.EVENTS.get(code, code) for code in endpoint.competing)
    return (
        endpoint.label,
        model.POPULATIONS.get(endpoint.population, endpoint.population),
        model.STARTS.get(endpoint.start, endpoint.start),
        events,
        model.CENSORINGS.get(endpoint.censoring, endpoint.censoring),
        model.TRANSPLANT_HANDLING.get(endpoint.transplant, endpoint.transplant),
    )


def _analysis(protocol: Protocol) -> Block:
    analysis = protocol.analysis
    sample = model.LANDMARK_SAMPLES[analysis.landmark_sample]
    rows = (
        ("Rates are stated at", f"{', '.join(map(str, analysis.months))} months"),
        ("Age bands", _age_bands(analysis.age_bands)),
        ("Of several samples at a time point", f"{sample} counts"),
    )
    return Block("How the cohort is counted", "what the Cohort page and its report follow", (), rows)


def _age_bands(starts: tuple[int, ...]) -> str:
    """The bands that begin at these ages: "under 45, from 45, from 65 years"."""
    return ", ".join((f"under {starts[0]}", *(f"from {age}" for age in starts))) + " years" if starts else "none"


def _monitoring(protocol: Protocol, desk: Desk) -> Block:
    return Block(
        "Stopping rules",
        "for information: people decide, not a boundary",
        ("Rule", "Counts", "Boundary", "Looks", "Source"),
        tuple(_stopping(rule, protocol, desk) for rule in protocol.monitoring),
    )


def _stopping(rule: Monitoring, protocol: Protocol, desk: Desk) -> tuple[str, ...]:
    looks = f"from {rule.first_look} to {rule.patients} patients" if rule.patients else "two, as the design says"
    return (rule.label, _watched(rule, protocol), _boundary(rule, desk), looks, rule.source)


def _watched(rule: Monitoring, protocol: Protocol) -> str:
    if rule.watches == "response":
        visit = protocol.visit(rule.landmark)
        return f"molecular response, {within_sentence(visit.label) if visit else rule.landmark}"
    drugs = ", ".join(drug.name for drug in protocol.drugs if drug.code in rule.drugs)
    phases = ", ".join(phase.label for phase in protocol.phases if phase.code in rule.phases)
    parts = (
        f"adverse events of grade {rule.grade} or more",
        f"related to {drugs}" if drugs else "whatever the cause",
        f"begun in: {phases}" if phases else "",
    )
    return ", ".join(filter(None, parts))


def _boundary(rule: Monitoring, desk: Desk) -> str:
    figures = (
        ("limit", rule.limit),
        ("target", rule.target),
        ("alpha", rule.alpha),
        ("beta", rule.beta),
        ("certainty", rule.certainty),
    )
    told = [f"{name} {write_number(value, desk)}" for name, value in figures if value is not None]
    if rule.prior:
        told.append(f"prior Beta({'; '.join(write_number(value, desk) for value in rule.prior)})")
    design = f" ({rule.design})" if rule.design else ""
    return f"{model.BOUNDARIES[rule.method]}{design}: {', '.join(told)}"
