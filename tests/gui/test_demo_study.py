"""The work of making the demo study of this desk."""

from pathlib import Path

import pytest

from gui.demo_study import Making
from models.domain.clock import SystemClock
from models.domain.errors import TrialError


def goes_on(_done: int, _total: int) -> bool:
    return True


def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    taken = tmp_path / "config"
    taken.write_text("a file, where the folder belongs")
    with pytest.raises(TrialError) as refused:
        Making(taken / "demo.albatrack", SystemClock())(goes_on)
    assert str(refused.value).startswith(f"The demo study could not be made in {taken}: ")
