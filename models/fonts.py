"""The one typeface of window, figures and paper: DejaVu Sans, out of matplotlib's own files.

It covers accents, Greek, Cyrillic, superscripts and arrows, and comes with a package that is pinned by hash, so that
the same record prints the same page on every machine, whatever fonts that has (docs/decisions/0002-fonts.md).
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from models.domain.errors import TrialError

FAMILY = "DejaVu Sans"

Style = Literal["regular", "bold", "oblique", "bold-oblique"]

_FILES: dict[Style, str] = {
    "regular": "DejaVuSans.ttf",
    "bold": "DejaVuSans-Bold.ttf",
    "oblique": "DejaVuSans-Oblique.ttf",
    "bold-oblique": "DejaVuSans-BoldOblique.ttf",
}


@cache
def font_file(style: Style = "regular") -> Path:
    """The TrueType file of that style, found without importing matplotlib.

    Raises:
        TrialError: the installation is not whole.
    """
    package = find_spec("matplotlib")
    for folder in (package and package.submodule_search_locations) or ():
        file = Path(folder, "mpl-data", "fonts", "ttf", _FILES[style])
        if file.is_file():
            return file
    raise TrialError(f"The font file {_FILES[style]} is missing: AlbaTrack has to be installed again.")
