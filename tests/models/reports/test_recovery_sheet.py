import os
import stat
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.printing import Printing
from models.reports.recovery_sheet import recovery_sheet
from tests.models.reports.reading import page_texts

KEY = "8W6A-N28G-E6K6-W0SK-6G6N-PBB4-NDR8-1880-PH82"
PRINTING = Printing(
    study="D-ALBA",
    site="042 Roma <Umberto I>",
    printed_by="Chiara Rossi",
    now=datetime(2026, 10, 2, 8, 5, tzinfo=UTC),
    desk=Desk.ENGLISH,
    version="0.2.0",
)


def write(out: Path | BinaryIO, **facts: Any) -> None:
    recovery_sheet(out, replace(PRINTING, **facts), recovery_key=KEY, folder="LAL2116-042.albatrack")


def text(**facts: Any) -> str:
    paper = BytesIO()
    write(paper, **facts)
    (page,) = page_texts(paper.getvalue())
    return page


def test_every_group_stands_behind_its_number() -> None:
    assert " ".join(f"{n} {group}" for n, group in enumerate(KEY.split("-"), 1)) in text()


def test_it_says_for_which_study_and_site_when_and_by_whom() -> None:
    page = text()
    assert "D-ALBA, site 042 Roma <Umberto I>" in page
    assert "Opens the folder LAL2116-042.albatrack" in page
    assert "Made 2 Oct 2026, 08:05 UTC+00:00 for Chiara Rossi" in page
    assert "Printed 2 Oct 2026, 08:05 UTC+00:00 by Chiara Rossi" in page


def test_the_end_of_the_audit_trail_stands_in_the_foot() -> None:
    assert "audit trail 12-3456 789a" in text(trail="12-3456 789a")


def test_it_says_what_it_is_for_and_where_to_keep_it() -> None:
    page = text()
    assert "What it is for It opens the study" in page
    assert "Where to keep it Put this sheet into a sealed envelope" in page


def test_it_says_who_has_the_password_of_the_fallback_papers_and_not_the_password() -> None:
    assert "Password of the fallback papers It is not on this sheet" in text()
    assert "A coordinator or an investigator has it shown on the page Backups" in text()


def test_a_synthetic_study_says_so() -> None:
    assert "SYNTHETIC" in text(synthetic=True)
    assert "SYNTHETIC" not in text()


def test_long_names_stay_on_one_page() -> None:
    assert "Page 1 of 1" in text(site="042 " + "Azienda Ospedaliera " * 8, synthetic=True)


def test_the_key_is_not_in_what_file_lists_show(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    write(path)
    assert not any(group.encode() in path.read_bytes() for group in KEY.split("-"))


@pytest.mark.skipif(os.name != "posix", reason="POSIX rights")
def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    write(tmp_path / "sheet.pdf")
    assert stat.S_IMODE((tmp_path / "sheet.pdf").stat().st_mode) == 0o600


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match=r"none/sheet\.pdf cannot be written"):
        write(tmp_path / "none" / "sheet.pdf")
