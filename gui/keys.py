"""The keys that forms and dialogs share, declared once."""

FINISH_KEYS = ("Ctrl+Return", "Ctrl+Enter")
"""Save, sign, send: whatever the form is for. The second is the Enter beside the figures of the keyboard."""

LEAVE_KEY = "Esc"
"""Close the form; what was typed is kept as a draft."""


def tab_key(number: int) -> str:
    """The keys of a tab of the patient's page, counted from 1."""
    return f"Ctrl+{number}"
