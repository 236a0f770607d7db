"""What is loaded while nobody waits for it."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]

PROGRAM = """
import sys, time
from PySide6.QtCore import QCoreApplication
from gui.warming import Warming
app = QCoreApplication([])
warming = Warming(app)
assert not warming.done
assert "scipy" not in sys.modules and "matplotlib" not in sys.modules
warming.begin()
warming.begin()
while not warming.done:
    time.sleep(0.01)
print("scipy.special" in sys.modules and "models.figures.ink" in sys.modules)
"""


def test_the_packages_of_the_first_curve_are_loaded_only_after_the_start() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "True"
