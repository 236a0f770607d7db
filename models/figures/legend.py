"""The legend above the curve: the quantity, the curves where there are several, and the forms that occur."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.figures.content import OverviewContent, PointState
from models.figures.curve import draw_marker, line_of, series_of
from models.figures.style import Style
from models.figures.words import series_name

if TYPE_CHECKING:
    from models.figures.ink import Ink

_FORMS = {
    PointState.QUANTIFIABLE: ("positive", "quantifiable"),
    PointState.NON_QUANTIFIABLE: ("non_quantifiable", "positive, non-quantifiable"),
    PointState.UNDETECTED: ("complete", "not detected, at its sensitivity"),
    PointState.NOT_EVALUABLE: ("not_evaluable", "not evaluable"),
}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A form, or where `series` is given a curve, with its words."""

    state: PointState
    colour: str
    words: str
    series: tuple[str, str] | None = None


def legend_entries(content: OverviewContent, style: Style) -> list[LegendEntry]:
    """The curves, where there are several, and the forms that occur."""
    series = series_of(content.points)
    entries = []
    if len(series) > 1:
        for key in series:
            entries.append(LegendEntry(PointState.QUANTIFIABLE, line_of(key, style)[0], series_name(*key), key))
    for state, (role, words) in _FORMS.items():
        if any(point.state is state for point in content.points):
            entries.append(LegendEntry(state, style[role], words))
    return entries


def draw_legend(
    ink: "Ink",
    content: OverviewContent,
    entries: Sequence[LegendEntry],
    style: Style,
    left: float,
    right: float,
    top: float,
) -> float:
    """Name the quantity and the entries; hand back the height used."""
    series = series_of(content.points)
    control = " or ".join(sorted({point.control_gene for point in content.points}))
    title = f"BCR::ABL1 / {control}" if control else "BCR::ABL1"
    title += f", {series_name(*series[0])}" if len(series) == 1 else ""
    line, title_size = style.font * 1.75, style.font * 1.08
    title_size *= min(1.0, (right - left) / ink.width(title, title_size, bold=True))
    baseline = top - style.font * 1.15
    ink.text(left, baseline, title, style["text"], title_size, bold=True)
    samples = [style.font * (2.1 if entry.series else 1.15) for entry in entries]
    widths = [s + ink.width(e.words, style.font) + style.font * 1.2 for s, e in zip(samples, entries, strict=True)]
    x = right + style.font * 1.2 - sum(widths)
    rows = 1
    if x < left + ink.width(title, title_size, bold=True) + style.font * 2:
        x, rows, baseline = left, 2, baseline - line
    for entry, sample, width in zip(entries, samples, widths, strict=True):
        if x > left and x + width > right + style.font * 1.2:
            x, rows, baseline = left, rows + 1, baseline - line
        _draw_sample(ink, entry, x, baseline + style.font * 0.34, sample, style)
        ink.text(x + sample, baseline, entry.words, style["muted"], style.font)
        x += width
    return rows * line + style.font * 0.3


def _draw_sample(ink: "Ink", entry: LegendEntry, x: float, y: float, sample: float, style: Style) -> None:
    length = sample - style.font * 0.35
    if entry.series:
        colour, thickness = line_of(entry.series, style)
        ink.line([(x, y), (x + length, y)], colour, thickness)
    blood = bool(entry.series and entry.series[1] == "BLOOD")
    draw_marker(ink, x + length / 2, y, entry.state, entry.colour, style, blood=blood)
