"""How a drawing is asked for, and the sizes and colours that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import hypot
from typing import TYPE_CHECKING, Literal

from models.domain.date_notation import write_date
from models.domain.notation import Desk, write_number
from models.domain.palette import SCHEMES
from models.domain.partial_dates import PartialDate

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Scheme = Literal["light", "dark", "paper"]

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class DrawOptions:
    """What the reader chose.

    `axis` labels the time axis with study days or with dates. `span` zooms to the study days from first to last.
    `font_scale` 1 is the size for a screen of 96 pixels to the inch.
    """

    axis: Literal["days", "dates"] = "days"
    span: tuple[int, int] | None = None
    width_inch: float = 9.0
    height_inch: float = 4.2
    scheme: Scheme = "light"
    font_scale: float = 1.0
    desk: Desk = Desk.ENGLISH


@dataclass(frozen=True, slots=True)
class Style:
    """Colours by role, and lengths in points."""

    colours: Mapping[str, str]
    font: float
    desk: Desk

    @classmethod
    def of(cls, options: DrawOptions) -> "Style":
        """The style that the options ask for."""
        return cls(SCHEMES[options.scheme], 7.9 * options.font_scale, options.desk)

    @property
    def small(self) -> float:
        """The size of the words inside bars and bands."""
        return self.font * 0.92

    @property
    def row(self) -> float:
        """The height of a lane."""
        return self.font * 1.85

    @property
    def radius(self) -> float:
        """The radius of a point of the curve."""
        return self.font * 0.42

    def __getitem__(self, role: str) -> str:
        """The colour of a role."""
        return self.colours[role]

    def number(self, value: Decimal) -> str:
        """A number as this desk writes it."""
        return write_number(value, self.desk)

    def day(self, value: date) -> str:
        """A date as this desk writes it."""
        return write_date(PartialDate.from_date(value), self.desk)

    def percent(self, value: Decimal) -> str:
        """A percentage as this desk writes it."""
        return f"{self.number(value)}\N{NO-BREAK SPACE}%"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place on the drawing that stands for a record: a rectangle in points from the lower left corner.

    `lines` name it; `kind` and `record_id` open it. `code` names a visit, of which there is perhaps no record yet.
    """

    left: float
    bottom: float
    right: float
    top: float
    kind: str
    record_id: int
    lines: tuple[str, ...]
    code: str = ""

    def distance(self, x: float, y: float) -> float:
        """How far a place lies from it, 0 inside."""
        aside = max(self.left - x, 0.0, x - self.right)
        above = max(self.bottom - y, 0.0, y - self.top)
        return hypot(aside, above)


@dataclass(frozen=True)
class Drawing:
    """A figure that is not bound to any window, and the places on it, in points; later ones lie above earlier ones."""

    figure: "Figure"
    hits: tuple[Hit, ...]
