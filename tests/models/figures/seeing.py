"""What a reader sees of a drawing: its words, and whether any cover each other or are cut."""

from itertools import combinations

from models.chart.patient_chart import PatientChart
from models.figures.cohort.standing import Standing
from models.figures.data import overview_content
from models.figures.ink import Ink
from models.figures.overview import draw
from models.figures.style import Drawing, DrawOptions

POINTS = 72
_SAME_LINE = 5.0


def overview(chart: PatientChart, options: DrawOptions, standing: Standing | None = None) -> Drawing:
    return draw(overview_content(chart), options, standing)


def _ink_of(drawing: Drawing) -> Ink:
    return next(artist for artist in drawing.figure.get_children() if isinstance(artist, Ink))


def words(drawing: Drawing) -> list[str]:
    return [text for *_, text in _ink_of(drawing).texts]


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of words on about the same line that share some width."""
    lines = sorted(_ink_of(drawing).texts, key=lambda text: text[2])
    return [
        (a[3], b[3])
        for a, b in combinations(lines, 2)
        if b[2] - a[2] < _SAME_LINE and min(a[1], b[1]) - max(a[0], b[0]) > 0.5
    ]


def cut(drawing: Drawing) -> list[str]:
    width, height = (side * POINTS for side in drawing.figure.get_size_inches())
    return [
        text
        for left, right, y, text in _ink_of(drawing).texts
        if left < -0.1 or right > width + 0.1 or not 0 <= y <= height
    ]
