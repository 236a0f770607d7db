"""Data cuts: named, dated states of the study, frozen as a position in the audit trail."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from models.domain.errors import TrialError
from models.domain.fields import LONGEST_NAME, length_problem
from models.domain.partial_dates import PartialDate
from models.domain.rights import Right
from models.persistence.rows import all_standing
from models.persistence.study_folder import StudyFolder
from models.persistence.verify import head_of
from models.queries.as_of import engine_as_of
from models.records.review import DataCut
from models.services.about import said
from models.services.desk import Desk


class Cuts:
    """The data cuts of an open study."""

    def __init__(self, desk: Desk, folder: StudyFolder) -> None:
        """Made by the study."""
        self._desk = desk
        self._folder = folder

    def all(self) -> tuple[DataCut, ...]:
        """Every cut, the oldest first."""
        with self._folder.records.begin() as connection:
            return tuple(all_standing(connection, DataCut, "id"))

    def find(self, name: str) -> DataCut:
        """The cut of that name; TrialError if there is none."""
        for cut in self.all():
            if cut.name.casefold() == name.strip().casefold():
                return cut
        known = ", ".join(cut.name for cut in self.all()) or "none yet"
        raise TrialError(f"There is no data cut named {name}. The study has: {known}.")

    def newest_before(self, cut: DataCut | None) -> DataCut | None:
        """The newest cut that was made before this one, or before now where that is None; None if there is none."""
        return next((each for each in reversed(self.all()) if cut is None or each.as_of < cut.as_of), None)

    def make(self, name: str, cut_off: PartialDate, comment: str = "") -> DataCut:
        """Freeze the study as it stands now under a name; `cut_off` is the last clinical day that counts."""
        why = "A data cut needs a name. Say what it is for, such as a meeting and its month."
        name = said(name, why, "The name of the data cut", LONGEST_NAME)
        if problem := length_problem("The comment", comment):
            raise TrialError(problem)
        if cut_off.full is None:
            raise TrialError("The cut-off is a whole date: day, month and year.")
        if cut_off.full > self._desk.clock.today():
            raise TrialError("The cut-off lies after today. Choose today or an earlier day.")
        if any(cut.name.casefold() == name.casefold() for cut in self.all()):
            raise TrialError(f"There is a data cut named {name} already. Give another name: a cut is never made again.")
        position = head_of(self._folder.read).rows
        values = {"name": name, "cut_off": cut_off, "as_of": position, "comment": comment.strip() or None}
        with self._desk.writing(Right.CONFIGURE) as unit:
            unit.insert("data_cut", {field: value for field, value in values.items() if value is not None})
        return self.find(name)

    @contextmanager
    def reading(self, cut: DataCut) -> Iterator[Engine]:
        """The records as they stood when the cut was made."""
        self._desk.user.require(Right.READ_RECORD)
        engine = engine_as_of(self._folder, cut.as_of)
        try:
            yield engine
        finally:
            engine.dispose()
