"""The query chosen: what was said so far, and the next step of whoever may take it."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gui.keys import FINISH_KEYS, on_keys
from gui.pages.queries.presenter import TONES, about_words, state_words, steps_words
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import Card, rule
from gui.widgets.editors.note_editor import NoteEditor
from gui.widgets.form_draft import FormDraft, draft_key
from gui.widgets.header import make_button
from gui.widgets.pill import Pill
from gui.workspace import Workspace
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.study import Right
from models.study_types import QueryState, QueryView


class QueryDetail(Card):
    """`opening` asks for the value that the query is about. What is typed and not sent stays as a draft."""

    opening = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Nothing chosen yet."""
        super().__init__("Query", " ", parent)
        named(self, "query_detail", "The query chosen")
        self._workspace = workspace
        self._query: QueryView | None = None
        self._draft: FormDraft | None = None
        self.state = Pill()
        self.corner.addWidget(self.state)
        self._about = label("", "strong", wrap=True, selectable=True)
        self._failure = Banner("query_failure")
        self._steps = QWidget()
        self.go = make_button("query_open_value", "Go to the &value", tip="Ctrl+G")
        self.words = NoteEditor()
        self.words.name_parts("query_words", "Answer, or words to the next step")
        self.answer = make_button("query_answer", "&Answer", look="primary", tip="Ctrl+Enter")
        self.close_ = make_button("query_close", "&Close the query")
        self.reopen = make_button("query_reopen", "&Open again")
        workspace.permit(Right.ANSWER, self.answer)
        workspace.permit(Right.CLOSE_QUERY, self.close_, self.reopen)
        head = QHBoxLayout()
        head.addWidget(self._about, 1)
        head.addWidget(self.go)
        self.body.addLayout(head)
        self.body.addWidget(self._failure)
        self.body.addWidget(self._steps)
        self.body.addWidget(rule())
        self._caption = label("Words", "muted")
        self._caption.setBuddy(self.words)
        self.body.addWidget(self._caption)
        self.body.addWidget(self.words)
        foot = QHBoxLayout()
        for button in (self.answer, self.close_, self.reopen):
            foot.addWidget(button)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.body.addStretch(1)
        self.go.clicked.connect(self._open)
        self.words.edited.connect(self._typed)
        self.answer.clicked.connect(self._answer)
        self.close_.clicked.connect(self._close)
        self.reopen.clicked.connect(self._reopen)
        on_keys(self, self._next, *FINISH_KEYS)
        on_keys(self, self._open, "Ctrl+G")
        self.hide()

    @property
    def query(self) -> QueryView | None:
        """The query shown."""
        return self._query

    @property
    def _answered(self) -> bool:
        return self._query is not None and self._query.state is QueryState.ANSWERED

    def show_query(self, query: QueryView | None) -> None:
        """Show a query; None hides the card."""
        before, self._query = self._query, query
        self.setVisible(query is not None)
        if query is None:
            self._keep()
            return
        if before is None or before.id != query.id:
            self._failure.hide()
            self._take_up(query)
        self.heading.setText(f"Query · {query.patient_label}")
        self.remark.setText(f"for the {query.assigned_words.lower()}")
        self.state.show_word(state_words(query), TONES[query.state])
        self._about.setText(about_words(query))
        self._fill(query)
        closed = query.state is QueryState.CLOSED
        self.answer.setVisible(query.state is QueryState.OPEN)
        self.close_.setVisible(not closed)
        self.reopen.setVisible(query.state is not QueryState.OPEN)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """However the page goes out of sight, the typing is kept."""
        self._keep()
        super().hideEvent(event)

    def _take_up(self, query: QueryView) -> None:
        """Keep what was typed to another query, and take up what this person typed to this one."""
        self._keep()
        may = Right.ANSWER if self._workspace.user.may(Right.ANSWER) else Right.CLOSE_QUERY
        key = draft_key("query", query.patient, query.id)
        self._draft = FormDraft(self._workspace, key, self._texts, self, may)
        self.words.set_typed(self._draft.found().get("words", ""))

    def _keep(self) -> None:
        if self._draft is not None:
            self._draft.keep()
        if self._query is None:
            self._draft = None

    def _fill(self, query: QueryView) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setVerticalSpacing(2)
        for line, (said, words) in enumerate(steps_words(query, self._workspace.desk)):
            grid.addWidget(label(said, "small", wrap=True), 2 * line, 0)
            grid.addWidget(label(words, wrap=True, selectable=True), 2 * line + 1, 0)
        self.body.replaceWidget(self._steps, fresh)
        self._steps.hide()
        self._steps.deleteLater()
        self._steps = fresh

    def _texts(self) -> dict[str, str]:
        typed = self.words.typed().strip()
        return {"words": typed} if typed else {}

    @Slot()
    def _typed(self) -> None:
        if self._draft is not None:
            self._draft.note_change()
        self._follow()

    def _follow(self) -> None:
        typed = self.words.value() is not None
        self.answer.setEnabled(typed)
        self.reopen.setEnabled(typed)
        self.close_.setEnabled(typed or self._answered)

    # ---- the steps

    @Slot()
    def _next(self) -> None:
        """Answer what is open; close what is answered. To close what nobody answered asks for the button itself."""
        button = self.close_ if self._answered else self.answer
        if button.isVisible() and button.isEnabled():
            button.click()

    @Slot()
    def _answer(self) -> None:
        self._take_step(self._workspace.study.review.answer, "Answered")

    @Slot()
    def _close(self) -> None:
        self._take_step(self._workspace.study.review.close, "Query closed")

    @Slot()
    def _reopen(self) -> None:
        self._take_step(self._workspace.study.review.reopen, "Query opened again")

    def _take_step(self, step: Callable[[int, str], Changes], done: str) -> None:
        if self._query is None:
            return
        try:
            changes = step(self._query.id, str(self.words.value() or ""))
        except TrialError as refused:
            self._failure.show_text(f"Not saved. {refused} What you typed is kept.")
            return
        self.words.set_typed("")
        if self._draft is not None:
            self._draft.drop()
        self._failure.hide()
        self._workspace.say(done)
        self._workspace.changed(changes)

    @Slot()
    def _open(self) -> None:
        if self._query is not None:
            self.opening.emit(self._query)
