"""What happens to long work when a study is closed or the program ends."""

from PySide6.QtWidgets import QWidget

from gui.crash import show_sentence
from gui.jobs import Jobs

SECONDS_TO_STOP = 20
"""How long ending waits for work that was told to stop."""


def ended(jobs: Jobs, parent: QWidget) -> bool:
    """Whether no work is going on any more; where some is, the person decides whether it is stopped."""
    running = jobs.running
    if not running:
        return True
    from PySide6.QtWidgets import QMessageBox  # made by Qt when it is asked for: not for a start

    box = QMessageBox(
        QMessageBox.Icon.Question,
        "AlbaTrack",
        f"{running[0].title} is still going on.",
        QMessageBox.StandardButton.NoButton,
        parent,
    )
    box.setObjectName("stopWork")
    box.setInformativeText("Stopping it leaves nothing half done: it can be started again later.")
    stop = box.addButton("Stop it", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Keep it going", QMessageBox.ButtonRole.RejectRole)
    jobs.idle.connect(box.accept)
    box.exec()
    stopped = box.clickedButton() is stop or not jobs.running
    box.deleteLater()
    if not stopped:
        return False
    jobs.cancel_all()
    if not jobs.wait(SECONDS_TO_STOP):
        show_sentence(parent, f"Nothing was closed: {running[0].title} has not stopped yet. Try again in a moment.")
        return False
    return True
