"""The memory of the window with a patient open, read from a process of its own."""

import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Figure
from benchmarks.studies import ROOT

_STATUS = Path("/proc/self/status")


def figure(study: Path) -> Figure:
    """Resident memory after Today and Patients have been read and a patient has been opened."""
    if not _STATUS.exists():
        return Figure("memory", None, "this system does not tell a process how much memory it has")
    run = subprocess.run(
        [sys.executable, "-m", __name__, str(study)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    now, peak = (float(words) for words in run.stdout.split())
    return Figure("memory", now, f"peak {peak:.0f} MB while the lists of all patients were read")


def _megabytes() -> tuple[float, float]:
    """Resident memory of this process now, and the most it ever had."""
    facts = dict(row.split(":", 1) for row in _STATUS.read_text(encoding="utf-8").splitlines())
    now, peak = (int(facts[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, peak


def main(study: Path) -> None:
    """Open the window, show what a person sees on the way to a patient, and print the memory in megabytes."""
    from PySide6.QtWidgets import QApplication

    from benchmarks.opening import open_patient
    from benchmarks.painting import process_until
    from benchmarks.window import open_window

    app = QApplication([])
    with open_window(study) as workspace:
        workspace.open_page("patients")
        process_until(lambda: not workspace.jobs.running)
        open_patient(workspace, workspace.study.enrolled()[16])
        print(*_megabytes())
    app.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
