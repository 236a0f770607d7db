import subprocess
import sys
import tomllib

import pytest

from models.domain import dictionary
from models.domain.errors import TrialError
from models.domain.resources import RESOURCES


@pytest.mark.parametrize(
    ("version", "count", "investigations", "with_grade"),
    [
        ("4.03", 790, 38, [605, 701, 724, 528, 491]),
        ("5.0", 837, 42, [645, 745, 750, 551, 494]),
        ("6.0", 850, 40, [652, 754, 754, 563, 512]),
    ],
)
def test_a_version_has_its_terms_classes_and_grades(
    version: str, count: int, investigations: int, with_grade: list[int]
) -> None:
    held = dictionary.terms(version)
    assert len(held) == count
    assert len({term.system_organ_class for term in held}) == 26
    assert sum(term.system_organ_class == "Investigations" for term in held) == investigations
    assert [sum(grade in term.grades for term in held) for grade in range(1, 6)] == with_grade


def test_no_term_is_named_twice_in_a_version() -> None:
    for version in dictionary.VERSIONS:
        names = [term.name for term in dictionary.terms(version)]
        assert len(names) == len(set(names))


def test_every_class_has_a_term_for_what_is_not_listed() -> None:
    for version in dictionary.VERSIONS:
        others = [term for term in dictionary.terms(version) if term.name.endswith("Other, specify")]
        assert len({term.system_organ_class for term in others}) == 26


def test_successors_are_terms_of_version_6() -> None:
    heirs = {term.successor for term in dictionary.terms("5.0") if term.successor}
    assert "Pneumonia" in heirs
    assert [heir for heir in heirs if dictionary.term("6.0", heir) is None] == []


@pytest.mark.parametrize(
    ("name", "grades"),
    [
        ("Acute kidney injury", (1, 2, 3, 4, 5)),  # from grade 3 on in 5.0
        ("Hyponatremia", (1, 3, 4, 5)),
        ("Sepsis", (4, 5)),
        ("Capillary leak syndrome", (2, 3, 4, 5)),
        ("Peripheral sensory neuropathy", (1, 2, 3, 4, 5)),
        ("Acute coronary syndrome", (2, 3, 4, 5)),  # dropped in 5.0
    ],
)
def test_version_403_has_its_own_terms_and_grades(name: str, grades: tuple[int, ...]) -> None:
    found = dictionary.term("4.03", name)
    assert found is not None
    assert (found.version, found.grades) == ("4.03", grades)


def test_version_403_has_not_the_terms_that_came_with_5() -> None:
    for name in ("Cytomegalovirus infection reactivation", "Eosinophilia", "Blood lactate dehydrogenase increased"):
        assert dictionary.term("4.03", name) is None
        assert dictionary.term("5.0", name) is not None


def test_a_term_stands_in_the_class_of_its_version() -> None:
    classes = [term and term.system_organ_class for term in (dictionary.term(v, "Infusion related reaction") for v in
               ("4.03", "5.0"))]  # fmt: skip
    assert classes == [
        "General disorders and administration site conditions",
        "Injury, poisoning and procedural complications",
    ]


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(TrialError, match=r"CTCAE 3\.0 is not known here\. Choose one of 4\.03, 5\.0, 6\.0\."):
        dictionary.terms("3.0")


def test_a_term_is_found_by_its_whole_name_in_any_spelling() -> None:
    found = dictionary.term("5.0", "anaemia")
    assert found is not None
    assert (found.name, found.grades) == ("Anemia", (1, 2, 3, 4, 5))
    assert dictionary.term("5.0", "Anem") is None


@pytest.mark.parametrize(
    ("version", "typed", "first"),
    [
        ("5.0", "anaem", "Anemia"),
        ("5.0", "neutropenia", "Neutrophil count decreased"),
        ("5.0", "febrile", "Febrile neutropenia"),
        ("5.0", "thrombocytopenia", "Platelet count decreased"),
        ("6.0", "thrombocytopenia", "Thrombocytopenia"),
        ("6.0", "platelet", "Thrombocytopenia"),  # by the name it had in 5.0
        ("5.0", "ALT", "Alanine aminotransferase increased"),
        ("5.0", "diarrhoea", "Diarrhea"),
        ("5.0", "pneumonia", "Lung infection"),
        ("6.0", "pneumonia", "Pneumonia"),
        ("5.0", "lysis", "Tumor lysis syndrome"),
        ("5.0", "effusion pleural", "Pleural effusion"),
        ("5.0", "CMV", "Cytomegalovirus infection reactivation"),
        ("4.03", "CMV", "Infections and infestations - Other, specify"),
        ("4.03", "HBV", "Hepatitis viral"),
        ("6.0", "icans", "Immune effector cell-associated neurotoxicity syndrome"),
    ],
)
def test_the_search_puts_the_best_match_first(version: str, typed: str, first: str) -> None:
    assert dictionary.find(version, typed)[0].name == first


def test_a_whole_name_comes_before_names_that_begin_with_it() -> None:
    names = [term.name for term in dictionary.find("5.0", "pain")]
    assert names[0] == "Pain"
    assert "Back pain" in names


def test_nothing_typed_finds_nothing_and_the_limit_is_kept() -> None:
    assert dictionary.find("5.0", "  ") == ()
    assert len(dictionary.find("5.0", "a", limit=7)) == 7


def test_a_common_name_resolves_to_a_term_and_nonsense_to_none() -> None:
    assert dictionary.resolve("Neutropenia") == "Neutrophil count decreased"
    assert dictionary.resolve("fatigue") == "Fatigue"
    assert dictionary.resolve("xyzzy") == ""


def test_every_synonym_leads_to_a_term_of_some_version() -> None:
    known = {term.name for version in dictionary.VERSIONS for term in dictionary.terms(version)}
    for common, names in dictionary.synonyms().items():
        assert set(names) <= known, common


def test_the_criteria_of_a_term_are_for_exactly_its_grades() -> None:
    described = 0
    for version in dictionary.VERSIONS:
        for term in dictionary.terms(version):
            words = dictionary.criteria(version, term.name)
            if words:
                described += 1
                assert tuple(sorted(words)) == term.grades, (version, term.name)
    assert described > 180


@pytest.mark.parametrize("kind", ["laboratory", "clinical"])
def test_no_words_are_held_for_a_term_that_the_version_has_not(kind: str) -> None:
    held = tomllib.loads((RESOURCES / "dictionaries" / f"ctcae-criteria-{kind}.toml").read_text(encoding="utf-8"))
    named = [(version, name) for entry in held["criteria"] for version in entry["versions"] for name in entry["terms"]]
    assert [each for each in named if dictionary.term(*each) is None] == []


def test_a_rash_of_a_third_of_the_skin_weighs_more_in_403_than_in_5() -> None:
    assert "with or without symptoms" in dictionary.criteria("4.03", "Rash maculo-papular")[3]
    assert "above 30 % with no or mild symptoms" in dictionary.criteria("5.0", "Rash maculo-papular")[2]


@pytest.mark.parametrize(
    "name",
    ["Neutrophil count decreased", "Cytokine release syndrome", "Pleural effusion", "Fatigue", "Nausea", "Diarrhea",
     "Rash maculo-papular", "Pulmonary hypertension", "Cytomegalovirus infection reactivation", "Fever"],
)  # fmt: skip
def test_what_this_treatment_produces_is_described_in_both_versions(name: str) -> None:
    assert dictionary.criteria("5.0", name)
    assert dictionary.criteria("6.0", name)


def test_a_version_has_its_own_words_where_it_differs() -> None:
    assert "one grade lower" in dictionary.criteria("6.0", "Neutrophil count decreased")[1]
    assert set(dictionary.criteria("6.0", "Alkaline phosphatase increased")) == {1}


@pytest.mark.parametrize(
    ("name", "grades"),
    [("Catheter related infection", (2, 3, 4)), ("Pancreatitis", (2, 3, 4)), ("Sepsis", (4,)),
     ("Cytomegalovirus infection reactivation", ()), ("Hepatitis B reactivation", ())],
)  # fmt: skip
def test_version_403_has_words_for_the_grades_that_it_has_and_none_for_terms_that_came_later(
    name: str, grades: tuple[int, ...]
) -> None:
    assert tuple(grade for grade in sorted(dictionary.criteria("4.03", name)) if grade < 5) == grades


def test_a_term_without_words_has_none() -> None:
    assert dictionary.criteria("5.0", "Uterine fistula") == {}


@pytest.mark.parametrize("id_", ["astct-crs", "astct-icans"])
def test_the_consensus_scales_have_five_grades_each(id_: str) -> None:
    found = dictionary.scale(id_)
    assert found is not None
    assert set(found.grades) == {1, 2, 3, 4, 5}


def test_an_unknown_scale_is_none() -> None:
    assert dictionary.scale("who") is None


def test_loading_the_module_reads_no_file() -> None:
    watch = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import models.domain.dictionary, models.domain.toxicity.grading\n"
        "print([name for name in opened if 'dictionaries' in name])\n"
    )
    done = subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
