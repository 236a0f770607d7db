"""A matplotlib figure on a ReportLab page, as vectors and real text: sharp at any size, and found by a search."""

from typing import TYPE_CHECKING, Any, Literal, cast

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, Transform
from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from models.reports.text import BOLD, REGULAR, load_fonts, plain, width

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from reportlab.pdfgen.canvas import Canvas

_POINTS_PER_INCH = 72
_BOLD_FROM = 600
_NON_ZERO = 1
"""ReportLab's code of the rule by which matplotlib, too, tells the inside of a path."""


class VectorFigure(Flowable):  # type: ignore[misc]
    """A figure at its own size."""

    def __init__(self, figure: "Figure") -> None:
        """Take over the figure; it is drawn without its background."""
        super().__init__()
        load_fonts()
        figure.set_dpi(_POINTS_PER_INCH)
        figure.patch.set_visible(False)
        self._figure = figure
        self.width = figure.get_figwidth() * _POINTS_PER_INCH
        self.height = figure.get_figheight() * _POINTS_PER_INCH

    def wrap(self, *_available: float) -> tuple[float, float]:
        """The size, in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Put the figure onto the canvas."""
        self._figure.draw(CanvasRenderer(self.canv, self.width, self.height))


class CanvasRenderer(RendererBase):
    """Translates matplotlib's drawing into ReportLab's. One unit is a point, the origin is the lower left corner."""

    writes_text = True

    def __init__(self, canvas: "Canvas", width: float, height: float) -> None:
        """Draw at the canvas's present origin."""
        super().__init__()
        self._canvas, self._size = canvas, (width, height)

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: ANN401 - matplotlib's own union of colour types
    ) -> None:
        """Fill and stroke a path."""
        stroke, fill = gc.get_linewidth() > 0, rgbFace is not None
        if not (stroke or fill):
            return
        canvas = self._canvas
        canvas.saveState()
        self._clip(gc)
        if stroke:
            canvas.setLineWidth(gc.get_linewidth())
            canvas.setStrokeColor(_colour(gc.get_rgb(), gc))
            canvas.setLineCap({"butt": 0, "round": 1, "projecting": 2}[gc.get_capstyle()])
            canvas.setLineJoin({"miter": 0, "round": 1, "bevel": 2}[gc.get_joinstyle()])
            offset, pattern = cast("tuple[float, list[float] | None]", gc.get_dashes())
            if pattern is not None:
                canvas.setDash(list(pattern), offset)
        if fill:
            canvas.setFillColor(_colour(rgbFace, gc))
        canvas.drawPath(self._traced(path, transform), stroke=int(stroke), fill=int(fill), fillMode=_NON_ZERO)
        canvas.restoreState()

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: "FontProperties",
        angle: float,
        ismath: bool | Literal["TeX"] = False,
        mtext: Any = None,  # noqa: ANN401
    ) -> None:
        """Write text with the page's own fonts."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillColor(_colour(gc.get_rgb(), gc))
        canvas.setFont(_face(prop), prop.get_size_in_points())
        canvas.translate(x, y)
        if angle:
            canvas.rotate(angle)
        canvas.drawString(0, 0, plain(s))
        canvas.restoreState()

    def get_text_width_height_descent(
        self, s: str, prop: "FontProperties", ismath: bool | Literal["TeX"]
    ) -> tuple[float, float, float]:
        """The box of a text by the metrics of the font that draws it."""
        size = prop.get_size_in_points()
        return width(plain(s), size, bold=_face(prop) == BOLD), size * 0.93, size * 0.2

    def flipy(self) -> bool:
        """The origin is below, as in PDF."""
        return False

    def get_canvas_width_height(self) -> tuple[float, float]:
        """The size of the figure in points."""
        return self._size

    def _clip(self, gc: GraphicsContextBase) -> None:
        box: Bbox | None = gc.get_clip_rectangle()
        if box is not None:
            area = self._canvas.beginPath()
            area.rect(box.x0, box.y0, box.width, box.height)
            self._canvas.clipPath(area, stroke=0, fill=0)
        path, transform = gc.get_clip_path()
        if path is not None:
            outline = self._traced(cast("Path", path), transform or Affine2D())
            self._canvas.clipPath(outline, stroke=0, fill=0)

    def _traced(self, path: Path, transform: Transform) -> Any:  # noqa: ANN401 - ReportLab is untyped
        traced = self._canvas.beginPath()
        here = (0.0, 0.0)
        for points, code in path.iter_segments(transform, simplify=False):
            if code == Path.MOVETO:
                traced.moveTo(*points)
            elif code == Path.LINETO:
                traced.lineTo(*points)
            elif code == Path.CURVE3:
                traced.curveTo(*_cubic(here, points))
            elif code == Path.CURVE4:
                traced.curveTo(*points)
            elif code == Path.CLOSEPOLY:
                traced.close()
            here = (points[-2], points[-1])
        return traced


def _cubic(start: tuple[float, float], quadratic: Any) -> tuple[float, ...]:  # noqa: ANN401 - an array of four
    """The control points and end of the cubic curve that equals a quadratic one; PDF knows only cubic ones."""
    (x0, y0), (cx, cy, x1, y1) = start, quadratic
    return x0 + 2 * (cx - x0) / 3, y0 + 2 * (cy - y0) / 3, x1 + 2 * (cx - x1) / 3, y1 + 2 * (cy - y1) / 3, x1, y1


def _face(prop: "FontProperties") -> str:
    weight = prop.get_weight()
    bold = weight in ("bold", "semibold", "heavy", "black") or (isinstance(weight, int) and weight >= _BOLD_FROM)
    return BOLD if bold else REGULAR


def _colour(rgba: Any, gc: GraphicsContextBase) -> Color:  # noqa: ANN401 - matplotlib's own union of colour types
    alpha = gc.get_alpha() if gc.get_forced_alpha() else rgba[3] if len(rgba) > 3 else 1.0
    return Color(rgba[0], rgba[1], rgba[2], alpha=alpha)
