"""Nothing that a person types is longer than paper and window can bear, wherever it is typed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.fields import LONGEST_NAME, LONGEST_TEXT
from models.domain.partial_dates import PartialDate
from models.persistence.keys.sealing import LEAST_COST
from models.protocols.loading import find_protocol
from models.study import Edit, NewAccount, Study
from tests.signing_fixtures import haemoglobin
from tests.study_fixtures import ACCOUNTS, BY, PASSWORD, SitDown

TOO_LONG = "x" * (LONGEST_TEXT + 1)
LONGEST = "x" * LONGEST_TEXT
Act = Callable[[Study, int, str], object]


def corrects(study: Study, patient: int, words: str) -> object:
    return study.save(patient, [Edit("patient", {"sex": "M"}, patient)], Context("", words))


def sets(study: Study, patient: int, words: str) -> None:
    study.set_setting("idle_lock_minutes", words, BY)


def asks(study: Study, patient: int, words: str) -> object:
    return study.review.ask(patient, "patient", patient, "", words, "coordinator")


def locks(study: Study, patient: int, words: str) -> object:
    return study.locking.lock(patient, None, words)


@pytest.mark.parametrize(
    ("login", "act"), [("C. Rossi", corrects), ("C. Rossi", sets), ("M. Neri", asks), ("I. Bianchi", locks)]
)
def test_a_text_that_is_too_long_is_refused_with_both_numbers_and_nothing_is_written(
    sit_down: SitDown, patient: int, login: str, act: Act
) -> None:
    study = sit_down(login)
    before = study.trail.head()
    with pytest.raises(TrialError, match=rf"{LONGEST_TEXT + 1} characters and may have {LONGEST_TEXT}\. Shorten it"):
        act(study, patient, TOO_LONG)
    assert study.trail.head() == before
    act(study, patient, LONGEST)
    assert study.trail.head() != before


def test_words_that_close_a_query_are_no_longer_either(sit_down: SitDown, patient: int) -> None:
    study = sit_down("M. Neri")
    study.review.ask(patient, "patient", patient, "", "Why?", "coordinator")
    [query] = [asked.id for asked in study.review.queries()]
    with pytest.raises(TrialError, match="Shorten it"):
        study.review.close(query, TOO_LONG)
    study.review.close(query, LONGEST)


def makes_an_account(study: Study, patient: int, words: str) -> None:
    study.accounts.create(NewAccount("G. Blu", words, "coordinator", "seventeen green umbrellas"))


def renames(study: Study, patient: int, words: str) -> None:
    study.accounts.rename("M. Neri", words, "Typing error")


def trains(study: Study, patient: int, words: str) -> None:
    study.accounts.add_training("M. Neri", words, PartialDate(2026, 1, 1))


def names_the_site(study: Study, patient: int, words: str) -> None:
    study.set_setting("site_name", words, Context("", "Renamed"))


def cuts(study: Study, patient: int, words: str) -> None:
    study.cohorts.cuts.make(words, PartialDate(2026, 1, 1))


def keeps_a_paper(study: Study, patient: int, words: str) -> None:
    paper = study.path.with_name("report.pdf")
    paper.write_bytes(b"%PDF-1.7")
    study.documents.add(patient, words, None, paper)


def writes_into_an_open_list(study: Study, patient: int, words: str) -> None:
    study.save(patient, [haemoglobin(laboratory=words)], BY._replace(reason="As on the report"))


@pytest.mark.parametrize(
    ("login", "act"),
    [
        ("A. Verdi", makes_an_account),
        ("A. Verdi", renames),
        ("A. Verdi", trains),
        ("C. Rossi", names_the_site),
        ("C. Rossi", cuts),
        ("C. Rossi", keeps_a_paper),
        ("C. Rossi", writes_into_an_open_list),
    ],
)
def test_a_name_is_shorter(sit_down: SitDown, patient: int, login: str, act: Act) -> None:
    study = sit_down(login)
    before = study.trail.head()
    with pytest.raises(TrialError, match=rf"201 characters and may have {LONGEST_NAME}\. Shorten it\."):
        act(study, patient, "x" * 201)
    assert study.trail.head() == before
    act(study, patient, "x" * LONGEST_NAME)
    assert study.trail.head() != before


@pytest.mark.parametrize(
    ("code", "site", "name"),
    [("x" * 201, "H", "A"), ("042", "x" * 201, "A"), ("042", "H", "x" * 201), ("042", "H", " ")],
)
def test_a_study_is_not_made_with_a_name_that_is_too_long_or_empty(
    tmp_path: Path, clock: FixedClock, code: str, site: str, name: str
) -> None:
    path = tmp_path / "new.albatrack"
    accounts = [ACCOUNTS[0]._replace(name=name, password=PASSWORD)]
    with pytest.raises(TrialError, match=r"has 201 characters and may have 200|The printed name is empty"):
        Study.create(path, find_protocol("dalba"), code, site, accounts, clock=clock, cost=LEAST_COST)
    assert list(tmp_path.iterdir()) == []
