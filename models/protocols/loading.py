"""From a protocol file to a `Protocol`: read, checked, or refused with file, line and reason."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from models.domain.codelists import CTCAE_VERSION
from models.domain.errors import TrialError
from models.domain.genotype import IKZF1_RULES
from models.domain.resources import RESOURCES
from models.protocols import counting, sections
from models.protocols.checks import check
from models.protocols.model import Protocol
from models.protocols.table import Source, Table

FORMAT = 1
"""The version of the file format that this program reads."""

_AT_LINE = re.compile(r"(.*?)\s*\(at line (\d+), column (\d+)\)\Z", re.DOTALL)


class ShippedProtocol(NamedTuple):
    """A protocol file that comes with the program."""

    id: str
    acronym: str
    path: Path


def shipped_protocols() -> list[ShippedProtocol]:
    """The protocols that come with the program, by file name."""
    return [
        ShippedProtocol(protocol.id, protocol.acronym, path)
        for path in sorted((RESOURCES / "protocols").glob("*.toml"))
        for protocol in (load_protocol(path),)
    ]


def find_protocol(name: str) -> Protocol:
    """The protocol in the file of that path, or a shipped one by file name ("dalba"), id or acronym, in any case.

    Raises TrialError where there is neither, naming the shipped ones.
    """
    wanted = name.casefold()
    shipped = shipped_protocols()
    for one in shipped:
        if wanted in (one.path.stem.casefold(), one.id.casefold(), one.acronym.casefold()):
            return load_protocol(one.path)
    path = Path(name)
    if not path.exists():
        names = ", ".join(one.path.stem for one in shipped)
        raise TrialError(f"There is no protocol file “{name}”. These protocols come with AlbaTrack: {names}.")
    return load_protocol(path)


def load_protocol(path: Path) -> Protocol:
    """Read a protocol file (UTF-8).

    What cannot be read, is not complete or contradicts itself raises TrialError with file, line and reason.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as failure:
        raise TrialError(f"The protocol file {path} cannot be read: {failure.strerror or failure}.") from failure
    except UnicodeDecodeError as failure:
        line = failure.object.count(b"\n", 0, failure.start) + 1
        raise TrialError(f"{path.name}, line {line}: the file is not UTF-8 text. Save it as UTF-8.") from failure
    return parse_protocol(text, path.name)


def parse_protocol(text: str, name: str) -> Protocol:
    """Read the text of a protocol file; `name` is what refusals call it. The text is kept as `source_text`.

    What was read is kept: whoever signs in again opens the study with the same text.
    """
    return _parsed(text, name)


@lru_cache(maxsize=4)
def _parsed(text: str, name: str) -> Protocol:
    source = Source(name, text)
    root = Table(source, (), _toml(text, source))
    written = root.integer("format")
    if written != FORMAT:
        raise root.refusal("format", f"format {written} is not known. This program reads format {FORMAT}.")
    panels = sections.panels(root)
    protocol = Protocol(
        id=root.text("id"),
        version=root.text("version"),
        acronym=root.text("acronym"),
        title=root.text("title"),
        sponsor=root.text("sponsor"),
        registry_ids=root.texts("registry_ids"),
        day_one_phase=root.text("day_one_phase"),
        ctcae_version=root.one_of("ctcae_version", dict(CTCAE_VERSION.terms)),
        ikzf1_rule=root.one_of("ikzf1_rule", tuple(IKZF1_RULES)),
        drugs=sections.drugs(root),
        phases=sections.phases(root),
        visits=sections.visits(root, panels),
        criteria=sections.criteria(root),
        mrd=sections.mrd(root),
        clocks=sections.clocks(root),
        endpoints=sections.endpoints(root),
        panels=panels,
        settings=sections.settings(root),
        closing_days=root.integer("closing_days", 3),
        idle_lock_minutes=root.integer("idle_lock_minutes", 10, least=1),
        primary_landmark=root.text("primary_landmark", ""),
        analysis=counting.analysis(root),
        monitoring=counting.monitoring(root),
        source_text=text,
    )
    root.finish()
    check(root, protocol)
    return protocol


def _toml(text: str, source: Source) -> dict[str, Any]:
    try:
        return tomli.loads(text, parse_float=Decimal)
    except InvalidOperation as failure:
        raise source.refusal_at(1, "a number in the file is too large to read.") from failure
    except RecursionError as failure:
        raise source.refusal_at(1, "lists or tables are nested too deeply to read.") from failure
    except ValueError as failure:
        placed = _AT_LINE.match(str(failure))
        line = int(placed[2]) if placed else source.lines.last
        reason = placed[1] if placed else str(failure)
        raise source.refusal_at(line, f"not valid TOML: {reason}.") from failure
