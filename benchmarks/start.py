"""Starting the program until the Today page can be used, against a bare window. Whole processes, taken in turn."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Figure, seconds
from benchmarks.studies import ROOT

ROUNDS = 15


def figure(study: Path) -> Figure:
    """All warmed up once, so that their modules are compiled and in the system's cache, as on most days."""
    with TemporaryDirectory() as folder:
        settings = {"last_study": str(study), "theme": "light"}
        Path(folder, "settings.json").write_text(json.dumps(settings), encoding="utf-8")
        environment = {**os.environ, "ALBATRACK_CONFIG": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # where it is set, no start would ever find compiled modules
        programs = (
            ("benchmarks.started_window",),
            ("benchmarks.bare_window",),
            ("benchmarks.bare_window", "database-first"),
        )

        def run(program: tuple[str, ...]) -> float:
            command = [sys.executable, "-m", *program]
            return seconds(lambda: subprocess.run(command, cwd=ROOT, env=environment, check=True))

        rounds = [[run(program) for program in programs] for _ in range(ROUNDS + 1)][1:]
    ours, bare, database_first = (statistics.median(times) for times in zip(*rounds, strict=True))
    detail = (
        f"{ours * 1000:.0f} ms against {bare * 1000:.0f} ms; "
        f"{ours / database_first:.2f} x against a bare window that imports SQLAlchemy before PySide6"
    )
    return Figure("start", ours / bare, detail)
