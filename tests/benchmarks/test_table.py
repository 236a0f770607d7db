import platform
from datetime import date
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks.limits import PROMISED, QUICK, Limit, Sizes, limits
from benchmarks.measure import Figure
from benchmarks.table import Line, lines, page, text

LIMIT = Limit("saving", "Saving a result", 3, "x")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qapp: object) -> Path:
    """Where the page goes that the command would write."""
    place = tmp_path / "docs" / "performance.md"
    place.parent.mkdir()
    monkeypatch.setattr(command, "PAGE", place)
    monkeypatch.setattr("benchmarks.studies.ROOT", tmp_path)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return place


def measure_everything_as(share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every limit be measured as this share of what it allows."""
    figures = [Figure(limit.key, limit.most * share) for limit in limits(PROMISED)]
    monkeypatch.setattr(command, "MEASUREMENTS", {"": lambda _sizes: figures})


def test_a_figure_at_its_limit_holds_and_one_above_does_not() -> None:
    assert Line(LIMIT, Figure("saving", 3)).holds
    assert not Line(LIMIT, Figure("saving", 3.01)).holds


def test_a_limit_that_was_passed_over_does_not_hold() -> None:
    assert not Line(LIMIT, None).holds


def test_a_figure_that_this_system_cannot_take_is_said_and_breaks_nothing() -> None:
    line = Line(LIMIT, Figure("saving", None, "no such meter"))
    assert line.holds
    assert "not measured" in text([line])
    assert "no such meter" in text([line])


def test_a_figure_about_which_nothing_is_promised_is_a_fault() -> None:
    with pytest.raises(ValueError, match="nothing is promised about luck"):
        lines([LIMIT], [Figure("luck", 1)])


def test_the_page_holds_every_limit_with_what_was_measured() -> None:
    table = lines(limits(PROMISED), [Figure(limit.key, limit.most / 2) for limit in limits(PROMISED)])
    shown = page(table, date(2026, 10, 2))
    for limit in limits(PROMISED):
        assert f"| {limit.what} |" in shown
    assert shown.count("| 50% | yes |") == len(table)
    assert "2026-10-02" in shown


def test_the_page_does_not_tell_where_it_was_measured() -> None:
    shown = page(lines([LIMIT], [Figure("saving", 1)]), date(2026, 10, 2))
    assert str(Path.cwd()) not in shown
    assert platform.node() not in shown


@pytest.mark.parametrize("sizes", [PROMISED, QUICK])
def test_every_limit_has_exactly_one_measurement(sizes: Sizes) -> None:
    for limit in limits(sizes):
        assert sum(limit.key.startswith(name) for name in command.MEASUREMENTS) == 1, limit.key


def test_the_command_writes_the_page_and_succeeds_where_everything_holds(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure_everything_as(0.5, monkeypatch)
    assert command.main([]) == 0
    assert "Visit summary" in written.read_text(encoding="utf-8")


def test_the_command_fails_where_a_limit_is_broken(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measure_everything_as(1.01, monkeypatch)
    assert command.main([]) == 1
    assert "Broken: Saving an MRD result" in capsys.readouterr().err
    assert " NO " in written.read_text(encoding="utf-8")


def test_a_quick_run_writes_no_page(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measure_everything_as(0.01, monkeypatch)
    assert command.main(["--quick"]) == 0
    assert not written.exists()
