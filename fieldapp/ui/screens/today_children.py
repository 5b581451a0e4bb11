"""The children who are alone: who waits for a referral today, and to whom the others were referred."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.domain.people import ChildAlone
from fieldapp.domain.problems import InvalidEntry
from fieldapp.domain.record import FieldProblem
from fieldapp.services.protection import children_alone, refer_child
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.places import Shell
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.row_table import RowTable
from fieldapp.words import say


class ChildrenPage(QWidget):
    """A list with a form below it for whoever is chosen. Emits `left` when staff goes back to the figures."""

    left = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self._session, self._shell = session, shell
        self._children: list[ChildAlone] = []
        _ = session._
        self.heading = QLabel(_("Children alone: refer them today"))
        self.heading.setProperty("kind", "section")
        self.hint = QLabel()
        self.hint.setProperty("kind", "secondary")
        self.hint.setWordWrap(True)
        heads = (_("Child"), _("Age"), _("Number"), _("Arrived"), _("Why"), _("Referred to"))
        self.table = RowTable(self.heading.text(), heads, wide=0)
        self.to = PlainField()
        self.note = PlainField()
        self.frames = {
            "to": FieldFrame(_("Refer to"), self.to, _("service and person, for example ICBF"), chars=24, stretch=2),
            "note": FieldFrame(_("Note"), self.note, _("May stay empty"), chars=24, stretch=3),
        }
        self.back_button = QPushButton(_("Back  Esc"))
        self.back_button.setProperty("kind", "quiet")
        theme.set_icon(self.back_button, "arrow-left")
        self.open_button = QPushButton(_("Open the family"))
        self.refer_button = QPushButton(_("Record the referral  Ctrl+Enter"))
        self.refer_button.setProperty("kind", "primary")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(theme.SPACE[2])
        for frame in self.frames.values():
            fields.addWidget(frame)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE[1])
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.refer_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE[2])
        for part in (self.heading, self.hint):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addLayout(fields)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.open_button.clicked.connect(self.open_family)
        self.refer_button.clicked.connect(self.refer)
        self.table.itemActivated.connect(lambda _item: self.open_family())
        self.table.itemSelectionChanged.connect(self._clear_form)
        self.to.returnPressed.connect(self.note.setFocus)
        self.note.returnPressed.connect(self.refer_button.setFocus)
        for keys, action in (("Escape", self.left.emit), ("Ctrl+Return", self.refer), ("Ctrl+Enter", self.refer)):
            shortcut = QShortcut(QKeySequence(keys), self, action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def chosen(self) -> ChildAlone | None:
        """The child that is chosen."""
        row = self.table.currentRow()
        return self._children[row] if 0 <= row < len(self._children) else None

    def refresh(self) -> None:
        """Read the list anew."""
        desk = self._session.desk
        self._session.work.query(lambda: children_alone(desk), self._show, self._shell.show_problem, owner=self)

    def take_focus(self) -> None:
        """Take the keyboard to the list, or to the way back where it is empty."""
        (self.table if self._children else self.back_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, children: list[ChildAlone]) -> None:
        session, _ = self._session, self._session._
        before = self.chosen
        self._children = children
        waiting = sum(child.referred_at_ms is None for child in children)
        nobody = _("No child is alone. A child stands here when a family has nobody of age, or protection says so.")
        some = session.language.ngettext("{number} child waits", "{number} children wait", waiting)
        self.hint.setText(some if children else nobody)
        self.table.blockSignals(True)
        self.table.show_rows(self._texts(child) for child in children)
        rows = [child.individual_id for child in children]
        if children:
            self.table.setCurrentCell(
                rows.index(before.individual_id) if before and before.individual_id in rows else 0, 0
            )
        self.table.blockSignals(False)
        self.table.setVisible(bool(children))
        for part in (*self.frames.values(), self.open_button, self.refer_button):
            part.setVisible(bool(children))
        self.take_focus()

    def _texts(self, child: ChildAlone) -> tuple[str, ...]:
        session, _ = self._session, self._session._
        referred = f"{child.referred_to} · {session.moment(child.referred_at_ms)}" if child.referred_at_ms else ""
        return (
            words.full_name(child.given_names, child.surnames),
            words.age_words(session.language, child.birth, session.desk.today()),
            child.number,
            session.moment(child.arrived_at_ms),
            _("protection says so") if child.said else _("nobody of age in the family"),
            referred or _("waits"),
        )

    def _clear_form(self) -> None:
        for frame in self.frames.values():
            frame.set_problem("")

    def open_family(self) -> None:
        """Open the family of the child that is chosen."""
        if self.chosen is not None:
            self._shell.open_group(self.chosen.group_id)

    def refer(self) -> None:
        """Record that the child that is chosen was referred."""
        child = self.chosen
        if child is None or not self.refer_button.isEnabled():
            return
        self._clear_form()
        self.refer_button.setEnabled(False)
        self._session.work.change(
            partial(refer_child, self._session.desk, child.individual_id, self.to.text(), self.note.text()),
            lambda _done: self._on_referred(child),
            self._on_failed,
            owner=self,
            changes="people",
        )

    def _on_referred(self, child: ChildAlone) -> None:
        self.refer_button.setEnabled(True)
        self.note.clear()
        name = words.full_name(child.given_names, child.surnames)
        self._shell.show_banner("ok", self._session._("The referral of {name} is recorded.", name=name))
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self.refer_button.setEnabled(True)
        if not isinstance(error, InvalidEntry):
            self._shell.show_problem(error)
            return
        for problem in (each for each in error.problems if isinstance(each, FieldProblem)):
            frame = self.frames[problem.field]
            frame.set_problem(say(self._session.language, problem.code, value=problem.value, limit=problem.limit))
            frame.field.setFocus(Qt.FocusReason.OtherFocusReason)
