"""The forms of the staff list: adding somebody, giving a new password, disabling with a reason."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton

from fieldapp import words
from fieldapp.code_lists import code_list
from fieldapp.domain.problems import InvalidEntry, Problem
from fieldapp.domain.record import FieldProblem, Role
from fieldapp.services.staff import (
    StaffMember,
    add_staff,
    disable_staff,
    password_problem,
    reset_password,
)
from fieldapp.ui import theme
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.option_list import OptionList
from fieldapp.ui.widgets.password_pair import PasswordPair
from fieldapp.ui.widgets.plain_field import PlainField

_FIELD_OF_CODE = {
    "short_name_taken": "short_name",
    "bad_short_name": "short_name",
    "reason_needed": "reason",
}


class StaffForm(Card):
    """A form that does one thing. Emits `finished` with what happened in words; empty when it was given up."""

    finished = Signal(str)
    changes = "staff"
    """What open screens hear has changed."""

    def __init__(self, session: Session, title: str, intro: str, primary: str) -> None:
        super().__init__(title, intro)
        self.session = session
        self.frames: dict[str, FieldFrame] = {}
        self.pair: PasswordPair | None = None
        self.problem = QLabel()
        self.problem.setProperty("kind", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.back_button = QPushButton(session._("Back  Esc"))
        self.back_button.clicked.connect(lambda: self.finished.emit(""))
        self.primary_button = QPushButton(primary)
        theme.set_property(self.primary_button, "kind", "primary")
        self.primary_button.clicked.connect(self.go_on)

    def close_form(self) -> None:
        """Put the buttons below the fields; called at the end of a form's making."""
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addStretch()
        row.addWidget(self.primary_button)
        self.column.addWidget(self.problem)
        self.column.addStretch()
        self.column.addLayout(row)

    def add_line(self, name: str, label: str, hint: str = "") -> QLineEdit:
        """Add a field of one line."""
        field = PlainField()
        self.frames[name] = FieldFrame(label, field, hint)
        field.textEdited.connect(lambda _text: self.frames[name].set_problem(""))
        self.column.addWidget(self.frames[name])
        return field

    def add_password(self, *related: Callable[[], str]) -> PasswordPair:
        """Add a new password, judged against these names and the operation's."""
        operation = self.session.desk.operation
        self.pair = PasswordPair(
            self.session.language,
            self.session.work,
            password_problem,
            lambda: (
                operation.name,
                operation.organisation,
                *(each() for each in related),
            ),
        )
        self.column.addWidget(self.pair)
        return self.pair

    def take_focus(self) -> None:
        """Give the keyboard to the first field."""
        first = next(iter(self.frames.values()), None)
        target = first or self.pair
        if target is not None:
            target.setFocus()

    def go_on(self) -> None:
        """Do it."""
        raise NotImplementedError

    def run(self, function: Callable[[], object], happened: str) -> None:
        """Do it on the writer thread and say what happened."""
        self.primary_button.setEnabled(False)
        self.problem.hide()
        self.session.work.change(
            function,
            lambda _done: self.finished.emit(happened),
            self._on_failed,
            owner=self,
            changes=self.changes,
        )

    def _on_failed(self, error: Exception) -> None:
        self.primary_button.setEnabled(True)
        language = self.session.language
        weakness = getattr(error, "problem", None)
        if weakness is not None and self.pair is not None:
            self.pair.refuse(words.weakness_words(language, weakness))
            return
        if isinstance(error, InvalidEntry):
            for problem in error.problems:
                assert isinstance(problem, FieldProblem)
                self._refuse(
                    problem.field,
                    words.say(language, problem.code, value=problem.value, limit=problem.limit),
                )
            return
        code = error.code if isinstance(error, Problem) else "problem"
        values = error.values if isinstance(error, Problem) else {}
        self._refuse(_FIELD_OF_CODE.get(code, code), words.say(language, code, **values))

    def _refuse(self, field: str, text: str) -> None:
        if field in self.frames:
            self.frames[field].set_problem(text)
            self.frames[field].setFocus()
        elif field in {"password", "weak_password"} and self.pair is not None:
            self.pair.refuse(text)
        else:
            self.problem.setText(text)
            self.problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes to the next field, Ctrl+Enter does it, Esc gives it up."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit("")
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.primary_button.click()
        elif is_enter and isinstance(self.focusWidget(), QPushButton):
            self.primary_button.click() if self.primary_button.hasFocus() else self.back_button.click()
        elif is_enter:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class AddForm(StaffForm):
    """Adds a member."""

    def __init__(self, session: Session) -> None:
        _ = session._
        super().__init__(
            session,
            _("Add somebody"),
            _("They sign in with the short name and the password, and can change the password themselves."),
            _("Add"),
        )
        self.name = self.add_line("display_name", _("Name"))
        self.short = self.add_line(
            "short_name",
            _("Short name for signing in"),
            _("One word, for example rosa"),
        )
        roles = code_list("roles")
        language = session.language.code
        self.roles = OptionList(
            _("Role"),
            [(role.value, roles.label(role.value, language), "") for role in Role],
            Role.REGISTRAR.value,
        )
        self.column.addWidget(self.roles)
        self.add_password(self.name.text, self.short.text)
        self.close_form()

    def go_on(self) -> None:
        """Add the member."""
        assert self.pair is not None
        if not self.pair.is_repeated():
            return
        desk, short, name = (
            self.session.desk,
            self.short.text().strip(),
            self.name.text().strip(),
        )
        role, password = Role(self.roles.value), self.pair.text
        self.run(
            lambda: add_staff(desk, short, name, role, password),
            self.session._("{name} can sign in now.", name=name),
        )


class ResetForm(StaffForm):
    """Gives a member a new password."""

    def __init__(self, session: Session, member: StaffMember) -> None:
        _ = session._
        super().__init__(
            session,
            _("New password for {name}", name=member.display_name),
            _("Tell it to them in person; they can change it under Settings."),
            _("Set the password"),
        )
        self._member = member
        self.add_password(lambda: member.display_name, lambda: member.short_name)
        self.close_form()

    def go_on(self) -> None:
        """Set it."""
        assert self.pair is not None
        if not self.pair.is_repeated():
            return
        desk, member, password = self.session.desk, self._member, self.pair.text
        self.run(
            lambda: reset_password(desk, member.staff_id, password),
            self.session._("{name} has a new password.", name=member.display_name),
        )


class DisableForm(StaffForm):
    """Takes a member's access away, with a reason."""

    def __init__(self, session: Session, member: StaffMember) -> None:
        _ = session._
        super().__init__(
            session,
            _("Disable {name}", name=member.display_name),
            _("They can no longer sign in on this laptop, and the register gets a new key. Their work stays."),
            _("Disable"),
        )
        self._member = member
        self.reason = self.add_line("reason", _("Reason"), _("For example: end of contract"))
        self.close_form()

    def go_on(self) -> None:
        """Disable the member."""
        desk, member, reason = (
            self.session.desk,
            self._member,
            self.reason.text().strip(),
        )
        if not reason:
            self._refuse("reason", words.say(self.session.language, "reason_needed"))
            return
        self.run(
            lambda: disable_staff(desk, member.staff_id, reason),
            self.session._("{name} can no longer sign in.", name=member.display_name),
        )
