"""Malformed input into everything that reads: a finding or one plain sentence, never a traceback or half a file."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from models.chart.molecular import rules
from models.domain.date_notation import read_partial_date
from models.domain.errors import TrialError
from models.domain.notation import Desk, read_quantity
from models.domain.range_notation import read_range
from models.exchange import classify_csv, grade_csv, survival_csv
from models.exchange.ctcae_workbook import read_workbook
from models.persistence.backup_manifest import MANIFEST, backups_in
from models.persistence.keys.keyring_text import parse_keyring
from models.persistence.keys.recovery_key import read_recovery_key
from models.protocols.loading import find_protocol, parse_protocol
from models.reports.raster import one_page
from tests.torture.entered import Entered, edits
from tests.torture.ground import CLOCK, keys_of, make_study, open_study
from tests.torture.hostile_texts import TEXTS
from tests.torture.outcome import Outcome, require
from tests.torture.searching import Target, searched

_UNITS = ((), ("copies",), ("%", "copies"), ("mg/dL", "µmol/L"), ("10^9/L", "/µL"))
_NUMBERS = ("0", "-1", "1e9", "1,5", "0.02", "45%", "<5", "٣", "1E400", "nan", "inf", "0x10", "1_000", "1 000", "1'000")
_HEADER = ("SOC", "CTCAE v6.0 Term", *(f"Grade {grade}" for grade in range(1, 6)), "Definition")


def run(count: int, seed: int, folder: Path, most_seconds: float = float("inf")) -> Outcome:
    """Feed every reader its share of `count` examples; the time that one leaves over goes to those that follow."""
    study = make_study(folder)
    entered = Entered(study)
    targets = (
        Target("typed numbers, dates and ranges", st.one_of(_texts(), st.sampled_from(_NUMBERS)), _typed, 40),
        Target("files to classify", _csv(classify_csv.COLUMNS), _file(folder, _classify), 10),
        Target("files to grade", _csv(grade_csv.COLUMNS), _file(folder, _grade), 10),
        Target("files of follow-up times", _csv((*survival_csv.COLUMNS, "group")), _file(folder, _survival), 10),
        Target("CTCAE workbooks", _workbooks(), _file(folder, _workbook), 3),
        Target("keyrings", st.one_of(_mangled(_keyring(folder)), st.binary(), _documents()), _parse_keyring, 10),
        Target("protocol files", _protocols(), _protocol, 3),
        Target("what backups say of themselves", *_manifests(study), 2),
        Target("papers to look at", st.one_of(_mangled(_paper()), st.binary()), _look_at, 2),
        Target("values of every form", edits(), entered.check, 10),
    )
    outcomes, left, shares = [], most_seconds, sum(target.share for target in targets)
    try:
        for target in targets:
            examples = max(count * target.share // 100, 1)
            outcomes.append(searched(target, examples, seed, left * target.share / shares))
            left, shares = left - outcomes[-1].seconds, shares - target.share
    finally:
        entered.close()
    return Outcome(
        sum(outcome.count for outcome in outcomes),
        {words: number for outcome in outcomes for words, number in outcome.endings.items()},
        tuple(failure for outcome in outcomes for failure in outcome.failures),
        sum(outcome.seconds for outcome in outcomes),
    )


# ---- what is fed


def _texts() -> SearchStrategy[str]:
    return st.one_of(
        st.text(max_size=30),
        st.text("0123456789.,-+<>=/' eE%x*µLgdj", max_size=20),
        st.sampled_from([text for text in TEXTS.values() if len(text) < 1000]),
    )


def _csv(columns: Sequence[str]) -> SearchStrategy[bytes]:
    """Files with the right header and wild cells, the same with some bytes changed, and any bytes at all."""
    cells = st.one_of(_texts(), st.sampled_from(_NUMBERS), st.sampled_from(("p190", "bone marrow", "ALT", "U/L", "1")))
    rows = st.lists(st.lists(cells, min_size=len(columns), max_size=len(columns)), max_size=4)
    plain = st.builds(lambda rows: _lines([columns, *rows]), rows)
    return st.one_of(plain, plain.flatmap(_mangled), st.binary(max_size=200))


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    import csv

    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8", "replace")


@st.composite
def _mangled(draw: st.DrawFn, content: bytes) -> bytes:
    """The content with a few bytes replaced, cut out or put in."""
    mangled = bytearray(content)
    for _ in range(draw(st.integers(0, 4))):
        # Not drawn within the length, which may differ from run to run: an archive holds the time it was made.
        start = draw(st.integers(0, 2**20)) % (len(mangled) + 1)
        mangled[start : start + draw(st.integers(0, 8))] = draw(st.binary(max_size=8))
    return bytes(mangled)


def _workbooks() -> SearchStrategy[bytes]:
    return st.one_of(
        st.lists(st.lists(st.one_of(_texts(), st.none(), st.integers(), st.floats()), max_size=9), max_size=4)
        .map(_book)
        .flatmap(_mangled),
        st.lists(st.tuples(st.sampled_from(sorted(_parts())), _texts()), max_size=3).map(_archive),
    )


def _book(rows: Sequence[Sequence[object]]) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active.append(_HEADER)
    for row in rows:
        workbook.active.append(
            ["".join(filter(str.isprintable, cell)) if isinstance(cell, str) else cell for cell in row]
        )
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@cache
def _parts() -> Mapping[str, bytes]:
    """The files inside an empty workbook."""
    with zipfile.ZipFile(io.BytesIO(_book([]))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _archive(replaced: Sequence[tuple[str, str]]) -> bytes:
    """A workbook of which some parts hold any text."""
    instead, stream = {name: text.encode() for name, text in replaced}, io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in {**_parts(), **instead}.items():
            made.writestr(name, content)
    return stream.getvalue()


def _manifests(study: Path) -> tuple[SearchStrategy[bytes], Callable[[bytes], None]]:
    """What a backup says of itself with a few of its facts replaced; and the list of backups that reads it."""
    with open_study(study) as opened:
        path = opened.backups.make().backup.path / MANIFEST
    keys, known = keys_of(study), json.loads(path.read_bytes())
    odd = st.one_of(_leaves(), st.sampled_from(("\ud800", "9999-12-31T23:59:59+23:59", 10**400)), st.lists(_leaves()))
    changed = st.dictionaries(st.sampled_from(sorted(known)), odd, max_size=3)

    def check(content: bytes) -> None:
        path.write_bytes(content)
        backups_in(path.parents[1], keys)

    return changed.map(lambda facts: json.dumps({**known, **facts}).encode()), check


@cache
def _paper() -> bytes:
    """A small PDF of one page."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(60, 40), pageCompression=0)
    canvas.drawString(5, 20, "Report")
    canvas.save()
    return stream.getvalue()


def _keyring(folder: Path) -> bytes:
    return (folder / "study.albatrack" / "keyring.json").read_bytes()


def _leaves() -> SearchStrategy[Any]:
    return st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8))


def _documents() -> SearchStrategy[bytes]:
    return st.recursive(
        _leaves(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ).map(lambda content: json.dumps(content).encode())


@st.composite
def _protocols(draw: st.DrawFn) -> str:
    """The shipped protocol with some lines removed, doubled, moved, or given another value."""
    lines = find_protocol("dalba").source_text.splitlines()
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(lines) - 1))
        how = draw(st.integers(0, 4))
        if how == 0:
            del lines[place]
        elif how == 1:
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines[place])
        elif how == 2:
            lines[place] = draw(_texts())
        else:
            name, mark, _ = lines[place].partition("=")
            lines[place] = f"{name}{mark} {draw(_values())}"
    return "\n".join(lines)


def _values() -> SearchStrategy[str]:
    words = st.text(max_size=10).map(json.dumps)
    lists = st.lists(words, max_size=2).map(lambda found: f"[{', '.join(found)}]")
    others = st.sampled_from(("true", "{}", "[]", "2026-01-01", "[[]]", "1e999", '""', "{ min = -1 }"))
    return st.one_of(words, st.integers().map(str), st.floats().map(str), lists, others)


# ---- what is fed with it


def _typed(text: str) -> None:
    """Everything that reads what a person types into a field."""
    for desk in Desk:
        for units in _UNITS:
            with suppress(TrialError):
                read_quantity(text, units, desk)
            with suppress(TrialError):
                read_range(text, units, desk)
        with suppress(TrialError):
            read_partial_date(text, desk, CLOCK.today())
    with suppress(TrialError):
        read_recovery_key(text)


def _file(folder: Path, read: Callable[[Path, Path], Any]) -> Callable[[bytes], None]:
    """Reads a file; where it is refused, nothing was written."""
    source, target = folder / "ctcae v6.0 in", folder / "out.csv"

    def check(content: bytes) -> None:
        source.write_bytes(content)
        target.unlink(missing_ok=True)
        try:
            read(source, target)
        except TrialError as refusal:
            require(str(refusal).strip().endswith("."), f"no sentence: {refusal}")
            require(not target.exists(), "a file was written although it was refused")
        require(not list(folder.glob(".*.part")), "a part of a file was left behind")

    return check


def _classify(source: Path, target: Path) -> None:
    classify_csv.classify_file(source, target, rules(find_protocol("dalba").mrd))


def _grade(source: Path, target: Path) -> None:
    grade_csv.grade_file(source, target, "5.0")


def _survival(source: Path, _target: Path) -> None:
    json.dumps(survival_csv.survival_file(source), allow_nan=False)


def _workbook(source: Path, target: Path) -> None:
    read_workbook(source).save(target)


def _parse_keyring(content: bytes) -> None:
    with suppress(TrialError):
        parse_keyring(content, Path("keyring.json"))


def _look_at(content: bytes) -> None:
    with suppress(TrialError):
        one_page(content, 1, 72)


def _protocol(text: str) -> None:
    with suppress(TrialError):
        parse_protocol(text, "protocol.toml")
