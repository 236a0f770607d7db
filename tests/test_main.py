from pathlib import Path

import pytest

import main


def test_without_a_display_it_says_so_in_one_sentence_and_makes_the_demo(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folders: list[Path] = []

    def demo(folder: Path) -> int:
        folders.append(folder)
        return 0

    monkeypatch.setattr("gui.display.obstacle", lambda: "this machine has no display")
    monkeypatch.setattr("models.cli.headless_demo", demo)
    assert main.main([]) == 0
    said = capsys.readouterr().out
    assert said.startswith("There is no window because this machine has no display, so the demo study is made")
    assert said.count("\n") == 1
    assert str(folders[0]) in said


def test_with_arguments_it_runs_the_command_and_gives_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.cli.main", lambda arguments: len(arguments))
    assert main.main(["patients", "file", "--json"]) == 3


def test_with_a_display_it_opens_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.display.obstacle", lambda: "")
    monkeypatch.setattr("gui.start.run", lambda _: 7)
    assert main.main([]) == 7
