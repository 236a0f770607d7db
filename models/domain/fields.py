"""How a field of the record is declared: once, with everything that forms, tables, paper and exports need to know.

A record kind is a frozen dataclass whose attributes are declared with the functions of this module (`date`,
`quantity`, `choice` ...). The declaration gives the field its label, help, type, codelist, units, SDTM name and whether
it identifies a person; the database columns, the forms, the tables, the reports and the data dictionary read it here.
"""

import dataclasses
from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple

from models.domain.plausible import Span

LONGEST_TEXT = 20_000
"""Characters in any text that a person types: some ten pages. What is longer buries everything else on paper.

With five times as many in every text of a patient the visit summary takes seven times as long, and opening all pages of
the patient takes minutes.
"""

LONGEST_NAME = 200
"""Characters in any name that a person types: of a person, a site, a data cut, a paper, an entry of an open list. Lists
and papers repeat it on every line that is about it."""


def length_problem(what: str, text: str, longest: int = LONGEST_TEXT) -> str:
    """Why a text is too long to be kept, as a sentence that begins with `what`; empty where it is not."""
    if len(text) <= longest:
        return ""
    otherwise = ", or keep it all as a document" if longest == LONGEST_TEXT else ""
    return f"{what} has {len(text)} characters and may have {longest}. Shorten it{otherwise}."


class FieldType(Enum):
    """What kind of value a field holds, which decides its column, its editor and its alignment."""

    TEXT = "text"
    NOTE = "note"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes or no"
    INTEGER = "whole number"
    QUANTITY = "quantity"
    DATE = "date"
    MOMENT = "date and time"
    REFERENCE = "reference"


class Codelist(NamedTuple):
    """The permitted values of a field: stored code -> words shown. Codes are never renamed once used.

    `open` lists come from the study's protocol or from what was entered before (drugs, laboratories), so the codes here
    are only the ones always offered.
    """

    name: str
    terms: Mapping[str, str]
    open: bool = False

    def label(self, code: str) -> str:
        """The words for a code; an unknown code of an open list shows itself."""
        return self.terms.get(code, code)


class Field(NamedTuple):
    """The declaration of one field. `units` starts with the unit assumed when none is typed.

    `plausible` is in that first unit: outside it a value is asked about. What is not `typed` follows from the study
    when the record is entered: no form offers it, and nobody changes it. `longest` is how many characters a
    text may have.
    """

    name: str
    label: str
    type: FieldType
    help: str = ""
    required: bool = False
    codelist: Codelist | None = None
    units: tuple[str, ...] = ()
    sdtm: str = ""
    identifying: bool = False
    target: str = ""
    plausible: Span | None = None
    typed: bool = True
    longest: int = LONGEST_TEXT


def _declare(type_: FieldType, label: str, *, required: bool, **facts: Any) -> Any:  # noqa: ANN401 - dataclasses.field is Any
    declaration = Field(name="", label=label, type=type_, required=required, **facts)
    default: dict[str, Any] = {} if required else {"default": None}
    return dataclasses.field(metadata={"field": declaration}, **default)


def text(label: str, *, help: str = "", sdtm: str = "", required: bool = False, identifying: bool = False) -> Any:  # noqa: A002, ANN401
    """A short text on one line (`str | None`)."""
    return _declare(FieldType.TEXT, label, help=help, sdtm=sdtm, required=required, identifying=identifying)


def name(label: str, *, help: str = "", sdtm: str = "", required: bool = False, identifying: bool = False) -> Any:  # noqa: A002, ANN401
    """A name or number that lists and papers repeat (`str | None`)."""
    facts: dict[str, Any] = {"help": help, "sdtm": sdtm, "identifying": identifying, "longest": LONGEST_NAME}
    return _declare(FieldType.TEXT, label, required=required, **facts)


def note(label: str, *, help: str = "", sdtm: str = "") -> Any:  # noqa: A002, ANN401
    """A longer text (`str | None`)."""
    return _declare(FieldType.NOTE, label, help=help, sdtm=sdtm, required=False)


def choice(label: str, codelist: Codelist, *, help: str = "", sdtm: str = "", required: bool = False) -> Any:  # noqa: A002, ANN401
    """One code of a codelist (`str | None`)."""
    return _declare(FieldType.CHOICE, label, codelist=codelist, help=help, sdtm=sdtm, required=required)


def choices(label: str, codelist: Codelist, *, help: str = "", sdtm: str = "") -> Any:  # noqa: A002, ANN401
    """Several codes of a codelist, in the codelist's order (`tuple[str, ...] | None`)."""
    return _declare(FieldType.CHOICES, label, codelist=codelist, help=help, sdtm=sdtm, required=False)


def yes_no(label: str, *, help: str = "", sdtm: str = "", typed: bool = True) -> Any:  # noqa: A002, ANN401
    """Yes, no, or not answered (`bool | None`)."""
    return _declare(FieldType.YES_NO, label, help=help, sdtm=sdtm, required=False, typed=typed)


def integer(label: str, *, help: str = "", sdtm: str = "", required: bool = False) -> Any:  # noqa: A002, ANN401
    """A count or a score (`int | None`)."""
    return _declare(FieldType.INTEGER, label, help=help, sdtm=sdtm, required=required)


def quantity(
    label: str,
    *units: str,
    help: str = "",  # noqa: A002
    sdtm: str = "",
    required: bool = False,
    plausible: Span | None = None,
) -> Any:  # noqa: ANN401
    """A measured value (`Quantity | None`) in one of the units named; the first is assumed when none is typed.

    No unit at all means that another field decides it (a laboratory value's unit follows its test).
    """
    facts: dict[str, Any] = {"units": units, "help": help, "sdtm": sdtm, "plausible": plausible}
    return _declare(FieldType.QUANTITY, label, required=required, **facts)


def date(label: str, *, help: str = "", sdtm: str = "", required: bool = False, identifying: bool = False) -> Any:  # noqa: A002, ANN401
    """A clinical date, perhaps partial (`PartialDate | None`)."""
    return _declare(FieldType.DATE, label, help=help, sdtm=sdtm, required=required, identifying=identifying)


def moment(label: str, *, help: str = "", sdtm: str = "", required: bool = False) -> Any:  # noqa: A002, ANN401
    """A date and time with its offset from UTC (`datetime | None`)."""
    return _declare(FieldType.MOMENT, label, help=help, sdtm=sdtm, required=required)


def reference(label: str, target: str, *, help: str = "") -> Any:  # noqa: A002, ANN401
    """The id of a record of another kind of the same patient (`int | None`)."""
    return _declare(FieldType.REFERENCE, label, target=target, help=help, required=False)
