from datetime import date, timedelta

import pytest

from models.cohort.endpoints import CENSORED, COMPETING, EVENT, Followed, follow, method
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate, Special
from models.domain.sentence import write_sentence
from models.protocols.model import EVENTS, Endpoint, Protocol
from models.records.outcome import Contact
from models.records.treatment import LumbarPuncture, Medication
from models.records.visits import Sample
from tests.builders import DAY_ONE, When, dalba
from tests.models.cohort.people import Person, count, person

OS = Endpoint("OS", "Overall survival", "enrolled", "enrolment", ("death",), "last-alive", "not-censored")
DFS = Endpoint("DFS", "DFS", "remission", "remission", ("relapse", "death"), "last-assessment", "not-censored")
CIR = DFS._replace(code="CIR", events=("relapse",), competing=("death-without-relapse",))
EFS = Endpoint(
    "EFS",
    "Event-free survival",
    "enrolled",
    "enrolment",
    ("no-remission", "relapse", "death"),
    "last-assessment",
    "not-censored",
    landmark="D85",
    no_remission_at="day-one",
)
TIME_TO_RESPONSE = Endpoint("T", "T", "enrolled", "day-one", ("molecular-response",), "last-mrd", "not-censored")
DURATION = Endpoint(
    "D", "D", "molecular-response", "molecular-response", ("molecular-loss",), "last-mrd", "not-censored", ("death",)
)


UNKNOWN = PartialDate(special=Special.UNKNOWN)


def on(day: int) -> date:
    """The date of a study day from 1 on."""
    return DAY_ONE + timedelta(days=day - 1)


def time_of(one: Person, endpoint: Endpoint) -> Followed:
    (found,) = follow(count([one]).members, endpoint).followed
    return found


def test_survival_runs_from_enrolment_to_death() -> None:
    found = time_of(person().seen(50).died(100), OS)
    assert (found.start, found.end, found.cause) == (date(2025, 12, 30), on(100), EVENT)
    assert (found.ended_by, found.exact) == ("death without relapse (leukaemia)", True)
    assert found.months == found.days / 30.4375


@pytest.mark.parametrize(
    "late",
    [
        *("contact", "sample", "assessment", "relapse", "transplant", "visit", "dose", "last day of a dose"),
        *("adverse event", "medication", "lumbar puncture", "sample sent", "phase"),
    ],
)
def test_somebody_alive_is_censored_on_the_last_day_that_shows_it(late: str) -> None:
    one = person().seen(50)
    verbs = {
        "contact": lambda: one.seen(200),
        "sample": lambda: one.mrd(200, 0, specimen="BLOOD"),
        "assessment": lambda: one.assessed(200),
        "relapse": lambda: one.relapsed(200),
        "transplant": lambda: one.transplanted(200),
        "visit": lambda: one.visit("FU3", 200),
        "dose": lambda: one.dose("dasatinib", 140, 200),
        "last day of a dose": lambda: one.dose("dasatinib", 140, 40, 200),
        "adverse event": lambda: one.event("Fever", 200),
        "medication": lambda: one.add(Medication(name="Aciclovir", began=one.on(200))),
        "lumbar puncture": lambda: one.add(LumbarPuncture(done=one.on(200))),
        "sample sent": lambda: one.add(Sample(purpose="MRD", collected=one.on(200))),
        "phase": lambda: one.phase("post", 200),
    }
    verbs[late]()
    found = time_of(one, OS)
    assert (found.end, found.cause, found.ended_by) == (on(200), CENSORED, "last date known alive")


def test_a_dose_that_was_held_and_one_that_is_still_to_come_show_nobody_alive() -> None:
    one = person().seen(50).dose("dasatinib", 0, 200).dose("dasatinib", 140, 40, 4000)
    assert time_of(one, OS).end == on(50)


def test_the_method_names_what_shows_somebody_alive() -> None:
    assert "last date known alive (the latest contact, visit that took place" in method(OS, dalba()).wording


def test_a_visit_that_was_missed_shows_nobody_alive() -> None:
    assert time_of(person().seen(50).visit("FU3", 200, status="MISSED"), OS).end == on(50)


def test_disease_free_survival_starts_with_remission_and_ends_with_relapse() -> None:
    found = time_of(person().assessed(22, "NR").assessed(57).relapsed(150, "CNS").died(200), DFS)
    assert (found.start, found.end, found.cause) == (on(57), on(150), EVENT)
    assert found.ended_by == "relapse (central nervous system)"


def test_without_an_event_it_is_censored_at_the_last_assessment_not_the_last_contact() -> None:
    found = time_of(person().assessed(57).assessed(169).seen(250), DFS)
    assert (found.end, found.cause) == (on(169), CENSORED)


def test_who_never_was_in_remission_is_not_in_the_population() -> None:
    found = follow(count([person().assessed(85, "NR")]).members, DFS)
    assert (found.followed, found.left_out) == ((), ())


def test_a_death_without_relapse_competes_with_relapse() -> None:
    assert time_of(person().assessed(57).died(150, "TRANSPLANT"), CIR).cause == COMPETING


def test_a_death_after_relapse_does_not_compete() -> None:
    found = time_of(person().assessed(57).relapsed(150).died(200), CIR)
    assert (found.cause, found.end) == (EVENT, on(150))


def test_relapse_and_death_on_one_day_are_a_relapse() -> None:
    assert time_of(person().assessed(57).relapsed(150).died(150), CIR).cause == EVENT


def test_a_transplant_censors_only_where_the_protocol_says_so() -> None:
    one = person().assessed(57).transplanted(120).relapsed(150)
    assert time_of(one, DFS).end == on(150)
    censored = time_of(one, DFS._replace(transplant="censored"))
    assert (censored.end, censored.cause, censored.ended_by) == (on(120), CENSORED, "transplant")


def test_an_event_on_the_day_of_the_transplant_counts() -> None:
    one = person().assessed(57).transplanted(120).died(120)
    assert time_of(one, DFS._replace(transplant="censored")).cause == EVENT


# ---------------------------------------------------------------- no remission by the landmark


def test_no_remission_by_the_landmark_is_an_event_on_day_one() -> None:
    found = time_of(person().assessed(85, "NR").seen(100), EFS)
    assert (found.end, found.cause, found.days) == (on(1), EVENT, 10)


def test_no_remission_can_be_dated_to_the_end_of_the_window() -> None:
    found = time_of(person().assessed(85, "NR").seen(100), EFS._replace(no_remission_at="landmark"))
    assert found.end == on(88)


def test_remission_after_the_landmark_comes_too_late() -> None:
    assert time_of(person().assessed(89, "CR"), EFS).end == on(1)
    assert time_of(person().assessed(88, "CR"), EFS).cause == CENSORED


def test_somebody_not_followed_to_the_landmark_is_censored_not_failed() -> None:
    found = time_of(person().assessed(22, "NR"), EFS)
    assert (found.end, found.cause) == (on(22), CENSORED)


def test_whoever_died_after_the_landmark_lived_so_long_though_nothing_else_says_so() -> None:
    found = time_of(person().assessed(22, "NR").died(120), EFS._replace(no_remission_at="landmark"))
    assert (found.end, found.cause, found.ended_by) == (on(88), EVENT, EVENTS["no-remission"])


def test_death_before_the_landmark_is_an_event_on_its_own_day() -> None:
    found = time_of(person().assessed(22, "NR").died(40), EFS)
    assert (found.end, found.cause) == (on(40), EVENT)


def test_a_remission_on_a_day_that_is_not_known_is_no_failure_and_no_start() -> None:
    one = person().assessed(UNKNOWN).seen(120)
    assert time_of(one, EFS).cause == CENSORED
    found = follow(count([one]).members, DFS)
    assert [reason for _, reason in found.left_out] == ["The date of complete haematologic remission is not known."]


def test_before_the_window_is_over_nobody_has_failed() -> None:
    one = person(today=on(60)).assessed(57, "NR")
    assert time_of(one, EFS).cause == CENSORED


# ---------------------------------------------------------------- molecular endpoints


def test_time_to_response_counts_from_day_one_to_the_first_response() -> None:
    found = time_of(person().mrd(22, 400).mrd(57, 0).mrd(85, 0), TIME_TO_RESPONSE)
    assert (found.days, found.cause) == (56, EVENT)


def test_without_response_it_is_censored_at_the_last_marrow_sample() -> None:
    found = time_of(person().mrd(57, 400).mrd(85, 0, specimen="BLOOD"), TIME_TO_RESPONSE)
    assert (found.end, found.cause) == (on(57), CENSORED)


def test_somebody_without_any_sample_was_followed_for_no_time() -> None:
    assert time_of(person(), TIME_TO_RESPONSE).days == 0


def test_a_loss_that_the_next_sample_does_not_confirm_counts_unless_the_protocol_asks_for_two() -> None:
    one = person().mrd(57, 0).mrd(85, 400).mrd(128, 0)
    assert time_of(one, DURATION).end == on(85)
    assert time_of(one, DURATION._replace(confirmed=True)).cause == CENSORED
    one.mrd(169, 400).mrd(211, 400)
    assert time_of(one, DURATION._replace(confirmed=True)).end == on(169)


def test_a_relapse_that_no_marrow_sample_shows_ends_a_response_where_the_protocol_file_names_it() -> None:
    one = person().mrd(57, 0).mrd(85, 0).relapsed(120, "CNS").died(200)
    assert (time_of(one, DURATION).end, time_of(one, DURATION).cause) == (on(200), COMPETING)
    shipped = next(endpoint for endpoint in dalba().endpoints if endpoint.code == "DOMR")
    assert (time_of(one, shipped).end, time_of(one, shipped).cause) == (on(120), EVENT)
    assert "event: loss of molecular response, relapse at any site;" in method(shipped, dalba()).wording


def test_a_molecular_relapse_is_a_return_to_the_limit_after_a_complete_response() -> None:
    endpoint = DURATION._replace(events=("molecular-relapse",))
    one = person().assessed(22).mrd(57, 0).mrd(85, 2, category="positive").mrd(128, 400)
    assert time_of(one, endpoint).end == on(128)


# ---------------------------------------------------------------- dates that are not fully known


def test_a_sample_whose_whole_day_is_not_known_neither_ends_a_response_nor_shows_that_it_lasted() -> None:
    found = time_of(person().mrd(57, 0).mrd(85, 0).mrd("2026-08", 4000), DURATION)
    assert (found.end, found.cause) == (on(85), CENSORED)
    assert "an MRD sample counts only where its whole day is known" in method(DURATION, dalba()).wording
    assert "MRD" not in method(DFS, dalba()).wording


def test_a_death_known_to_the_month_counts_from_its_first_day() -> None:
    found = time_of(person().seen(50).died("2026-05"), OS)
    assert (found.end, found.exact) == (date(2026, 5, 1), False)


def test_but_not_before_the_last_day_alive() -> None:
    found = time_of(person().seen("2026-05-20").died("2026-05"), OS)
    assert (found.end, found.exact) == (date(2026, 5, 20), False)


def test_a_death_of_which_no_day_is_known_counts_from_the_last_day_alive() -> None:
    found = time_of(person().seen(50).died(UNKNOWN), OS)
    assert (found.end, found.cause, found.exact) == (on(50), EVENT, False)


def test_a_death_of_which_no_day_is_known_counts_from_enrolment_where_nothing_shows_the_patient_alive() -> None:
    found = time_of(person(begun=False).died(UNKNOWN), OS)
    assert (found.days, found.cause, found.exact) == (0, EVENT, False)


def test_a_relapse_known_to_the_month_lies_after_the_remission_that_was_shown_in_it() -> None:
    found = time_of(person().assessed("2026-03-20").relapsed("2026-03"), DFS)
    assert (found.days, found.cause, found.exact) == (1, EVENT, False)


def test_a_remission_at_the_end_of_the_month_of_a_relapse_was_another_one() -> None:
    found = time_of(person().assessed(57).relapsed("2026-04").assessed("2026-04-30"), DFS)
    assert (found.end, found.exact) == (date(2026, 4, 1), False)


def test_a_relapse_known_to_the_year_does_not_lie_before_it_was_found_by_an_assessment_or_a_sample() -> None:
    one = person().assessed(22).assessed(85).mrd(128, 0).relapsed("2026").assessed(200, "RELAPSE").assessed(250)
    assert time_of(one, DFS).end == on(129)


def test_a_relapse_of_which_no_day_is_known_counts_from_the_day_after_remission_was_last_shown() -> None:
    one = person().assessed(57).assessed(169).seen(250).relapsed(UNKNOWN, "CNS")
    for endpoint in (DFS, CIR, EFS):
        found = time_of(one, endpoint)
        assert (found.end, found.cause, found.exact) == (on(170), EVENT, False)
        assert (found.ended_by, found.record) == ("relapse (central nervous system)", ("relapse", 7))


def test_a_sample_in_molecular_response_shows_remission_and_one_of_the_blood_or_a_positive_one_does_not() -> None:
    one = person().assessed(57).mrd(128, 0).relapsed(UNKNOWN)
    assert time_of(one, DFS).end == on(129)
    one.mrd(169, 400).mrd(211, 0, specimen="BLOOD")
    assert time_of(one, DFS).end == on(129)


def test_a_contact_in_remission_shows_it_and_one_that_says_nothing_does_not() -> None:
    one = person().assessed(57).seen(250).relapsed(UNKNOWN)
    one.add(Contact(date=one.on(200), in_remission=True))
    assert time_of(one, DFS).end == on(201)


def test_a_remission_after_an_assessment_that_found_the_relapse_is_the_next_one() -> None:
    one = person().assessed(57).assessed(128).relapsed(UNKNOWN).assessed(169, "RELAPSE").assessed(211)
    assert time_of(one, DFS).end == on(129)


@pytest.mark.parametrize("died", [150, UNKNOWN], ids=str)
def test_a_relapse_of_which_no_day_is_known_does_not_lie_after_the_death(died: When) -> None:
    found = time_of(person().assessed(57).assessed(150).relapsed(UNKNOWN).died(died), CIR)
    assert (found.cause, found.end) == (EVENT, on(150))


def test_beside_a_relapse_with_a_day_one_without_is_a_later_one() -> None:
    one = person().assessed(57).relapsed(UNKNOWN, "CNS").relapsed(100, "NODE").assessed(150)
    found = time_of(one, DFS)
    assert (found.end, found.exact, found.ended_by) == (on(100), True, "relapse (lymph node)")


def test_a_relapse_of_which_no_day_is_known_counts_from_enrolment_where_nothing_shows_remission() -> None:
    found = time_of(person().assessed(85, "NR").relapsed(UNKNOWN), EFS._replace(events=("relapse",)))
    assert (found.end, found.days, found.exact) == (date(2025, 12, 30), 0, False)


def test_an_enrolment_known_to_the_month_starts_the_time_on_its_first_day() -> None:
    found = time_of(person(enrolled=PartialDate(2025, 12)).died(100), OS)
    assert (found.start, found.exact) == (date(2025, 12, 1), False)


def test_a_patient_without_the_start_is_left_out_with_the_reason() -> None:
    found = follow(count([person(begun=False)]).members, TIME_TO_RESPONSE)
    assert found.followed == ()
    assert [reason for _, reason in found.left_out] == ["The first day of treatment (study day 1) is not known."]


def test_an_event_before_the_start_leaves_the_patient_out_with_the_reason() -> None:
    found = follow(count([person().relapsed(20).mrd(57, 0)]).members, DURATION._replace(events=("relapse",)))
    assert found.followed == ()
    ((_, reason),) = found.left_out
    told = "The relapse (marrow or blood) of {} lies before the date of first molecular response."
    assert write_sentence(reason, Desk.ENGLISH) == told.format("28 Jan 2026")
    assert write_sentence(reason, Desk.ITALIAN) == told.format("28 gen 2026")


# ---------------------------------------------------------------- the rule in words


@pytest.mark.parametrize("endpoint", dalba().endpoints, ids=lambda endpoint: endpoint.code)
def test_every_endpoint_of_the_protocol_states_its_rule(endpoint: Endpoint) -> None:
    words = method(endpoint, dalba()).wording
    for part in ("Population: ", "start: ", "event: ", "censored at", "transplant", "30.4375 days"):
        assert part in words
    assert ("competing event: " in words) == bool(endpoint.competing)


def test_the_rule_says_what_becomes_of_a_day_that_is_not_known() -> None:
    words = method(DFS, dalba()).wording
    assert "; a death, also one on an unknown day, not before the last day known alive; a relapse, also one on" in words
    assert "not before the day after remission was last shown (by an assessment or a contact" in words
    assert "a relapse, also" not in method(OS, dalba()).wording


def test_the_rule_says_what_a_remission_is_where_one_is_read() -> None:
    assert "Remission is CR, CRh or CRi" in method(DFS, dalba()).wording
    assert "Remission is CR, CRh or CRi" in method(EFS, dalba()).wording
    assert "Remission" not in method(OS, dalba()).wording


def test_the_rule_names_landmark_and_confirmation(dalba: Protocol) -> None:
    landmark = "(day 85, in patients known to have lived to the end of its window), dated to study day 1"
    assert f"no complete haematologic remission by the landmark {landmark}" in method(EFS, dalba).wording
    words = method(DURATION._replace(confirmed=True), dalba).wording
    assert "loss of molecular response, confirmed by the next sample" in words
    assert "last MRD sample (bone marrow)" in words
