import gc

import pytest

from models.cohort.collector import collector_held


def test_nothing_is_searched_for_circles_meanwhile() -> None:
    with collector_held():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_search_goes_on_after_a_failure() -> None:
    with pytest.raises(ValueError, match="unreadable"), collector_held():
        raise ValueError("unreadable")
    assert gc.isenabled()


def test_whoever_held_it_first_lets_it_go() -> None:
    with collector_held():
        with collector_held():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
