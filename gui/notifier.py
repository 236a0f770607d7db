"""One broadcast after every saved change, and one after a changed setting of the desk."""

from PySide6.QtCore import QObject, Signal


class Notifier(QObject):
    """What the pages listen to. There is one, it lives as long as the study is open.

    `changed` carries `models.domain.context.Changes`, once for every command that was saved. `settings_changed` carries
    the new `gui.settings.Settings`. Pages connect to neither: the window passes both on to the page in view, and to
    hidden ones when they are next shown.
    """

    changed = Signal(object)
    settings_changed = Signal(object)
