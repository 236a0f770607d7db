"""The work of making the demo study of this desk."""

import os
import tempfile
from pathlib import Path

from gui.jobs import Progress
from models.domain.clock import Clock
from models.domain.whole_files import OWNER_FOLDER


class Making:
    """Makes the demo beside its place and moves it there when it is whole. Runs on a worker thread."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """`path` is where it belongs; nothing is there yet."""
        self._path, self._clock = path, clock

    def __call__(self, progress: Progress) -> Path:
        """Make it; where `progress` says no, nothing is left behind."""
        from models.demo.study import build

        self._path.parent.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._path.parent, prefix="demo-") as folder:
            half_made = Path(folder, self._path.name)
            if build(half_made, clock=self._clock, progress=progress):
                os.replace(half_made, self._path)
        return self._path
