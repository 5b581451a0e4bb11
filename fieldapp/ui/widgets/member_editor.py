"""The editor for one member at a time: Enter through its fields adds the member and opens the next, empty one."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.domain.birth import Birth
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.models.draft_content import PersonDraft
from fieldapp.ui.widgets.member_fields import MemberFields


class MemberEditor(QFrame):
    """One member being entered or changed. `finished` asks to take it, `closed` to leave it."""

    changed = Signal()
    finished = Signal()
    closed = Signal()

    def __init__(
        self,
        language: Language,
        today: Callable[[], date],
        *,
        with_protection: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        _ = language.gettext
        self._language = language
        self.index: int | None = None
        self.setProperty("kind", "card")
        self.fields = MemberFields(language, today, member=True, with_protection=with_protection)
        self._title = QLabel()
        self._title.setProperty("kind", "label")
        self._hint = QLabel()
        self._hint.setProperty("kind", "hint")
        self.add_button = QPushButton()
        self.close_button = QPushButton(_("Close without adding"))
        self.close_button.setProperty("kind", "quiet")
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._hint)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.close_button)
        bottom.addWidget(self.add_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        box.addLayout(top)
        box.addWidget(self.fields)
        box.addLayout(bottom)
        self.fields.changed.connect(self._on_changed)
        self.add_button.clicked.connect(self.finished)
        self.close_button.clicked.connect(self.closed)
        self.hide()

    @property
    def draft(self) -> PersonDraft:
        """The member as it stands."""
        return self.fields.draft

    def open(
        self, number: int, focal: PersonDraft, birth: Birth, *, index: int | None, person: PersonDraft | None
    ) -> None:
        """Open for a new member (`index` None) or for one that is changed; `number` counts from the focal point, 1."""
        _ = self._language.gettext
        self.index = index
        self.fields.set_focal(focal, birth, is_first=number == 2)  # noqa: PLR2004 - the second of the family
        if person is None:
            self.fields.start_blank()
        else:
            self.fields.set_draft(person)
        self._title.setText(_("Member {number}", number=number))
        self.add_button.setText(_("Add to the family") if index is None else _("Keep the changes"))
        theme.set_icon(self.add_button, "user-plus" if index is None else "check")
        self.close_button.setText(_("Close without adding") if index is None else _("Leave as it was"))
        self._on_changed()
        self.show()

    def take_focus(self) -> None:
        """Begin at the first field; a name that stands there is gone on with, not typed over."""
        is_new = self.index is None
        self.fields.given_names.setFocus(Qt.FocusReason.TabFocusReason if is_new else Qt.FocusReason.OtherFocusReason)
        self.fields.given_names.end(False)

    def _on_changed(self) -> None:
        _ = self._language.gettext
        blank = self.draft.is_blank and self.index is None
        self._hint.setText(
            _("Enter on an empty name: nobody else") if blank else _("Enter in the last field adds and opens the next")
        )
        self.add_button.setEnabled(not blank)
        self.changed.emit()
