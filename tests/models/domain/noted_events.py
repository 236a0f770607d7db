"""What the program can write into the audit trail as an event, read from its source: the acts and their details."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[3]
_PLACES: Mapping[str, int] = {".note": 0, "._note": 0, "note_event": 3, "_note": 4, ".keep_event": 1, ".tell_trail": 1}
"""The functions that write an event -> which of their arguments is the act; the details come next. A bare `note`
declares a field."""
_PAPERS = {"PrintNoting": 2}
"""What is told "printed" or "saved" of the paper that this argument names."""
_UNPACKED = {"printed": ("visit", "pages")}
"""Named tuples whose fields become details."""


class Unreadable(Exception):
    """An act or a detail that cannot be found out from the source."""


class Module(NamedTuple):
    """A module of the program: its tree and the texts that it names."""

    path: Path
    tree: ast.Module
    constants: Mapping[str, str]


class Call(NamedTuple):
    """A call that writes an event, in its function."""

    module: Module
    function: ast.FunctionDef
    call: ast.Call
    place: int


@cache
def _sources() -> Mapping[Path, str]:
    paths = sorted(path for part in ("models", "gui") for path in (ROOT / part).rglob("*.py"))
    return {path: path.read_text(encoding="utf-8") for path in paths}


@cache
def _parsed(path: Path) -> Module:
    tree = ast.parse(_sources()[path])
    named = (node for node in tree.body if isinstance(node, ast.Assign))
    texts = {
        target.id: node.value.value
        for node in named
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return Module(path, tree, texts)


def _modules(*words: str) -> Iterator[Module]:
    """The modules of the program in which one of these words stands."""
    yield from (_parsed(path) for path, text in _sources().items() if any(word in text for word in words))


@cache
def calls(*, papers: bool = False) -> tuple[Call, ...]:
    """Every call that writes an event, or that names a paper to be told of."""
    places = _PAPERS if papers else _PLACES
    return tuple(
        Call(module, function, call, place)
        for module in _modules(*(f"{name}(" for name in places))
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and 0 <= (place := places.get(_called(call), -1)) < len(call.args)
        if ast.unparse(call.func) != "found.note"  # a verification notes problems
    )


def acts() -> Iterator[str]:
    """The name of every event that the program can write."""
    papers = [act for call in calls(papers=True) for act in _texts(call, call.call.args[call.place])]
    for call in calls():
        yield from _texts(call, call.call.args[call.place], papers)


def details() -> Iterator[str]:
    """The name of every detail of one."""
    for call in calls():
        if call.place + 1 < len(call.call.args):
            yield from _keys(call.module, call.function, call.call.args[call.place + 1])


def _called(call: ast.Call) -> str:
    function = call.func
    return f".{function.attr}" if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _texts(call: Call, given: ast.expr, papers: Sequence[str] = ()) -> Iterator[str]:
    match given:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Name(id=name) if name in _parameters(call.function):
            pass  # whoever calls this function names the act
        case ast.Name(id=name) if values := tuple(_assigned(call.function, name)):
            for value in values:
                yield from _texts(call, value)
        case ast.Name(id=name):
            yield _constant(call.module, name)
        case ast.IfExp(body=body, orelse=other):
            yield from _texts(call, body)
            yield from _texts(call, other)
        case ast.Attribute(attr=name):
            for module, function, value in _returned(name, ("property",)):
                yield from _texts(Call(module, function, call.call, call.place), value)
        case ast.JoinedStr(values=[ast.Constant(value=str(paper)), ast.FormattedValue()]):
            yield from (f"{paper}{done}" for done in ("printed", "saved"))
        case ast.JoinedStr():
            yield from (f"{paper} {done}" for paper in papers for done in ("printed", "saved"))
        case _:
            raise Unreadable(f"{call.module.path}:{given.lineno}: {ast.unparse(given)}")


def _keys(module: Module, function: ast.FunctionDef, given: ast.expr) -> Iterator[str]:
    match given:
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if key is None:
                    yield from _keys(module, function, value)
                else:
                    assert isinstance(key, ast.Constant)
                    yield str(key.value)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _keys(module, function, value)
        case ast.IfExp(body=body, orelse=other):
            yield from _keys(module, function, body)
            yield from _keys(module, function, other)
        case ast.Call(func=ast.Attribute(attr="_asdict", value=value)):
            yield from _UNPACKED[ast.unparse(value).rpartition(".")[2]]
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            for where, returning, said in _returned(name):
                yield from _keys(where, returning, said)
        case ast.Attribute(attr=name):
            for where, returning, said in _returned(name, ("property",)):
                yield from _keys(where, returning, said)
        case ast.Name(id=name) if name in _parameters(function):
            pass
        case ast.Name(id=name):
            for value in _assigned(function, name):
                yield from _keys(module, function, value)
            yield from _added(function, name)
        case _:
            raise Unreadable(f"{module.path}:{given.lineno}: {ast.unparse(given)}")


def _returned(name: str, decorated: Sequence[str] = ()) -> Iterator[tuple[Module, ast.FunctionDef, ast.expr]]:
    """What the function or the property of that name returns."""
    for module in _modules(f"def {name}("):
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef) and function.name == name:
                if tuple(map(ast.unparse, function.decorator_list)) != decorated:
                    continue
                for node in ast.walk(function):
                    if isinstance(node, ast.Return) and node.value is not None:
                        yield module, function, node.value


def _parameters(function: ast.FunctionDef) -> frozenset[str]:
    given = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    looped = (node.target for node in ast.walk(function) if isinstance(node, ast.For))
    return frozenset(given | {node.id for target in looped for node in ast.walk(target) if isinstance(node, ast.Name)})


def _assigned(function: ast.FunctionDef, name: str) -> Iterator[ast.expr]:
    """What a local name stands for."""
    for node in ast.walk(function):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            assert isinstance(node, ast.Assign)
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=True)
                yield from (value for one, value in pairs if isinstance(one, ast.Name) and one.id == name)
            elif isinstance(target, ast.Name) and target.id == name:
                yield node.value
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == name:
            assert node.value is not None
            yield node.value


def _added(function: ast.FunctionDef, name: str) -> Iterator[str]:
    """The keys that are put into a local dictionary one by one."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=known), slice=ast.Constant(value=str(key)))]):
                if known == name:
                    yield key
            case _:
                pass


def _constant(module: Module, name: str) -> str:
    if name in module.constants:
        return module.constants[name]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == name for alias in node.names):
            source = ROOT / f"{(node.module or '').replace('.', '/')}.py"
            return _parsed(source).constants[name]
    raise Unreadable(f"{module.path}: {name}")
