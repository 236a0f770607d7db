"""What must agree between the sections of a protocol file: codes given once, references to codes that exist."""

from collections.abc import Iterable, Iterator, Sequence

from models.protocols.model import Protocol, VisitPlan
from models.protocols.repeats import turns
from models.protocols.table import Table


def check(root: Table, protocol: Protocol) -> None:
    """Refuse a protocol that contradicts itself, at the line of the entry at fault."""
    for what in ("drug", "phase", "visit"):
        if not root.tables(what):
            raise root.refusal(what, f"a protocol needs at least one [[{what}]].")
    phase_entries = [entry for entry, _ in turns(root.tables("phase"))]
    visit_entries = [entry for entry, _ in turns(root.tables("visit"))]
    _once(root.tables("drug"), (drug.code for drug in protocol.drugs), "drug")
    _once(phase_entries, (phase.code for phase in protocol.phases), "phase")
    _once(visit_entries, (visit.code for visit in protocol.visits), "visit")
    _once(root.tables("criterion"), (criterion.code for criterion in protocol.criteria), "criterion")
    _once(root.tables("clock"), (clock.code for clock in protocol.clocks), "clock")
    _once(root.tables("endpoint"), (endpoint.code for endpoint in protocol.endpoints), "endpoint")
    _once(root.tables("setting"), (setting.name for setting in protocol.settings), "setting", key="name")
    _once(root.tables("monitoring"), (rule.code for rule in protocol.monitoring), "monitoring rule")
    _doses(phase_entries, protocol)
    _visits(visit_entries, protocol)
    _landmarks(root, protocol)
    _monitoring(root, protocol)
    _no_cycles(visit_entries, protocol)


def _once(entries: Sequence[Table], codes: Iterable[str], what: str, key: str = "code") -> None:
    seen: set[str] = set()
    for entry, code in zip(entries, codes, strict=True):
        if code in seen:
            raise entry.refusal(key, f'the {what} "{code}" is there twice.')
        seen.add(code)


def _doses(entries: Sequence[Table], protocol: Protocol) -> None:
    for entry, phase in zip(entries, protocol.phases, strict=True):
        for dose_entry, dose in zip(entry.tables("dose"), phase.doses, strict=True):
            if protocol.drug(dose.drug) is None:
                raise dose_entry.refusal("drug", f'the drug "{dose.drug}" is not in this file.')


def _visits(entries: Sequence[Table], protocol: Protocol) -> None:
    for entry, visit in zip(entries, protocol.visits, strict=True):
        if protocol.phase(visit.anchor) is None:
            raise entry.refusal("anchor", f'the phase "{visit.anchor}" is not in this file.')
        if visit.starts_phase and protocol.phase(visit.starts_phase) is None:
            raise entry.refusal("starts_phase", f'the phase "{visit.starts_phase}" is not in this file.')


def _landmarks(root: Table, protocol: Protocol) -> None:
    if protocol.phase(protocol.day_one_phase) is None:
        raise root.refusal("day_one_phase", f'the phase "{protocol.day_one_phase}" is not in this file.')
    if protocol.primary_landmark and not _is_landmark(protocol, protocol.primary_landmark):
        raise root.refusal("primary_landmark", f'"{protocol.primary_landmark}" is no visit marked as a landmark.')
    for entry, endpoint in zip(root.tables("endpoint"), protocol.endpoints, strict=True):
        if endpoint.landmark and not _is_landmark(protocol, endpoint.landmark):
            raise entry.refusal("landmark", f'"{endpoint.landmark}" is no visit marked as a landmark.')


def _is_landmark(protocol: Protocol, code: str) -> bool:
    visit = protocol.visit(code)
    return visit is not None and visit.landmark


def _monitoring(root: Table, protocol: Protocol) -> None:
    for entry, rule in zip(root.tables("monitoring"), protocol.monitoring, strict=True):
        for drug in rule.drugs:
            if protocol.drug(drug) is None:
                raise entry.refusal("drugs", f'the drug "{drug}" is not in this file.')
        for phase in rule.phases:
            if protocol.phase(phase) is None:
                raise entry.refusal("phases", f'the phase "{phase}" is not in this file.')
        if rule.landmark and not _is_landmark(protocol, rule.landmark):
            raise entry.refusal("landmark", f'"{rule.landmark}" is no visit marked as a landmark.')


def _no_cycles(entries: Sequence[Table], protocol: Protocol) -> None:
    """Refuse visits that start phases in a circle: none of them could ever be reached."""
    starts: dict[str, tuple[Table, VisitPlan]] = {}
    for entry, visit in zip(entries, protocol.visits, strict=True):
        if not visit.starts_phase:
            continue
        if visit.starts_phase in starts:
            other = starts[visit.starts_phase][1].code
            raise entry.refusal(
                "starts_phase", f'the phase "{visit.starts_phase}" is already started by the visit "{other}".'
            )
        starts[visit.starts_phase] = (entry, visit)
    for entry, visit in starts.values():
        if visit.starts_phase in _leads_back(visit.anchor, starts):
            raise entry.refusal(
                "anchor",
                f'the phase "{visit.starts_phase}" begins only after "{visit.anchor}", which waits for it in turn.',
            )


def _leads_back(phase: str, starts: dict[str, tuple[Table, VisitPlan]]) -> Iterator[str]:
    """The phase, the one whose visit starts it, and so on; ends where nothing starts a phase or a circle closes."""
    seen: set[str] = set()
    while phase not in seen:
        seen.add(phase)
        yield phase
        if phase in starts:
            phase = starts[phase][1].anchor
