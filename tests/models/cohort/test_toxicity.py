from dataclasses import replace

import pytest

from models.cohort.cohort import Cohort
from models.cohort.toxicity import ANY, DIMENSIONS, Toxicity, ToxicityRow, as_table, toxicity
from models.domain.partial_dates import PartialDate, Special
from models.records.safety import AdverseEvent, AeGrade
from tests.builders import dalba as the_trial
from tests.models.cohort.people import Person, count, person

OTHER = "Nervous system disorders - Other, specify"
RELATED, UNLIKELY = ("RELATED", "DOSE NOT CHANGED"), ("UNLIKELY RELATED", "DOSE NOT CHANGED")


def tables(*people: Person, by: str = "term") -> tuple[Toxicity, ...]:
    return count(people).toxicity[by]


def line(key: str, *people: Person, by: str = "term") -> ToxicityRow:
    (table,) = tables(*people, by=by)
    return table.row(key)


def test_the_demo_study_has_the_published_events_of_grade_3_or_more(counted: Cohort) -> None:
    (table,) = counted.toxicity["term"]
    assert table.system == "CTCAE 4.03"
    assert (len(table.row(ANY).events), len(table.row(ANY).severe_events)) == (60, 21)
    named = {row.label: len(row.severe_events) for row in table.rows}
    cytomegalovirus = [label for label in named if label.endswith("(Infections and infestations - Other, specify)")]
    assert sum(named[label] for label in cytomegalovirus) == 6  # which has no term in CTCAE 4.03
    assert named["Neutrophil count decreased"] == 4
    assert named["Fever"] == 2
    assert named["Pleural effusion"] == named["Pulmonary hypertension"] == named["Encephalopathy"] == 1


@pytest.mark.parametrize("dimension", ["term", "class", "phase"])
def test_every_event_is_in_one_line(counted: Cohort, dimension: str) -> None:
    (table,) = counted.toxicity[dimension]
    total, *lines = table.rows
    assert sum(len(row.events) for row in lines) == len(total.events) == 60


def test_whoever_began_treatment_on_a_day_that_nobody_knows_is_treated() -> None:
    one = person(begun=False).phase("induction", PartialDate(special=Special.UNKNOWN)).event("Fever", 10, grade=3)
    found = line(ANY, one)
    assert ([who.label for who in found.treated], len(found.events)) == (["042-001"], 1)
    (table,) = tables(one, by="phase")
    assert [row.label for row in table.rows] == [ANY, "not known"]


def test_an_event_whose_day_is_not_known_did_not_begin_before_treatment() -> None:
    one = person().event("Fever", PartialDate(special=Special.UNKNOWN)).event("Fever", -9).event("Fever", 10)
    (table,) = tables(one, by="phase")
    assert [row.label for row in table.rows] == [
        ANY,
        "before treatment",
        "Induction: dasatinib + steroids",
        "not known",
    ]


def test_a_phase_that_was_not_done_is_no_treatment() -> None:
    one = person(begun=False).phase("induction", PartialDate(special=Special.NOT_DONE)).event("Fever", 10)
    assert tables(one) == ()


def test_a_patient_counts_once_a_line_by_the_worst_grade() -> None:
    one = person().event("Fever", 10, 12, grade=1, later_grades=[(11, 3)]).event("Fever", 40, 41, grade=2)
    found = line("Fever", one)
    assert (len(found.events), len(found.patients)) == (2, 1)
    assert {grade: len(patients) for grade, patients in found.by_patient.items()} == {3: 1}
    assert {grade: len(events) for grade, events in found.by_event.items()} == {3: 1, 2: 1}


def test_unlike_events_whose_term_is_other_have_lines_of_their_own() -> None:
    people = [
        person(1).event(OTHER, 10, grade=3, words="Ageusia"),
        person(2).event(OTHER, 12, grade=1, words="Trismus"),
    ]
    (table,) = tables(*people)
    assert [(row.label, len(row.patients), row.severe.events) for row in table.rows] == [
        (ANY, 2, 1),
        (f"“Ageusia” ({OTHER})", 1, 1),
        (f"“Trismus” ({OTHER})", 1, 0),
    ]
    assert [method.name for method in as_table(table).methods] == ["Toxicity", "Other, specify"]


def test_the_same_words_in_another_spelling_are_the_same_event() -> None:
    people = [
        person(1).event(OTHER, 10, words="Oedema of the  gums "),
        person(2).event(OTHER, 12, words="edema of the gums"),
    ]
    (table,) = tables(*people)
    assert [(row.label, len(row.patients)) for row in table.rows[1:]] == [(f"“Oedema of the gums” ({OTHER})", 2)]


def test_words_that_would_fill_pages_name_their_line_as_far_as_a_line_holds_them() -> None:
    long = "taste is gone, " * 1000
    people = [
        person(1).event(OTHER, 10, words=f"{long}all of it"),
        person(2).event(OTHER, 12, words=f"{long}bitter first"),
    ]
    (table,) = tables(*people)
    assert [len(row.patients) for row in table.rows] == [2, 1, 1]
    assert {row.label for row in table.rows[1:]} == {f"“{long[:199]}…” ({OTHER})"}


@pytest.mark.parametrize("words", [None, "  ", "."])
def test_an_other_event_without_words_keeps_the_bare_term(words: str | None) -> None:
    assert line(OTHER, person().event(OTHER, 10, words=words)).label == OTHER


def test_the_words_of_a_term_that_names_its_event_make_no_line() -> None:
    one = person().event("Fever", 10, words="Shivering").event("Fever", 30, words="Hot")
    assert len(line("Fever", one).events) == 2


def test_the_class_of_an_other_event_is_that_of_its_term() -> None:
    people = [person(1).event(OTHER, 10, words="Ageusia"), person(2).event(OTHER, 12, words="Trismus")]
    (table,) = tables(*people, by="class")
    assert [(row.label, len(row.patients)) for row in table.rows[1:]] == [("Nervous system disorders", 2)]


def test_the_share_is_of_all_treated_patients() -> None:
    people = [person(1).event("Fever", 10, grade=3), person(2), person(3), person(4, begun=False)]
    severe = line("Fever", *people).severe
    assert (severe.events, severe.total) == (1, 3)


def test_the_share_of_a_phase_is_of_those_who_began_it() -> None:
    people = [person(1).phase("blina-1", 86).event("Fever", 90, grade=3), person(2).phase("blina-1", 90), person(3)]
    severe = line("blina-1", *people, by="phase").severe
    assert (severe.events, severe.total) == (1, 2)
    assert [who.id for who in line("blina-1", *people, by="phase").treated] == [1, 2]
    assert line(ANY, *people, by="phase").severe.total == 3


def test_the_share_of_a_drug_is_of_those_who_began_a_phase_that_gives_it() -> None:
    fever = person(1).phase("blina-1", 86).event("Fever", 90, grade=3, drugs={"blinatumomab": RELATED})
    people = [fever, person(2).phase("blina-1", 90), person(3)]
    severe = line("blinatumomab", *people, by="drug").severe
    assert (severe.events, severe.total) == (1, 2)


def test_somebody_with_an_event_of_a_drug_counts_in_its_share_whatever_the_phase() -> None:
    early = person(1).event("Fever", 10, grade=3, drugs={"blinatumomab": RELATED})
    severe = line("blinatumomab", early, person(2).phase("blina-1", 90), person(3), by="drug").severe
    assert (severe.events, severe.total) == (1, 2)


def test_the_share_of_a_drug_without_planned_doses_is_of_all_treated_patients() -> None:
    one = person(1).event("Headache", 10, grade=3, drugs={"intrathecal": RELATED})
    severe = line("intrathecal", one, person(2), by="drug").severe
    assert (severe.events, severe.total) == (1, 2)


def test_versions_and_scales_are_never_pooled() -> None:
    one = person().event("Fever", 10, grade=3)
    one.add(AdverseEvent(term="Fever", version="6.0", began=one.on(20)))
    one.add(AdverseEvent(term="Cytokine release syndrome", version="5.0", scale="ASTCT", began=one.on(30)))
    found = tables(one)
    assert [(table.system, len(table.row(ANY).events)) for table in found] == [
        ("ASTCT consensus", 1),
        ("CTCAE 5.0", 1),
        ("CTCAE 6.0", 1),
    ]
    assert len({as_table(table).code for table in found}) == 3


def test_an_event_without_a_grade_stands_apart() -> None:
    one = person()
    one.add(AdverseEvent(term="Fever", version="5.0", began=one.on(20)))
    found = line("Fever", one)
    assert {grade: len(events) for grade, events in found.by_event.items()} == {None: 1}
    assert found.severe.events == 0


def test_an_event_counts_under_each_drug_to_which_it_is_related() -> None:
    one = person().event("Fever", 10, drugs={"dasatinib": RELATED, "blinatumomab": UNLIKELY})
    one.event("Headache", 12, drugs={"dasatinib": RELATED, "blinatumomab": RELATED})
    (table,) = tables(one, by="drug")
    assert {row.label: len(row.events) for row in table.rows[1:]} == {"Dasatinib": 2, "Blinatumomab": 1}


def test_the_phase_is_the_one_that_had_begun_last() -> None:
    one = person().phase("blina-1", 86).event("Fever", 85).event("Fever", 86).event("Headache", -20)
    (table,) = tables(one, by="phase")
    assert [(row.label, len(row.events)) for row in table.rows[1:]] == [
        ("before treatment", 1),
        ("Induction: dasatinib + steroids", 1),
        ("Blinatumomab cycle 1", 1),
    ]


def test_an_event_belongs_to_the_class_of_its_dictionary() -> None:
    (table,) = tables(person().event("Fever", 10), by="class")
    assert table.rows[1].label == "General disorders and administration site conditions"


def test_a_class_is_that_of_the_version_of_the_event() -> None:
    one = person()
    for version in ("4.03", "5.0"):
        one.add(AdverseEvent(term="Infusion related reaction", version=version, began=one.on(20)))
    assert {table.system: table.rows[1].label for table in tables(one, by="class")} == {
        "CTCAE 4.03": "General disorders and administration site conditions",
        "CTCAE 5.0": "Injury, poisoning and procedural complications",
    }


def test_serious_events_are_counted_whatever_their_grade() -> None:
    found = line("Fever", person().event("Fever", 10, grade=1, serious=True))
    assert (len(found.serious), found.severe.events) == (1, 0)


def test_somebody_who_never_began_treatment_is_not_counted() -> None:
    assert tables(person(begun=False).event("Fever", 10)) == ()


def test_the_grades_of_one_event_are_read_together() -> None:
    one = person()
    event = one.add(AdverseEvent(term="Fever", version="5.0", began=one.on(20)))
    for day, grade in ((20, "2"), (22, "4"), (25, "1")):
        one.add(AeGrade(since=one.on(day), grade=grade, parent=event))
    assert list(line("Fever", one).by_event) == [4]


def test_the_cells_list_the_events_behind_them(counted: Cohort) -> None:
    table = as_table(counted.toxicity["term"][0])
    severe = table.cell(ANY, "events_severe")
    assert severe.values == (21,)
    assert len(severe.patients) == len(set(severe.basis)) == 21
    assert len(table.cell(ANY, "patients_severe").patients) == 18


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_cohort_of_nobody_has_no_table(dimension: str) -> None:
    assert toxicity([], the_trial(), dimension) == ()
    assert replace(count([]), members=()).toxicity[dimension] == ()
