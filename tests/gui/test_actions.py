"""What can be done, as the menus and the find box declare it."""

import re

import pytest

from gui.actions import ACTIONS, MENUS
from gui.finder import Finder, NamedThing, PatientIndex, PatientLine
from gui.menus import spoken
from gui.pages.patient.header import PatientHeader
from models.records import KINDS

KEPT_BY_OTHERS = {"account", "training", "lab_range", "data_cut", "flag"}
BY_REVIEWING = {"query", "query_step", "verification", "signature", "record_lock"}
WITH_THEIR_PARENT = {"replicate", "ae_grade", "ae_drug"}
BY_ENROLLING = {"patient", "identity", "eligibility"}


@pytest.fixture(scope="module")
def finder() -> Finder:
    actions = [
        NamedThing(action.id, spoken(action), action.words, of_patient=action.needs == "patient") for action in ACTIONS
    ]
    return Finder(PatientIndex([PatientLine(17, ("042-017",), "")]), (), actions)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("transplant", "record.transplant"),
        ("relapse", "record.relapse"),
        ("death", "record.death"),
        ("died", "record.death"),
        ("response", "record.assessment"),
        ("remission", "record.assessment"),
        ("lumbar puncture", "record.lumbar_puncture"),
        ("intrathecal", "record.lumbar_puncture"),
        ("adverse event", "record.adverse_event"),
        ("SAE", "record.adverse_event"),
        ("toxicity", "record.adverse_event"),
        ("sample", "record.sample"),
        ("MRD", "record.mrd"),
        ("PCR", "record.mrd"),
        ("T315I", "record.mutation"),
        ("mutation", "record.mutation"),
        ("weight", "record.vitals"),
        ("blood count", "record.lab"),
        ("dasatinib", "record.exposure"),
        ("cycle", "record.phase"),
        ("concomitant", "record.medication"),
        ("telephone", "record.contact"),
        ("withdrawal", "record.disposition"),
        ("allergy", "record.history"),
        ("karyotype", "record.disease"),
        ("CDKN2A", "record.lesion"),
        ("scan", "record.document"),
        ("consent", "record.consent"),
        ("screening", "enrol"),
        ("lock", "lock"),
        ("sign", "sign"),
        ("signature", "sign"),
        ("backup", "backups"),
        ("restore", "backups"),
        ("print", "print.summary"),
        ("report", "print.cohort"),
        ("overdue", "today"),
        ("endpoints", "cohort"),
        ("who changed", "audit"),
        ("delegation", "accounts"),
        ("reference ranges", "settings"),
        ("keyboard", "shortcuts"),
    ],
)
def test_the_word_that_comes_to_mind_finds_its_action_first(finder: Finder, typed: str, first: str) -> None:
    assert finder.find(typed, {}, patient=17)[0].code == first


def test_bone_marrow_leads_to_everything_that_is_read_from_it(finder: Finder) -> None:
    found = {hit.code for hit in finder.find("bone marrow", {}, patient=17)}
    assert found == {"record.mrd", "record.sample", "record.assessment"}


def test_every_kind_of_a_patient_can_be_added_from_the_find_box() -> None:
    offered = {action.kind for action in ACTIONS if action.kind}
    assert offered == KINDS.keys() - KEPT_BY_OTHERS - BY_REVIEWING - WITH_THEIR_PARENT - BY_ENROLLING


def test_the_button_of_the_patient_offers_what_the_menu_record_offers(qapp: object) -> None:
    header = PatientHeader()
    menu = header.record.menu()
    assert [entry.text() for entry in menu.actions() if not entry.isSeparator()] == [
        action.text for action in ACTIONS if action.menu == "Record"
    ]


@pytest.mark.parametrize("menu", MENUS)
def test_no_letter_of_a_menu_stands_for_two_entries(menu: str) -> None:
    letters = re.findall("&(.)", " ".join(action.text.casefold() for action in ACTIONS if action.menu == menu))
    assert len(letters) == len(set(letters))
