from datetime import date, timedelta

import pytest

from models.cohort.endpoints import CENSORED, COMPETING, EVENT, Followed, follow, method
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate, Special
from models.domain.sentence import write_sentence
from models.protocols.model import EVENTS, Endpoint, Protocol
from models.records.treatment import LumbarPuncture, Medication
from models.records.visits import Sample
from tests.builders import DAY_ONE, dalba
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


def test_a_molecular_relapse_is_a_return_to_the_limit_after_a_complete_response() -> None:
    endpoint = DURATION._replace(events=("molecular-relapse",))
    one = person().assessed(22).mrd(57, 0).mrd(85, 2, category="positive").mrd(128, 400)
    assert time_of(one, endpoint).end == on(128)


# ---------------------------------------------------------------- dates that are not fully known


def test_a_death_known_to_the_month_counts_from_its_first_day() -> None:
    found = time_of(person().seen(50).died("2026-05"), OS)
    assert (found.end, found.exact) == (date(2026, 5, 1), False)


def test_but_not_before_the_last_day_alive() -> None:
    found = time_of(person().seen("2026-05-20").died("2026-05"), OS)
    assert (found.end, found.exact) == (date(2026, 5, 20), False)


def test_a_death_of_which_no_day_is_known_counts_from_the_last_day_alive() -> None:
    found = time_of(person().seen(50).died(PartialDate(special=Special.UNKNOWN)), OS)
    assert (found.end, found.cause, found.exact) == (on(50), EVENT, False)


def test_a_relapse_known_to_the_month_does_not_lie_before_the_remission() -> None:
    found = time_of(person().assessed("2026-03-20").relapsed("2026-03"), DFS)
    assert (found.days, found.exact) == (0, False)


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


def test_the_rule_names_landmark_and_confirmation(dalba: Protocol) -> None:
    assert (
        "no complete haematologic remission by the landmark (day 85), dated to study day 1"
        in method(EFS, dalba).wording
    )
    words = method(DURATION._replace(confirmed=True), dalba).wording
    assert "loss of molecular response, confirmed by the next sample" in words
    assert "last MRD sample (bone marrow)" in words
