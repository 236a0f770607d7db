import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "packaging" / "check_sources.py"


def check(file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, file], capture_output=True, text=True, check=False)


def test_a_file_against_the_rules_ends_with_a_failure_and_its_place(tmp_path: Path) -> None:
    file = tmp_path / "page.py"
    file.write_text("import matplotlib.pyplot\n", encoding="utf-8")
    result = check(file)
    assert result.returncode == 1
    assert f"{file}:1: pyplot" in result.stdout


def test_a_file_within_the_rules_ends_well(tmp_path: Path) -> None:
    file = tmp_path / "page.py"
    file.write_text("from matplotlib.figure import Figure\n", encoding="utf-8")
    assert check(file).returncode == 0


def test_a_picture_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "page.png"
    file.write_bytes(b"\x89PNG\xff\xfe")
    assert check(file).returncode == 0
