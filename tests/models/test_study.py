"""The study's own facts, its drafts and what its choice fields offer."""

import pytest

from models import VERSION
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.fields import FieldType
from models.domain.notation import Desk
from models.records import KINDS
from models.records.laboratory import LabRange
from models.study import Study
from tests.study_fixtures import BY


def test_a_changed_fact_is_read_at_once_and_keeps_its_old_value(study: Study) -> None:
    study.set_setting("site_name", "Haematology North", Context("C. Rossi", "The ward was renamed"))
    assert study.info.site_name == "Haematology North"
    [change] = study.corrections("study_fact", 0)
    assert (change.label, change.old, change.new) == ("Site name", "Haematology", "Haematology North")
    study.set_setting("site_name", "Haematology North", BY)
    assert len(study.corrections("study_fact", 0)) == 1


def test_a_paper_says_study_site_person_moment_and_the_end_of_the_trail(study: Study) -> None:
    said = study.printing(Desk.ITALIAN)
    assert (said.study_and_site, said.printed_by, said.desk) == (
        "D-ALBA, site 042, Haematology",
        "C. Rossi",
        Desk.ITALIAN,
    )
    assert (said.now, said.version, said.synthetic) == (study.clock.now(), VERSION, False)
    assert said.trail == study.trail.head().short


@pytest.mark.parametrize("blank", ["", " ", "."])
def test_a_fact_is_not_changed_without_a_reason(study: Study, blank: str) -> None:
    with pytest.raises(TrialError, match="changed with a reason"):
        study.set_setting("site_name", "Haematology North", Context("", blank))
    assert study.setting("site_name") == "Haematology"
    assert study.corrections("study_fact", 0) == ()


@pytest.mark.parametrize("name", ["created_at", "synthetic", "fallback_password", "backup_folder", "site_code", "x"])
def test_only_what_a_person_may_set_is_set(study: Study, name: str) -> None:
    before = study.setting(name)
    with pytest.raises(TrialError, match="is no setting that can be changed"):
        study.set_setting(name, "x", BY)
    assert study.setting(name) == before


def test_a_draft_is_kept_as_typed_until_it_is_dropped(study: Study) -> None:
    study.save_draft("mrd/1/0", {"target_copies": "4,"})
    study.save_draft("mrd/1/0", {"target_copies": "4,5"})
    assert study.draft("mrd/1/0") == {"target_copies": "4,5"}
    [line] = study.drafts()
    assert (line.key, line.actor) == ("mrd/1/0", "C. Rossi")
    study.drop_draft("mrd/1/0")
    assert study.draft("mrd/1/0") is None


def test_every_choice_field_offers_something(study: Study) -> None:
    from_what_was_entered = {"Laboratory", "Adverse event"}
    for kind in KINDS.values():
        for field in kind.fields.values():
            if field.type in (FieldType.CHOICE, FieldType.CHOICES):
                offered = study.choices(field)
                name = field.codelist.name if field.codelist else ""
                assert offered or name in from_what_was_entered, f"{kind.name}.{field.name}"


def test_every_field_has_words_and_every_quantity_its_units() -> None:
    unit_from_elsewhere = {("eligibility", "value"), ("lab", "value"), ("mrd", "international_factor")}
    for kind in KINDS.values():
        for field in kind.fields.values():
            assert field.label[0].isupper() or field.label.startswith(("p1", "p2"))
            if field.type is FieldType.QUANTITY and kind.record is not LabRange:
                assert field.units or (kind.name, field.name) in unit_from_elsewhere


def test_what_identifies_a_person_lies_in_the_identity_and_in_the_names_of_scanned_files() -> None:
    declared = {
        (kind.name, name) for kind in KINDS.values() for name, field in kind.fields.items() if field.identifying
    }
    assert declared == {("identity", name) for name in KINDS["identity"].fields} | {("document", "file_name")}
