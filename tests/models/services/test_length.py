"""Nothing that a person types is longer than paper and window can bear, wherever it is typed."""

from collections.abc import Callable

import pytest

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.fields import LONGEST_TEXT
from models.study import Edit, Study
from tests.study_fixtures import BY, SitDown

TOO_LONG = "x" * (LONGEST_TEXT + 1)
LONGEST = "x" * LONGEST_TEXT
Act = Callable[[Study, int, str], object]


def corrects(study: Study, patient: int, words: str) -> object:
    return study.save(patient, [Edit("patient", {"sex": "M"}, patient)], Context("", words))


def sets(study: Study, patient: int, words: str) -> None:
    study.set_setting("site_name", words, BY)


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
