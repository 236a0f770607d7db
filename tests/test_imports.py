"""What the program loads before it is asked for anything: each heavy package costs a part of the start."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
RULES = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
HEAVY = set(RULES["flake8-tidy-imports"]["banned-module-level-imports"])


def loaded_by(statement: str) -> set[str]:
    program = f"{statement}\nimport sys\nprint(' '.join({{name.partition('.')[0] for name in sys.modules}}))"
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True, timeout=30
    )
    return set(result.stdout.split())


@pytest.mark.parametrize("module", ["main", "models.cli", "models.study", "gui.application", "models.fonts"])
def test_loads_no_heavy_package(module: str) -> None:
    assert not loaded_by(f"import {module}") & HEAVY


def test_the_start_knows_neither_qt_nor_the_database() -> None:
    assert not loaded_by("import main") & {"PySide6", "sqlalchemy", "models", "gui"}


def test_the_command_line_knows_no_qt() -> None:
    assert not loaded_by("import models.cli") & {"PySide6", "gui"}


def test_finding_a_font_loads_nothing() -> None:
    assert not loaded_by("from models.fonts import font_file; font_file('bold')") & HEAVY


def test_this_would_see_a_heavy_package() -> None:
    assert "numpy" in loaded_by("import numpy")
