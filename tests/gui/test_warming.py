"""What is loaded while nobody waits for it."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]

PROGRAM = """
import gc, sys
from importlib import import_module
from PySide6.QtCore import QCoreApplication
from gui import warming
from gui.jobs import Jobs
app = QCoreApplication([])
jobs = Jobs()
one = warming.Warming(jobs, app)
assert not one.done
assert "scipy" not in sys.modules and "matplotlib" not in sys.modules
collecting = []
def watched(name):
    collecting.append(gc.isenabled())
    return import_module(name)
warming.import_module = watched
one.begin()
while jobs.running:
    app.processEvents()
assert one.done and gc.isenabled()
print("scipy.special" in sys.modules and "models.figures.ink" in sys.modules, any(collecting))
"""


def test_the_packages_of_the_first_curve_are_loaded_only_after_the_start_and_delete_no_widget_beside_it() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "True False"
