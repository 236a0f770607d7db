"""The settings of a desk and their file."""

import os
import stat
from pathlib import Path

import pytest

from gui.settings import RECENT_STUDIES, Settings, SettingsFile, config_folder
from models.domain.notation import Desk


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "settings.json"
    kept = SettingsFile(path).change(language="it", theme="dark", login="Zoë Ünal", geometry="AdnQ", last_study="x")
    assert SettingsFile(path).current == kept


def test_a_desk_without_a_file_starts_in_english_with_the_computers_theme(tmp_path: Path) -> None:
    now = SettingsFile(tmp_path / "settings.json").current
    assert (now.desk, now.theme, now.login) == (Desk.ENGLISH, "system", "")


DEEP = "[" * 100_000


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '{"theme": 3, "recent": "x", "language": "xx"}', DEEP])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    assert SettingsFile(path).current == Settings()


def test_one_wrong_value_does_not_cost_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "mauve", "login": "C. Rossi", "unknown": 1, "recent": ["a", 2]}')
    now = SettingsFile(path).current
    assert (now.theme, now.login, now.recent) == ("system", "C. Rossi", ("a",))


def test_the_study_opened_last_comes_first_and_only_once(tmp_path: Path) -> None:
    settings = Settings()
    for name in ("a", "b", "a"):
        settings = settings.with_study(Path(name))
    assert (settings.recent, settings.last_study) == (("a", "b"), "a")


def test_the_list_of_recent_studies_ends_somewhere() -> None:
    settings = Settings()
    for number in range(RECENT_STUDIES + 3):
        settings = settings.with_study(Path(str(number)))
    assert len(settings.recent) == RECENT_STUDIES
    assert settings.recent[0] == str(RECENT_STUDIES + 2)


def test_a_forgotten_study_is_not_opened_at_the_next_start() -> None:
    settings = Settings().with_study(Path("a")).without_study("a")
    assert (settings.recent, settings.last_study) == ((), "")


def test_a_folder_that_cannot_be_written_keeps_the_settings_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = SettingsFile(tmp_path / "file" / "settings.json")
    settings.change(theme="dark")
    assert settings.current.theme == "dark"


def test_the_folder_named_by_the_environment_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALBATRACK_CONFIG", str(tmp_path / "elsewhere"))
    assert config_folder() == tmp_path / "elsewhere"


def test_what_the_file_says_already_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    SettingsFile(path).change(theme="dark")
    written = path.stat()
    settings = SettingsFile(path)
    settings.change(theme="dark")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)
    settings.change(theme="light")
    assert SettingsFile(path).current.theme == "light"


def test_what_could_not_be_written_is_written_the_next_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "settings.json"
    settings = SettingsFile(path)
    settings.change(theme="dark")
    (tmp_path / "file").unlink()
    settings.change(theme="dark")
    assert SettingsFile(path).current.theme == "dark"


@pytest.mark.skipif(os.name == "nt", reason="a file there has no such rights")
def test_only_their_owner_reads_the_settings_and_looks_into_their_folder(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "settings.json"
    SettingsFile(path).change(login="C. Rossi")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
