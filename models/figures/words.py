"""What the drawing says in words: series, tooltips, spans."""

from decimal import ROUND_CEILING, Decimal

from models.domain.capitals import upper_first
from models.domain.codelists import SPECIMEN
from models.domain.molecular.classification import PLOT_UNDETECTED, Classification
from models.domain.molecular.logs import significant
from models.domain.notation import Desk, with_unit, write_number
from models.figures.content import DoseBar, EventBar, Mark, MrdPoint, PhaseBand, PointState, Span, VisitMark
from models.figures.style import Style
from models.figures.timeline_axis import TimeAxis


def series_name(transcript: str, specimen: str) -> str:
    """The name of a curve, as "p190, bone marrow"."""
    return f"{transcript}, {SPECIMEN.label(specimen).lower()}"


def point_lines(point: MrdPoint, axis: TimeAxis, style: Style) -> tuple[str, ...]:
    """What a point of the curve says under the mouse."""
    lines = [
        " · ".join(part for part in (point.visit, axis.written(point.date, style)) if part),
        f"{series_name(point.transcript, point.specimen)}: {ratio_words(point, style)}",
        f"{upper_first(point.mrd_class)} (European terms: {point.european_class})",
    ]
    if point.target_copies and point.control_copies:
        target, control = point.target_copies, point.control_copies
        lines.append(f"{_copies(target.value, '', style)} in {_copies(control.value, 'control ', style)}")
    if point.log_reduction:
        reduction = point.log_reduction
        lines.append(f"Log reduction {reduction.qualifier}{style.number(reduction.value)}")
    return tuple(lines)


def _copies(number: Decimal, of: str, style: Style) -> str:
    return f"{style.number(number)} {of}{'copy' if number == 1 else 'copies'}"


def ratio_words(point: MrdPoint, style: Style) -> str:
    """A result as a ratio, or as what stands in its place."""
    limit = style.percent(upper_limit(point.drawn_percent)) if point.drawn_percent else ""
    if point.state is PointState.NOT_EVALUABLE:
        return "not evaluable"
    if point.state is PointState.UNDETECTED:
        return f"not detected, sensitivity {limit}" if limit else "not detected, sensitivity not known"
    if point.state is PointState.NON_QUANTIFIABLE:
        return f"positive, non-quantifiable, limit {limit}" if limit else "positive, non-quantifiable"
    return point.qualifier + style.percent(significant(point.percent, 3)) if point.percent is not None else "no ratio"


def span_words(span: Span, axis: TimeAxis, style: Style) -> str:
    """From when to when, saying where a date is only partly known."""
    words = f"from {axis.written(span.first, style)}"
    if not span.end_known:
        return f"{words}, end not known"
    words += ", ongoing" if span.ongoing else f" to {axis.written(span.last, style)}"
    return words if span.exact else f"{words} at the widest: a date is not fully known"


def dose_words(bar: DoseBar, style: Style) -> str:
    """A dose with its unit, or that it was held."""
    if bar.held:
        return "held"
    return with_unit(style.number(bar.dose.value), bar.dose.unit) if bar.dose else "dose not recorded"


def dose_lines(drug: str, bar: DoseBar, axis: TimeAxis, style: Style) -> tuple[str, ...]:
    """What a dose says under the mouse."""
    lines = (f"{drug}: {dose_words(bar, style)}", span_words(bar.span, axis, style))
    return (*lines, bar.reason) if bar.reason else lines


def event_lines(event: EventBar, axis: TimeAxis, style: Style) -> tuple[str, ...]:
    """What an adverse event says under the mouse."""
    grade = f"grade {event.worst}" if event.worst else "not graded"
    serious = ", serious" if event.serious else ""
    lines = (f"{event.term}, {grade}{serious}", span_words(event.span, axis, style))
    if len(event.steps) < 2:
        return lines
    return (*lines, *(f"Grade {step} since {axis.written(day, style)}" for day, step in event.steps))


def visit_lines(visit: VisitMark, axis: TimeAxis, style: Style) -> tuple[str, ...]:
    """What a visit says under the mouse."""
    lines = [f"{visit.label}: {visit.state.value}"]
    if visit.date:
        lines.append(upper_first(axis.written(visit.date, style)))
    if visit.opens and visit.closes:
        lines.append(f"Window {axis.written(visit.opens, style)} to {axis.written(visit.closes, style)}")
    return (*lines, visit.note) if visit.note else tuple(lines)


def phase_lines(phase: PhaseBand, axis: TimeAxis, style: Style) -> tuple[str, ...]:
    """What a phase says under the mouse."""
    return (phase.label, span_words(phase.span, axis, style))


def mark_lines(mark: Mark, axis: TimeAxis, style: Style) -> tuple[str, ...]:
    """What a marked day says under the mouse."""
    return (mark.label, upper_first(axis.written(mark.date, style)))


def ratio_figures(result: Classification, desk: Desk) -> str:
    """The ratio in percent as a table shows it: the limit of an undetected result, a dash where none is known."""
    if result.plot_kind == PLOT_UNDETECTED and result.sensitivity_percent:
        return f"<{write_number(upper_limit(result.sensitivity_percent), desk)}"
    if result.percent is None:
        return "\N{EN DASH}"
    return f"{result.ratio_qualifier}{write_number(significant(result.percent, 3), desk)}"


def upper_limit(percent: Decimal) -> Decimal:
    """A limit with two significant digits, rounded up so that "below" stays true."""
    return percent.quantize(Decimal(1).scaleb(percent.adjusted() - 1), ROUND_CEILING)
