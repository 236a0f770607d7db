"""Writing a file whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from models.domain.errors import TrialError


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write beside the place and move there at once; what stood there before stays until then.

    `mode` says who may read the file.

    Raises:
        TrialError: the folder is missing or may not be written, or the disk is full.
    """
    draft = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(mode)
        os.replace(draft, path)
    except OSError as failure:
        if draft is not None:
            with contextlib.suppress(OSError):
                draft.unlink()
        why = failure.strerror or failure
        raise TrialError(f"{path} cannot be written: {why}. Choose another folder.") from failure
