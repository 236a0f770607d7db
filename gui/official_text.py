"""NCI's own wording of CTCAE, where it was imported at this desk: one file a version beside the desk's settings."""

from functools import lru_cache
from pathlib import Path

from models.domain.errors import TrialError
from models.domain.whole_files import OWNER_FOLDER
from models.exchange import ctcae_workbook
from models.exchange.ctcae_workbook import CtcaeWorkbook, OfficialTerm


def official_file(folder: Path, version: str) -> Path:
    """Where the text of a version is kept, below the folder of the desk's settings."""
    return folder / f"ctcae-{version}.json"


def official_text(folder: Path, version: str) -> CtcaeWorkbook | None:
    """The text imported for a version; None where there is none, or none that can be read any more."""
    path = official_file(folder, version)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, TrialError):
        return None


def official_term(folder: Path, version: str, name: str) -> OfficialTerm | None:
    """One term in NCI's words; None where they are not held."""
    text = official_text(folder, version)
    return text.term(name) if text else None


def keep_official_text(folder: Path, text: CtcaeWorkbook) -> None:
    """Keep an imported text in place of an earlier one; TrialError where it cannot be written."""
    try:
        folder.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
    except OSError as problem:
        raise TrialError(f"{folder} cannot be made: {problem.strerror}.") from problem
    text.save(official_file(folder, text.version))
    _read.cache_clear()  # two files of one moment look alike


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> CtcaeWorkbook:
    return ctcae_workbook.load(path)
