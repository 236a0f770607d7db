"""How closely a paper is set: roomy where there is room, closer before a few lines spill onto a second page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The measures of a paper, in points, and how much it lays side by side.

    `text` is the size of running text and of table cells; `above`, `below` and `side` what a table cell keeps free over
    and under it and beside it; `gap` what stands before a heading; `sign` the room to sign in. `results` is how many
    MRD results are listed (the drawing shows all), `groups` how many groups of laboratory columns stand side by side.
    `figure` is the least height at which the drawing is still read well in this arrangement.
    """

    text: float
    above: float
    below: float
    side: float
    gap: float
    sign: float
    results: int
    groups: int
    figure: float


ROOMY = Arrangement(text=7.6, above=1.7, below=2.6, side=3, gap=7.5, sign=26, results=6, groups=2, figure=190)
CLOSE = Arrangement(text=7.0, above=1.0, below=1.7, side=3, gap=5.5, sign=22, results=4, groups=2, figure=165)
CLOSEST = Arrangement(text=6.6, above=0.7, below=1.3, side=2, gap=4.5, sign=20, results=3, groups=3, figure=150)
ARRANGEMENTS = (ROOMY, CLOSE, CLOSEST)
"""In the order in which they are tried. No text is smaller than 6.5 points: below that, paper is hard to read."""
