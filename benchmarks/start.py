"""Starting the program until the Today page can be used, against a bare window. Whole processes, taken in turn."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Figure, paired, ratio
from benchmarks.studies import ROOT

ROUNDS = 15


def figure(study: Path) -> Figure:
    """Both warmed up once, so that their modules are compiled and in the system's cache, as on most days."""
    with TemporaryDirectory() as folder:
        settings = {"last_study": str(study), "actor": "Benchmark", "theme": "light"}
        Path(folder, "settings.json").write_text(json.dumps(settings), encoding="utf-8")
        environment = {**os.environ, "ALBATRACK_CONFIG": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # where it is set, no start would ever find compiled modules

        def ours() -> None:
            _run("benchmarks.started_window", environment)

        def bare() -> None:
            _run("benchmarks.bare_window", environment)

        return ratio("start", *paired(ours, bare, ROUNDS))


def _run(module: str, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", module], cwd=ROOT, env=environment, check=True)
