"""Keeps what stands in the form: a draft is saved soon after each change, and nothing typed is lost when a save fails.

Saves go to the one writer in turn, so a draft that is being registered can never come back behind its family.
"""

import logging
from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.domain.ids import uuid7
from fieldapp.services.drafts import discard_draft, save_draft
from fieldapp.ui.models.draft_content import GroupDraft, to_map
from fieldapp.ui.session import Session

log = logging.getLogger(__name__)
_SAVE_AFTER_MS = 400
_TRY_AGAIN_MS = 5_000


class DraftKeeper(QObject):
    """One draft at a time: that of the family in the form.

    `failed` carries why it could not be kept (once, until it works again); `kept` that it works.
    """

    failed = Signal(object)
    kept = Signal()

    def __init__(self, session: Session, snapshot: Callable[[], GroupDraft], parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._snapshot = session, snapshot
        self._is_dirty = False
        self._is_failing = False
        self._is_stored = False
        self.draft_id: UUID | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.keep)

    @property
    def is_safe(self) -> bool:
        """Whether everything typed is handed over to be kept."""
        return not self._is_dirty

    def touch(self) -> None:
        """Say that something was typed. The first change starts the clock, so steady typing is kept as well."""
        self._is_dirty = True
        if not self._soon.isActive():
            self._soon.start(_TRY_AGAIN_MS if self._is_failing else _SAVE_AFTER_MS)

    def keep(self, done: Callable[[], None] | None = None) -> None:
        """Save now what was typed since the last save; `done` is called once it is durable."""
        self._soon.stop()
        draft = self._snapshot()
        if not self._is_dirty or (draft.is_blank and not self._is_stored):
            self._is_dirty = False
            if done is not None:
                done()
            return
        desk = self._session.desk
        if self.draft_id is None:
            self.draft_id = uuid7(desk.now_ms(), desk.random_bytes)
        draft_id, content = self.draft_id, to_map(draft)
        is_first = not self._is_stored
        self._is_dirty, self._is_stored = False, True
        self._session.work.change(
            lambda: save_draft(desk, draft_id, content),
            lambda _none: self._on_kept(done),
            self._on_failed,
            owner=self,
            changes="drafts" if is_first else "",
        )

    def take_up(self, draft_id: UUID) -> None:
        """Go on with a draft that is kept already."""
        self.forget()
        self.draft_id, self._is_stored = draft_id, True

    def forget(self) -> None:
        """Begin anew: what was kept stays as it is, what comes is another family."""
        self._soon.stop()
        self.draft_id = None
        self._is_dirty = self._is_stored = False

    def hold(self) -> UUID | None:
        """Stop saving while the family is registered; return the draft that the registration drops."""
        self._soon.stop()
        return self.draft_id if self._is_stored else None

    def discard(self) -> None:
        """Throw the draft away."""
        draft_id = self.draft_id if self._is_stored else None
        self.forget()
        if draft_id is not None:
            desk = self._session.desk
            self._session.work.change(lambda: discard_draft(desk, draft_id), owner=self, changes="drafts")

    def _on_kept(self, done: Callable[[], None] | None) -> None:
        if self._is_failing:
            self._is_failing = False
            self.kept.emit()
        if done is not None:
            done()

    def _on_failed(self, error: Exception) -> None:
        self._is_dirty = True
        self._soon.start(_TRY_AGAIN_MS)
        if not self._is_failing:
            self._is_failing = True
            self.failed.emit(error)
