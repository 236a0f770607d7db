"""The topics of a study: what goes beyond entering and reading patients, each with its verbs.

A start needs none of them: each is loaded by the property that gives it.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from models.domain.clock import Clock
from models.persistence.study_folder import StudyFolder
from models.protocols.model import Protocol
from models.services.desk import Desk

if TYPE_CHECKING:
    from models.domain.progress import Progress
    from models.services.accounts import Accounts
    from models.services.backups import Backups
    from models.services.cohorts import Cohorts
    from models.services.documents import Documents
    from models.services.fallback_set import FallbackSet
    from models.services.locking import Locking
    from models.services.restoring import Restoring
    from models.services.review import Review
    from models.services.signing import Signing
    from models.services.trail import Trail


class Topics:
    """What an open study offers besides its own verbs."""

    clock: Clock
    protocol: Protocol
    _any_desk: Desk
    _folder: StudyFolder

    @property
    def _desk(self) -> Desk:
        """What every verb begins with; TrialError while the person has the password that somebody else gave."""
        self._folder.require_own_password()
        return self._any_desk

    @cached_property
    def accounts(self) -> "Accounts":
        """The accounts, their passwords and keys, and the training of each person."""
        from models.services.accounts import Accounts

        return Accounts(self._any_desk, self._folder)  # where a password of one's own is chosen

    @cached_property
    def review(self) -> "Review":
        """Queries and source verification."""
        from models.services.review import Review

        return Review(self._desk)

    @cached_property
    def signing(self) -> "Signing":
        """Electronic signatures."""
        from models.services.signing import Signing

        return Signing(self._desk)

    @cached_property
    def locking(self) -> "Locking":
        """Locks on visits and patients, and the freezing of the study."""
        from models.services.locking import Locking

        return Locking(self._desk)

    @cached_property
    def documents(self) -> "Documents":
        """The papers of the patients' files."""
        from models.services.documents import Documents

        return Documents(self._desk, self._folder.documents)

    @cached_property
    def backups(self) -> "Backups":
        """The backups: when one is due, making and checking them."""
        from models.services.backups import Backups

        return Backups(self._desk, self._folder, self._papers)

    @cached_property
    def restoring(self) -> "Restoring":
        """Restoring backups."""
        from models.services.restoring import Restoring

        return Restoring(self._desk, self._folder)

    @cached_property
    def fallback_set(self) -> "FallbackSet":
        """The papers for the day without a computer, and their password."""
        from models.services.fallback_set import FallbackSet

        return FallbackSet(self._desk, self._folder)

    def _papers(self, password: str, progress: "Progress") -> bytes | None:
        from models.reports.fallback_set import of_study

        return of_study(self._folder, self.protocol, self.clock.now(), password, progress)

    @cached_property
    def trail(self) -> "Trail":
        """The audit trail."""
        from models.services.trail import Trail

        return Trail(self._desk, self._folder)

    @cached_property
    def cohorts(self) -> "Cohorts":
        """The site's patients as one picture."""
        from models.services.cohorts import Cohorts

        return Cohorts(self._desk, self._folder)
