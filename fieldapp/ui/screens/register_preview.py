"""Draws the slip of a family that is still being entered: off the main thread, and only while nobody types."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.services.slips import preview_slip, slip_pdf
from fieldapp.ui.models.draft_content import GroupDraft
from fieldapp.ui.models.draft_entry import read_draft
from fieldapp.ui.session import Session

_AFTER_MS = 900
_LAYOUT = "a6"


class SlipPreview(QObject):
    """Asks for a preview some time after the last change; `drawn` carries it, unless more was typed meanwhile.

    `emptied` tells that there is nobody to draw a slip for.
    """

    drawn = Signal(bytes)
    emptied = Signal()

    def __init__(self, session: Session, snapshot: Callable[[], GroupDraft], parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._snapshot = session, snapshot
        self._turn = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MS)
        self._soon.timeout.connect(self._ask)

    def touch(self) -> None:
        """Say that something changed."""
        self._turn += 1
        self._soon.start()

    def stop(self) -> None:
        """Draw nothing more of what was typed until now."""
        self._turn += 1
        self._soon.stop()

    def _ask(self) -> None:
        desk, turn = self._session.desk, self._turn
        slip_language = self._session.settings.slip_language
        with_portrait = self._session.settings.portrait_on_slip
        draft = self._snapshot()
        if not draft.title:
            self.emptied.emit()
            return
        entry, _unread = read_draft(draft, desk.now_ms(), desk.today())
        self._session.work.query(
            lambda: slip_pdf(preview_slip(desk, entry, slip_language, with_portrait=with_portrait), _LAYOUT, desk.zone),
            lambda pdf: self._on_drawn(pdf, turn),
            lambda _error: None,  # a preview that fails is no news; the slip itself says what is wrong
            owner=self,
        )

    def _on_drawn(self, pdf: bytes, turn: int) -> None:
        if turn == self._turn:
            self.drawn.emit(pdf)
