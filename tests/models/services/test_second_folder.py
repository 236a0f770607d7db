"""The second folder of the backups: absent, empty, read-only, shared by studies."""

import errno
import json
import shutil
from pathlib import Path

import pytest

from models.domain.errors import TrialError
from models.persistence.backup_manifest import MANIFEST
from models.study import Study
from tests.backup_fixtures import HandClock, signed_in


@pytest.fixture
def study(owned: Study) -> Study:
    return owned


def copies(stick: Path) -> list[Path]:
    return sorted(found.parent for found in stick.glob(f"*/*/{MANIFEST}"))


def test_an_absent_second_folder_is_said_and_the_backup_counts(study: Study, stick: Path) -> None:
    study.backups.set_second_folder(stick)
    shutil.rmtree(stick)
    made = study.backups.make()
    assert made.backup.genuine
    assert "is not there" in made.problems[0]
    (event,) = [line for line in study.trail.lines() if line.act == "backup made"]
    assert "is not there" in json.dumps(event, default=str)


def test_the_empty_folder_of_a_disk_that_is_not_connected_takes_no_copies_until_it_is_chosen(
    study: Study, stick: Path
) -> None:
    study.backups.set_second_folder(stick)
    study.backups.make()
    elsewhere = stick.rename(stick.with_name("unplugged"))
    stick.mkdir()
    made = study.backups.make()
    assert "its disk is not connected, or is another one" in made.problems[0]
    assert list(stick.iterdir()) == []
    study.backups.set_second_folder(stick)
    assert study.backups.make().problems == ()
    assert (len(copies(elsewhere)), len(copies(stick))) == (1, 1)


def test_a_folder_that_cannot_be_written_is_not_chosen(
    study: Study, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "mkdir", refuse)
        with pytest.raises(TrialError, match=r"read-only file system\. Choose another folder"):
            study.backups.set_second_folder(stick)
    assert study.backups.second_folder is None


def test_the_second_folder_lies_outside_the_study_and_exists(study: Study, stick: Path) -> None:
    with pytest.raises(TrialError, match="outside the study"):
        study.backups.set_second_folder(study.path / "backups")
    with pytest.raises(TrialError, match="There is no folder"):
        study.backups.set_second_folder(stick / "nowhere")
    study.backups.set_second_folder(stick)
    assert study.backups.second_folder == stick
    study.backups.set_second_folder(None)
    assert study.backups.second_folder is None


def test_two_studies_share_a_stick(tmp_path: Path, empty_study_file: Path, stick: Path, hand: HandClock) -> None:
    for name in ("one", "two"):
        path = tmp_path / f"{name}.albatrack"
        shutil.copytree(empty_study_file, path)
        with signed_in(path, hand) as study:
            study.backups.set_second_folder(stick)
            study.backups.make()
    assert len(copies(stick)) == 2


def test_a_copy_for_this_time_in_the_second_folder_itself_is_the_one_that_goes_there(study: Study, stick: Path) -> None:
    study.backups.set_second_folder(stick)
    assert study.backups.make(into=stick).problems == ()
    assert len(copies(stick)) == 1


def test_while_reading_only_no_folder_is_begun_on_a_stick(path: Path, hand: HandClock, stick: Path) -> None:
    with signed_in(path, hand, read_only=True) as study:
        with pytest.raises(TrialError, match="open for reading only"):
            study.backups.set_second_folder(stick)
        assert list(stick.iterdir()) == []
