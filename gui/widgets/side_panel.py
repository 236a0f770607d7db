"""A panel beside a form that thinks along."""

from PySide6.QtWidgets import QFrame


class SidePanel(QFrame):
    """Follows the typing of the form it stands beside: what the values so far would mean."""

    def show_values(self, values: object) -> None:
        """Show what these mean: field name -> value read so far; and child kind -> a tuple of such dictionaries."""
        raise NotImplementedError

    def stand(self, *, beside: bool) -> None:
        """It stands beside the fields now, else below them, where it may be out of sight."""
