"""The files of the fallback set: which is the newest, and that every place of copies has it."""

from datetime import date
from pathlib import Path

import pytest

from models.persistence.fallback_sets import bring_to_each, set_of, sets_in, thin_sets

DAY = date(2026, 10, 2)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "place"
    made.mkdir()
    return made


def put(place: Path, *days: str) -> list[Path]:
    made = [place / f"fallback-{day}.pdf" for day in days]
    for paper in made:
        paper.write_bytes(paper.name.encode())
    return made


def names(place: Path) -> list[str]:
    return [paper.stem.removeprefix("fallback-") for paper in sets_in(place)]


def test_the_newest_stands_first_also_where_a_day_has_several(place: Path) -> None:
    put(place, "2026-10-02", "2026-10-02-10", "2026-10-02-2", "2026-10-01")
    assert names(place) == ["2026-10-02-10", "2026-10-02-2", "2026-10-02", "2026-10-01"]


def test_what_is_no_set_is_left_alone(place: Path) -> None:
    other = put(place, "of the ward")
    put(place, "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04")
    thin_sets(place, sets_in(place)[0])
    assert names(place) == ["2026-10-04", "2026-10-03", "2026-10-02"]
    assert other[0].exists()


def test_the_newest_stays_whatever_the_clocks_said(place: Path) -> None:
    [newest, *_] = put(place, "2026-10-02", "2031-01-01", "2031-01-02", "2031-01-03")
    thin_sets(place, newest)
    assert newest.exists()


def test_a_set_for_another_password_of_the_same_day_has_a_name_of_its_own(place: Path) -> None:
    assert set_of(place, DAY, ()).name == "fallback-2026-10-02.pdf"
    former = {"fallback-2026-10-02.pdf", "fallback-2026-10-02-2.pdf"}
    assert set_of(place, DAY, former).name == "fallback-2026-10-02-3.pdf"


def test_every_place_gets_the_set_and_the_others_are_passed_over(tmp_path: Path, place: Path) -> None:
    [paper] = put(tmp_path, "2026-10-02")
    assert list(bring_to_each(paper, [tmp_path / "nowhere", None, place])) == []
    assert (place / paper.name).read_bytes() == paper.read_bytes()


def test_a_copy_that_was_damaged_is_replaced(tmp_path: Path, place: Path) -> None:
    [paper] = put(tmp_path, "2026-10-02")
    (place / paper.name).write_bytes(b"half")
    assert list(bring_to_each(paper, [place])) == []
    assert (place / paper.name).read_bytes() == paper.read_bytes()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> str:
        raise OSError(28, "No space left on device")

    [paper] = put(tmp_path, "2026-10-02")
    monkeypatch.setattr("models.persistence.fallback_sets.copy_durably", full)
    (problem,) = bring_to_each(paper, [place])
    assert str(place) in problem
    assert "no space left" in problem
