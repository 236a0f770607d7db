"""Arithmetic on ratios: exact decimals under one stated precision, independent of the thread's own context."""

from decimal import MAX_EMAX, MIN_EMIN, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

_CONTEXT = Context(prec=28, Emax=MAX_EMAX, Emin=MIN_EMIN)
_HUNDREDTH = Decimal("0.01")
# Logs need fewer digits, which take less time; the step lies above the noise of the last of them, so that from 0.02 to
# 0.2 is one log and not a shade less.
_LOGS = Context(prec=18, Emax=MAX_EMAX, Emin=MIN_EMIN)
_STEADY = Decimal("1E-12")
LOG_UNIT = "log10"


def divide(a: Decimal, b: Decimal) -> Decimal:
    """`a` by `b`; `b` is not zero."""
    return _CONTEXT.divide(a, b)


def times(a: Decimal, b: Decimal) -> Decimal:
    """`a` times `b`."""
    return _CONTEXT.multiply(a, b)


def logs_between(higher: Decimal, lower: Decimal) -> Decimal:
    """How many powers of ten lie between two ratios; negative where the first is the lower. Both are above zero."""
    return _LOGS.log10(divide(higher, lower)).quantize(_STEADY, context=_CONTEXT)


def rounded_logs(logs: Decimal, *, lower_limit: bool) -> Decimal:
    """Two decimals, finer than any assay. A lower limit is rounded down, so that ">" stays true."""
    return logs.quantize(_HUNDREDTH, ROUND_FLOOR if lower_limit else ROUND_HALF_EVEN)


def significant(value: Decimal, digits: int) -> Decimal:
    """`value` rounded to that many significant digits, without trailing zeros behind the decimal mark."""
    return Decimal(f"{Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN).plus(value).normalize():f}")
