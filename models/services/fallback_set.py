"""The fallback set of an open study: the papers for the day without a computer, and who is shown what opens them."""

from collections.abc import Callable, Iterable
from pathlib import Path

from models.domain.context import Context
from models.domain.errors import TrialError, plain
from models.domain.progress import Progress
from models.domain.rights import Right
from models.persistence.backup_manifest import Backup
from models.persistence.durable import write_durably
from models.persistence.fallback_sets import bring_to_each, set_of, sets_in, thin_sets
from models.persistence.study_folder import StudyFolder
from models.persistence.unit_of_work import writing
from models.services.desk import Desk
from models.services.fallback_password import former_sets, known_password, renew

MakePapers = Callable[[str, Progress], bytes | None]
"""Makes the fallback set as a PDF that opens with the password given; None where the progress said to stop."""


class FallbackSet:
    """The newest set, and its password."""

    def __init__(self, desk: Desk, folder: StudyFolder) -> None:
        """Made by the study."""
        self._desk = desk
        self._folder = folder

    def newest(self) -> Path | None:
        """The newest set that the password opens, else the newest one; None if none was made yet."""
        return newest_set(self._folder)

    def is_former(self, paper: Path) -> bool:
        """Whether a set opens with a password from before the present one."""
        return paper.name in former_sets(self._folder.read)

    def password(self) -> str:
        """What opens the set; made at the first use. Empty in a study that is read only and has none.

        Only for those who may open the set: it shows what is known of every patient.
        """
        self._desk.user.require(Right.READ_IDENTITY)
        return password_for(self._desk, self._folder) or ""

    def new_password(self) -> str:
        """Make another one, because somebody may know it who must not; the next backup brings a set that it opens.

        The sets made until now open with the former one, which nothing shows any more.
        """
        self._desk.user.require(Right.READ_IDENTITY)
        with self._desk.writing(Right.BACK_UP, "New password asked for") as unit:
            return renew(unit, sets_in(self._folder.backups))


def newest_set(folder: StudyFolder) -> Path | None:
    """The newest set that the password opens, else the newest one."""
    kept, former = sets_in(folder.backups), former_sets(folder.read)
    return next((paper for paper in kept if paper.name not in former), next(iter(kept), None))


def password_for(desk: Desk, folder: StudyFolder) -> str | None:
    """The password, made at the first use, whatever account is signed in; None where that cannot unlock it."""
    known = known_password(folder.read)
    if known != "" or desk.write is None:
        return known
    with writing(desk.writer, Context(desk.user.login, "The fallback set had no password"), desk.clock) as unit:
        return renew(unit, sets_in(folder.backups))


def bring_set(
    folder: StudyFolder,
    papers: MakePapers,
    password: str | None,
    made: Backup,
    places: Iterable[Path | None],
    progress: Progress,
) -> list[str]:
    """Make the set of the day, unless there is one, and bring the newest one to other places too.

    Returns sentences about what could not be done. Where a monitor makes the first backup of a day (`password` is
    None), the set comes with the next one: its password is sealed.
    """
    problems = _make(folder, papers, password, made, progress)
    if paper := newest_set(folder):
        thin_sets(folder.backups, paper)
        problems += bring_to_each(paper, places)
    return problems


def _make(folder: StudyFolder, papers: MakePapers, password: str | None, made: Backup, progress: Progress) -> list[str]:
    paper = set_of(folder.backups, made.manifest.created.date(), former_sets(folder.read))
    if paper.exists() or not password:
        return []
    try:
        content = papers(password, progress)
        if content is None:
            return ["The fallback set was not made: it was stopped. It comes with the next backup."]
        if known_password(folder.read) != password:
            return ["The fallback set was not kept: it has a new password. It comes with the next backup."]
        write_durably(paper, content)
    except TrialError as fault:
        return [f"The fallback set could not be written: {fault}"]
    except OSError as fault:
        return [f"The fallback set could not be written: {plain(fault)}."]
    return []
