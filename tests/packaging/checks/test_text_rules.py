from pathlib import Path

import pytest
from checks import text_rules

NOTES = Path("docs/notes.md")


def messages(text: str, file: Path = NOTES) -> str:
    return " ".join(problem.message for problem in text_rules.problems(file, text))


def test_a_file_of_400_lines_is_accepted_and_a_longer_one_is_not() -> None:
    assert not messages("x\n" * 400, Path("models/study.py"))
    assert "401 lines" in messages("x\n" * 401, Path("models/study.py"))


def test_data_may_be_as_long_as_it_is() -> None:
    assert not messages("x\n" * 1000, Path("resources/dictionaries/terms.csv"))


# Put together here, so that this file does not break the rule itself.
@pytest.mark.parametrize(
    "text",
    [
        "pip install --index" + "-url https://example.org/",
        "index" + "-url = https://example.org/",
        "https://example.org/pypi/" + "simple",
        "https://files.python" + "hosted.org/packages/a.whl",
        "pandas @ " + "file" + ":///a.whl",
    ],
)
def test_an_address_of_a_package_index_is_refused(text: str) -> None:
    assert "package index" in messages(text)


@pytest.mark.parametrize("path", ["home/ann/study", "Users/ann/study", "root/x", "work/x", "tmp/x"])
def test_a_path_of_one_machine_is_refused(path: str) -> None:
    assert "one machine" in messages(f"open it in /{path}")
    assert "one machine" in messages(f'folder = "/{path}"')


def test_a_windows_path_of_one_machine_is_refused() -> None:
    assert "one machine" in messages("C:" + "\\Users\\ann")


@pytest.mark.parametrize("text", ["resources/home/x.svg", "https://example.org/work/tmp/x", "../tmp/x", "/usr/bin/env"])
def test_other_paths_are_accepted(text: str) -> None:
    assert not messages(text)


def test_each_problem_names_its_line() -> None:
    (problem,) = text_rules.problems(NOTES, "one\ntwo /" + "home/ann\n")
    assert str(problem).startswith("docs/notes.md:2: ")
