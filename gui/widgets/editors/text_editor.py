"""A short text."""

from gui.widgets.editors.line import LineEditor


class TextEditor(LineEditor):
    """A text on one line, kept as typed but for spaces around it."""

    def _read(self, text: str) -> object:
        return text

    def _written(self, value: object) -> str:
        return str(value)
