"""Rules over Python sources, each of which once cost somebody data or days."""

import ast
from collections.abc import Iterator
from pathlib import Path

from checks.problem import Problem

CLOCK = Path("models/domain/clock.py")
TEXT_HELPER = Path("models/reports/text.py")

BANNED_WIDGETS = {
    "QDateEdit": "cannot be empty and stores 2000-01-01; use the partial date edit",
    "QDateTimeEdit": "cannot be empty and stores 2000-01-01; use the partial date edit",
    "QDoubleSpinBox": "reads 0,02 as 2.0 under some languages; use the quantity edit",
    "QSpinBox": "cannot be empty and loses the text as typed; use the quantity edit",
}


def problems(file: Path, text: str) -> Iterator[Problem]:
    """What breaks these rules in a Python file, its path given from the project's folder."""
    for node in ast.walk(ast.parse(text)):
        for message in _messages(file, node):
            yield Problem(file, getattr(node, "lineno", 1), message)


def _messages(file: Path, node: ast.AST) -> Iterator[str]:
    name = _last_name(node)
    if name in BANNED_WIDGETS:
        yield f"{name} {BANNED_WIDGETS[name]}"
    if name in {"pyplot", "pylab"} or _imports_pyplot(node):
        yield "pyplot keeps every figure alive; build a matplotlib.figure.Figure"
    if isinstance(node, ast.Call):
        if _last_name(node.func) == "connect" and any(_is_short_lived(argument) for argument in node.args):
            yield "a lambda or partial in connect() keeps its widget alive for ever; connect a bound method"
        if _asks_the_time(node.func) and file != CLOCK:
            yield "the time comes from the study's clock, not from the system"
        if _last_name(node.func) == "Paragraph" and file != TEXT_HELPER:
            yield f"text goes on paper through {TEXT_HELPER}, which escapes it"


def _last_name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name
    return ""


def _imports_pyplot(node: ast.AST) -> bool:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    return any(name.startswith("matplotlib.") and name.split(".")[1] in {"pyplot", "pylab"} for name in names)


def _is_short_lived(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Lambda) or (
        isinstance(argument, ast.Call) and _last_name(argument.func) in {"partial", "partialmethod"}
    )


def _asks_the_time(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr in {"now", "today", "utcnow"}
        and _last_name(function.value) in {"date", "datetime"}
    )
