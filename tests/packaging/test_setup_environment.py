from pathlib import Path

import pytest
import setup_environment


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished environment, as far as the set-up looks."""
    (tmp_path / "packaging" / "requirements").mkdir(parents=True)
    for purpose in ("run", "dev"):
        (tmp_path / "packaging" / "requirements" / f"{purpose}.txt").write_text("a==1\n", encoding="ascii")
    folder = tmp_path / ".venv"
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(setup_environment, "PROJECT", tmp_path)
    monkeypatch.setattr(setup_environment, "ENVIRONMENT", folder)
    monkeypatch.setattr(setup_environment, "ENVIRONMENT_PYTHON", python)
    monkeypatch.setattr(setup_environment, "UNFINISHED", folder / "unfinished")
    monkeypatch.setattr(setup_environment, "MADE_HERE", folder / "made-by-setup")
    setup_environment.stamp("run").write_text(setup_environment.expected_stamp("run"), encoding="ascii")
    return folder


def test_a_stamped_environment_is_ready_for_its_purpose_only(environment: Path) -> None:
    assert setup_environment.is_ready("run")
    assert not setup_environment.is_ready("dev")


def test_changed_requirements_make_it_unready(environment: Path) -> None:
    setup_environment.requirements("run").write_text("a==2\n", encoding="ascii")
    assert not setup_environment.is_ready("run")


def test_an_interrupted_set_up_makes_it_unready(environment: Path) -> None:
    (environment / "unfinished").touch()
    assert not setup_environment.is_ready("run")


def test_a_removed_interpreter_makes_it_unready(environment: Path) -> None:
    (environment / "bin" / "python").unlink()
    assert not setup_environment.is_ready("run")


def test_another_python_makes_it_unready(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 99, 0))
    assert not setup_environment.is_ready("run")


def test_an_environment_made_by_hand_is_used_as_it_is(environment: Path) -> None:
    setup_environment.stamp("run").unlink()
    (environment / "mine").touch()
    setup_environment.make_environment()
    assert (environment / "mine").exists()


def test_an_environment_made_by_hand_is_never_removed(environment: Path) -> None:
    (environment / "unfinished").touch()
    (environment / "mine").touch()
    with pytest.raises(SystemExit, match="was not made by this set-up"):
        setup_environment.make_environment()
    assert (environment / "mine").exists()


def test_an_unfinished_environment_of_the_set_up_is_emptied_but_for_its_marks(environment: Path) -> None:
    (environment / "unfinished").touch()
    (environment / "made-by-setup").touch()
    setup_environment.remove_environment()
    assert {child.name for child in environment.iterdir()} == {"unfinished", "made-by-setup"}
