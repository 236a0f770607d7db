"""The generator: repeatable, of any size, and making records that the checks of the desk would let pass."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, islice, pairwise

from models.chart.patient_chart import PatientChart
from models.checks.by_kind import check
from models.checks.facts import Facts, Proposal
from models.demo.cohort import cohort
from models.demo.laboratory import DISTRICT, HOSPITAL, ranges
from models.demo.plan import plan
from models.demo.workdays import is_workday
from models.domain.findings import Finding, Severity
from models.domain.partial_dates import PartialDate
from models.protocols.model import Protocol
from models.records import KINDS, Record
from models.records.disease import Assessment, History
from models.records.flags import Flag
from models.records.laboratory import LabResult
from models.records.molecular import MrdReplicate, MrdResult
from models.records.outcome import Death, Disposition
from models.records.patient import Identity, Patient
from models.records.safety import AdverseEvent
from models.records.treatment import Exposure, Medication, PhaseRun
from models.records.visits import Visit
from tests.models.demo.conftest import TODAY


def findings(chart: PatientChart) -> list[tuple[str, Finding]]:
    """What the desk's checks would say about every record of a patient."""

    values = {name: [(record, record.values().items()) for record in held] for name, held in chart.records.items()}

    def siblings(kind: str, **same: object) -> list[Record]:
        return [record for record, known in values.get(kind, ()) if same.items() <= known]

    consent, death = chart.records.get("consent", ()), chart.one(Death)
    facts = Facts(
        chart.protocol,
        datetime.combine(TODAY, time(18), UTC),
        siblings,
        chart.identity.birth_date if chart.identity else None,
        consent[0].values()["signed"] if consent else None,
        death.date if death else None,
        chart.patient.age,
    )
    found = []
    for record in chain([chart.patient], *chart.records.values()):
        if record.kind.parent:
            continue
        children = tuple(
            (name, child.values())
            for name, held in chart.records.items()
            if KINDS[name].parent == record.kind.name
            for child in held
            if child.parent == record.id
        )
        proposal = Proposal(record.kind.name, record.values(), record.id, children)
        found += [(record.kind.name, finding) for finding in check(proposal, facts)]
    return found


def test_the_same_seed_makes_the_same_records(protocol: Protocol, people: list[list[Record]]) -> None:
    assert list(cohort(protocol, until=TODAY)) == people


def test_another_seed_makes_other_records(protocol: Protocol, people: list[list[Record]]) -> None:
    assert list(islice(cohort(protocol, seed=1, until=TODAY), 3)) != people[:3]


def test_another_day_moves_every_date_with_it(protocol: Protocol, people: list[list[Record]]) -> None:
    later = next(cohort(protocol, until=date(2026, 10, 9)))[0]
    now = people[0][0]
    assert isinstance(later, Patient)
    assert isinstance(now, Patient)
    assert later.enrolled
    assert later.enrolled.full
    assert now.enrolled
    assert now.enrolled.full
    assert (later.enrolled.full - now.enrolled.full).days == 7


def test_nothing_is_impossible_and_what_is_doubtful_carries_its_flag(everybody: list[PatientChart]) -> None:
    doubted = 0
    for chart in everybody:
        flagged = {(flag.about_kind, flag.rule) for flag in chart.of(Flag)}
        for kind, finding in findings(chart):
            assert finding.severity is Severity.WARNING, finding.message
            assert (kind, finding.rule) in flagged, (chart.label, finding.message)
            doubted += 1
    assert doubted >= 3


def test_no_date_lies_after_today(people: list[list[Record]]) -> None:
    for record in chain.from_iterable(people):
        for value in record.values().values():
            if isinstance(value, PartialDate) and value.earliest:
                assert value.earliest <= TODAY, record


def test_a_death_comes_after_everything_else(enrolled: list[PatientChart]) -> None:
    for chart in enrolled:
        death = chart.one(Death)
        if death is None:
            continue
        for record in chain.from_iterable(chart.records.values()):
            for name, value in record.values().items():
                if (
                    isinstance(value, PartialDate)
                    and value.earliest
                    and name not in ("reported", "received", "settled")
                ):
                    assert value.iso <= death.date.iso, record


def test_dates_of_birth_agree_with_the_age_at_consent(everybody: list[PatientChart]) -> None:
    for chart in everybody:
        who = chart.one(Identity)
        assert who
        assert who.birth_date
        assert who.birth_date.full
        assert chart.patient.screened.full
        born, then = who.birth_date.full, chart.patient.screened.full
        years = then.year - born.year - ((then.month, then.day) < (born.month, born.day))
        assert years == chart.patient.age
        assert who.family_name
        assert who.family_name.startswith("Synthetic ")
        assert who.hospital_number
        assert who.hospital_number.startswith("SYN-")


def test_no_two_people_share_a_name_or_a_hospital_number(everybody: list[PatientChart]) -> None:
    people = [who for chart in everybody if (who := chart.one(Identity))]
    assert len({who.family_name for who in people}) == len({who.hospital_number for who in people}) == len(everybody)


def test_a_complete_remission_has_full_counts_and_they_are_those_of_the_laboratory(
    enrolled: list[PatientChart],
) -> None:
    for chart in enrolled:
        values = {(v.test, v.visit): v.value.value for v in chart.of(LabResult) if v.value and v.laboratory == HOSPITAL}
        for found in chart.of(Assessment):
            if found.neutrophils is None or found.platelets is None:
                continue
            if found.response == "CR":
                assert found.neutrophils.value >= 1
                assert found.platelets.value >= 100
            assert values.get(("PLAT", found.visit), found.platelets.value) == found.platelets.value


def test_an_interruption_for_an_adverse_event_has_its_event(enrolled: list[PatientChart]) -> None:
    held = 0
    for chart in enrolled:
        spans = [
            (e.began.earliest, e.ended.latest if e.ended else TODAY) for e in chart.of(AdverseEvent) if e.began.earliest
        ]
        for dose in chart.of(Exposure):
            if dose.dose and dose.dose.value == 0 and dose.reason in ("ADVERSE EVENT", "LABORATORY"):
                held += 1
                began = dose.began.full
                assert began
                assert any(first <= began <= (last or TODAY) for first, last in spans), chart.label
    assert held >= 12


def test_a_medicine_given_for_an_event_names_an_event_of_the_same_patient(enrolled: list[PatientChart]) -> None:
    linked = [(c, m) for c in enrolled for m in c.of(Medication) if m.adverse_event is not None]
    assert linked
    assert all(chart.record("adverse_event", medicine.adverse_event or 0) for chart, medicine in linked)


def test_dasatinib_rows_follow_each_other_without_a_gap(enrolled: list[PatientChart]) -> None:
    for chart in enrolled:
        rows = [e for e in chart.of(Exposure) if e.drug == "dasatinib"]
        for row, following in pairwise(rows):
            assert row.ended
            assert row.ended.full
            assert following.began.full
            assert (following.began.full - row.ended.full).days == 1, chart.label


def test_no_patient_gets_more_than_twelve_planned_lumbar_punctures(enrolled: list[PatientChart]) -> None:
    planned = [sum(r.values()["visit"] != "UNS" for r in c.records["lumbar_puncture"]) for c in enrolled]
    assert max(planned) == 12


def test_replicates_add_up_to_the_copies_of_their_result(enrolled: list[PatientChart]) -> None:
    seen = 0
    for chart in enrolled:
        for result in chart.of(MrdResult):
            wells = [w for w in chart.of(MrdReplicate) if w.parent == result.id]
            if wells and result.target_copies:
                seen += 1
                assert sum(w.target_copies.value for w in wells if w.target_copies) == result.target_copies.value
    assert seen > 20


def test_every_laboratory_value_has_a_range_of_its_laboratory(enrolled: list[PatientChart]) -> None:
    values = [view for chart in enrolled for view in chart.labs if view.record.value]
    assert values
    assert [view.record for view in values if view.upper is None] == []
    assert {v.laboratory for c in enrolled for v in c.of(LabResult)} == {HOSPITAL, DISTRICT}


def test_every_panel_of_a_visit_is_there_as_a_whole(protocol: Protocol, enrolled: list[PatientChart]) -> None:
    for chart in enrolled:
        found = {(result.visit, result.test) for result in chart.of(LabResult)}
        for visit in chart.of(Visit):
            plan = protocol.visit(visit.code)
            if visit.status == "DONE" and plan is not None:
                tests = {test for panel in plan.panels for test in protocol.panels[panel]}
                assert {test for test in tests if (visit.code, test) not in found} == set(), (chart.label, visit.code)


def test_an_event_of_the_laboratory_has_the_grades_of_its_values(enrolled: list[PatientChart]) -> None:
    plans = {event.term: event for event in plan().events if event.lab}
    seen = set()
    for chart in enrolled:
        graded = {(v.record.test, v.record.collected.iso): v.grading and v.grading.value.grade for v in chart.labs}
        for event in chart.events:
            if event.record.term in plans:
                test = plans[event.record.term].lab
                seen.add(test)
                for each in event.grades:
                    assert str(graded[test, each.since.iso]) == each.grade, (chart.label, event.record.term)
    assert seen == {event.lab for event in plans.values()}


def test_a_drug_judged_for_an_event_was_given_at_the_time(enrolled: list[PatientChart]) -> None:
    for chart in enrolled:
        given = [
            (dose.drug, dose.began.full, dose.ended.full if dose.ended else TODAY)
            for dose in chart.of(Exposure)
            if dose.dose and dose.dose.value
        ]
        for event in chart.events:
            began = event.record.began
            assert began.earliest
            assert began.latest
            until = began.earliest - timedelta(days=1)  # it may be held from the first day of the event on
            for judged in event.drugs:
                spans = [(first, last) for drug, first, last in given if drug == judged.drug and first and last]
                assert any(first <= began.latest and last >= until for first, last in spans), event.record


def test_treatment_does_not_end_for_an_event_before_its_worst_grade(enrolled: list[PatientChart]) -> None:
    stopped = 0
    for chart in enrolled:
        ends = [d for d in chart.of(Disposition) if d.event == "END OF TREATMENT" and d.reason == "ADVERSE EVENT"]
        severe = [
            g.since.iso for e in chart.events for g in e.grades if (e.worst or 0) >= 3 and g.grade == str(e.worst)
        ]
        for end in ends:
            stopped += 1
            assert min(severe) <= end.date.iso, chart.label
    assert stopped == 2


def test_earlier_illnesses_began_in_adult_life(everybody: list[PatientChart]) -> None:
    for chart in everybody:
        who = chart.one(Identity)
        assert who
        assert who.birth_date
        for illness in chart.of(History):
            assert illness.began
            assert int(illness.began.iso[:4]) - int(who.birth_date.iso[:4]) >= 17, (chart.label, illness.term)


def test_what_has_an_appointment_falls_on_a_workday(people: list[list[Record]]) -> None:
    appointments = {
        **dict.fromkeys(("visit", "contact"), ("date",)),
        **dict.fromkeys(("mrd", "mutation"), ("collected", "reported")),
        "sample": ("collected", "sent", "received"),
        "patient": ("screened", "enrolled", "screen_failure"),
        "consent": ("signed",),
        "eligibility": ("assessed",),
        "lumbar_puncture": ("done",),
        "relapse": ("found",),
    }
    held = 0
    for record in chain.from_iterable(people):
        for field in appointments.get(record.kind.name, ()):
            day = record.values()[field]
            if isinstance(day, PartialDate) and day.full and day.full <= TODAY:
                held += 1
                assert is_workday(day.full.toordinal()), record
    assert held > 5000


def test_cycles_begin_on_workdays(enrolled: list[PatientChart]) -> None:
    began = [run.began.full for chart in enrolled for run in chart.of(PhaseRun) if run.phase.startswith("blina")]
    assert [day for day in began if day is None or not is_workday(day.toordinal())] == []


def test_one_laboratory_changes_a_range_in_the_middle_of_the_study(protocol: Protocol) -> None:
    found = Counter((r.laboratory, r.test, r.sex) for r in ranges(protocol, TODAY) if r.test == "ALT")
    assert found[(HOSPITAL, "ALT", "F")] == 2
    assert found[(DISTRICT, "ALT", "F")] == 1


def test_any_size_keeps_the_proportions(protocol: Protocol) -> None:
    twice = list(cohort(protocol, patients=126, until=TODAY))
    patients = [r[0] for r in twice if isinstance(r[0], Patient) and r[0].enrolled]
    assert len(patients) == 126
    assert sum(p.sex == "F" for p in patients) == 68
    relapses = sum(record.kind.name == "relapse" for records in twice for record in records)
    assert relapses == 12


def test_a_small_cohort_has_the_size_asked_for(protocol: Protocol) -> None:
    few = list(cohort(protocol, patients=5, until=TODAY))
    assert sum(bool(r[0].values()["enrolled"]) for r in few) == 5


def test_a_thin_cohort_holds_enrolment_and_the_last_result_only(protocol: Protocol) -> None:
    thin = list(cohort(protocol, patients=100, thin=True, until=TODAY))
    assert len(thin) == 100
    for records in thin:
        assert Counter(r.kind.name for r in records) == {"patient": 1, "consent": 1, "phase": 2, "mrd": 1}


def test_numbers_are_given_once_in_the_order_of_screening(protocol: Protocol) -> None:
    many = [r[0] for r in cohort(protocol, patients=200, until=TODAY)]
    numbers = [p.screening_number for p in many if isinstance(p, Patient)]
    assert len(set(numbers)) == len(numbers) == 203
    enrolled = [p.subject_number for p in many if isinstance(p, Patient) and p.subject_number]
    assert enrolled == [f"042-{n:03d}" for n in range(1, 201)]
