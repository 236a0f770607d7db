"""A visit with findings of its day, and an investigator who signs it."""

from decimal import Decimal

import pytest

from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.study import Edit, Study
from models.study_types import SignatureView
from tests.study_fixtures import PASSWORD, SitDown

DAY = PartialDate(2026, 4, 3)
WHY = Context("C. Rossi", "Typing error")


def copies(number: str) -> Quantity:
    return Quantity(Decimal(number), "copies", typed=number)


def haemoglobin(number: str = "11.2", **changed: object) -> Edit:
    value = Quantity(Decimal(number), "g/dL")
    return Edit("lab", {"test": "HGB", "collected": DAY, "value": value, **changed})


def mrd(**changed: object) -> Edit:
    values = {"specimen": "BONE MARROW", "transcript": "p190", "target_copies": copies("9")}
    replicate = Edit("replicate", {"number": 1, "target_copies": copies("9"), "control_copies": copies("43800")})
    return Edit("mrd", {"collected": DAY, **values, "control_copies": copies("43800"), **changed}, 0, (replicate,))


def enter(study: Study, patient: int, *edits: Edit, why: str = "") -> list[int]:
    """Save; returns the ids."""
    return [id_ for _, id_ in study.save(patient, edits, Context("C. Rossi", why)).records]


@pytest.fixture
def visit(study: Study, patient: int) -> int:
    """The visit at the end of induction, with a haemoglobin of its day and an MRD result that names it."""
    code = study.protocol.visits[3].code
    [id_, *_] = enter(study, patient, Edit("visit", {"code": code, "status": "DONE", "date": DAY}), why="Late")
    enter(study, patient, haemoglobin(), mrd(visit=code, collected=PartialDate(2026, 4, 1)), why="As on the report")
    return id_


@pytest.fixture
def investigator(sit_down: SitDown, visit: int) -> Study:
    """The study, in which the investigator has sat down after that."""
    return sit_down("I. Bianchi")


def sign(study: Study, patient: int, visit: int | None, meaning: str = "approval") -> SignatureView:
    """Sign as the investigator; returns the signature."""
    study.signing.sign(patient, visit, meaning, PASSWORD, "I. Bianchi")
    return study.signing.signatures(patient)[-1]
