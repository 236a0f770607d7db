"""Every page fits a ward's screen of 1366 x 768 at each scale, with no word cut and every word clear to read."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.timeout(180)  # it walks through the whole program
@pytest.mark.parametrize(("scale", "theme"), [("1", "light"), ("1.5", "dark"), ("2", "light")])
def test_no_page_scrolls_sideways_cuts_a_word_or_has_faint_letters(
    scale: str, theme: str, demo_study_file: Path, tmp_path: Path
) -> None:
    screen = {"name": "ward", "x": 0, "y": 0, "width": 1366, "height": 768, "dpr": 1}
    described = tmp_path / "screen.json"
    described.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96}]}))
    study = shutil.copytree(demo_study_file, tmp_path / "demo.albatrack")
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.pictures.probe", str(study), str(tmp_path), scale, theme],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={described}", "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {}
