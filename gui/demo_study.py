"""The work of making the demo study of this desk."""

import os
import tempfile
from pathlib import Path

from gui.jobs import Progress
from models.domain.clock import Clock
from models.domain.errors import TrialError
from models.domain.whole_files import OWNER_FOLDER


class Making:
    """Makes the demo beside its place and moves it there when it is whole. Runs on a worker thread."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """`path` is where it belongs; nothing is there yet."""
        self._path, self._clock = path, clock

    def __call__(self, progress: Progress) -> Path:
        """Make it; where `progress` says no, nothing is left behind."""
        place = self._path.parent
        try:
            place.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=place, prefix="demo-") as folder:
                self._make(Path(folder, self._path.name), progress)
        except OSError as fault:
            why = (fault.strerror or str(fault)).lower()
            raise TrialError(
                f"The demo study could not be made in {place}: {why}. Make sure that its disk has space and can be "
                "written."
            ) from fault
        return self._path

    def _make(self, half_made: Path, progress: Progress) -> None:
        from models.demo.study import build

        if build(half_made, clock=self._clock, progress=progress):
            os.replace(half_made, self._path)
