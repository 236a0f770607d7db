"""Another record of the same patient."""

from gui.widgets.editors.choice_editor import ChoiceEditor


class ReferenceEditor(ChoiceEditor):
    """A choice whose codes are the ids of records, as text."""

    def value(self) -> object:
        """The id of the record chosen."""
        code = super().value()
        return None if code is None else int(str(code))
