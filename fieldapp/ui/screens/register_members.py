"""Section 2, who is with the focal point: those entered so far, one being entered, and those only counted.

In the group step the members are counted and entered later; in the individual step each is entered at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget

from fieldapp.domain.birth import Birth
from fieldapp.domain.record import FieldProblem
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.models.draft_content import PersonDraft
from fieldapp.ui.screens.register_keys import EnterGoesOn
from fieldapp.ui.screens.register_section import Section
from fieldapp.ui.widgets.choice_row import Answer, ChoiceRow
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.head_count_grid import HeadCountGrid
from fieldapp.ui.widgets.member_editor import MemberEditor
from fieldapp.ui.widgets.member_list import MemberList
from fieldapp.words import say


class MembersSection(Section):
    """The members. `focal` tells who the focal point is now; `passed` says that the keyboard goes on below."""

    changed = Signal()
    members_changed = Signal()
    passed = Signal()
    step_changed = Signal(str)

    def __init__(
        self,
        language: Language,
        today: Callable[[], date],
        focal: Callable[[], tuple[PersonDraft, Birth]],
        *,
        with_protection: bool,
        parent: QWidget | None = None,
    ) -> None:
        _ = language.gettext
        super().__init__(2, _("Who is with them"), parent)
        self._language, self._focal = language, focal
        self._members: list[PersonDraft] = []
        self._removed: tuple[int, PersonDraft] | None = None
        self.list = MemberList(language, today)
        self.editor = MemberEditor(language, today, with_protection=with_protection)
        self.grid = HeadCountGrid(language)
        self.grid.setAccessibleName(_("People who are only counted"))
        self.step = ChoiceRow(
            (
                Answer("group", "", _("Only count them"), _("Group step: count the members now, enter them later")),
                Answer("individual", "", _("Enter each one"), _("Individual step: enter every member now")),
            )
        )
        self.step.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add_button = QPushButton(_("Add a member   Ctrl+N"))
        theme.set_icon(self.add_button, "user-plus")
        self._size = QLabel()
        self._size.setProperty("kind", "secondary")
        self._undo_text = QLabel()
        self.undo_button = QPushButton(_("Undo   Ctrl+Z"))
        self.undo_button.setProperty("kind", "quiet")
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        _ = self._language.gettext
        self.beside.addWidget(self._size)
        self.beside.addSpacing(theme.SPACE[2])
        key = QLabel("Ctrl+G")
        key.setProperty("kind", "hint")
        self.beside.addWidget(key)
        self.beside.addWidget(self.step)
        undo = QHBoxLayout()
        undo.addWidget(self._undo_text)
        undo.addWidget(self.undo_button)
        undo.addStretch(1)
        add = QHBoxLayout()
        add.addWidget(self.add_button)
        add.addStretch(1)
        for part in (self.list, self.editor):
            self.column.addWidget(part)
        self.column.addLayout(undo)
        self.column.addLayout(add)
        self.column.addSpacing(theme.SPACE[0])
        self.grid_frame = FieldFrame(
            _("Only counted, not entered one by one"), self.grid, _("arrows and digits"), chars=30
        )
        self.column.addWidget(self.grid_frame)

    def _connect(self) -> None:
        self.step.changed.connect(lambda: self.step_changed.emit(self.step.code))
        self.add_button.clicked.connect(self.begin_new)
        self.undo_button.clicked.connect(self.undo)
        self.list.edit_wanted.connect(self.edit)
        self.list.remove_wanted.connect(self.remove)
        self.editor.finished.connect(self.finish)
        self.editor.closed.connect(self._on_closed)
        self.editor.changed.connect(self.changed)
        self.editor.changed.connect(self._show_size)
        self.grid.changed.connect(self._on_counted)
        self.grid.returnPressed.connect(self.passed)
        self._enter = EnterGoesOn(self.editor.fields.stops, self, before=self._leaves_at)
        self._enter.passed.connect(self.finish)
        for target in (self.list, self.add_button, self.undo_button):
            undo = QShortcut(QKeySequence("Ctrl+Z"), target, self.undo)
            undo.setContext(Qt.ShortcutContext.WidgetShortcut)

    @property
    def members(self) -> tuple[PersonDraft, ...]:
        """The members entered so far, without the focal point."""
        return tuple(self._members)

    @property
    def editing(self) -> tuple[PersonDraft | None, int | None]:
        """The member in the editor and, when it is one of the list, its place in the whole family (focal point 0)."""
        if self.editor.isHidden():
            return None, None
        return self.editor.draft, None if self.editor.index is None else self.editor.index + 1

    def set_members(
        self,
        members: Sequence[PersonDraft],
        counts: Mapping[str, int],
        editing: PersonDraft | None = None,
        editing_index: int | None = None,
    ) -> None:
        """Put a family into the section without saying that it changed."""
        self._members = list(members)
        self._removed = None
        self.grid.set_counts(counts)
        self.editor.hide()
        if editing is not None:
            index = None if editing_index is None else editing_index - 1
            self._open(index, editing)
        self._show()

    def set_needs(self, index: int, needs: tuple[str, ...], typed: str) -> None:
        """Change the needs of a member (0 is the first after the focal point)."""
        self._members[index] = replace(self._members[index], needs=needs, need_typed=typed)
        self.changed.emit()

    def set_step(self, step: str) -> None:
        """Take up the group or the individual step; what is entered or counted already stays."""
        self.step.set_code(step if step == "individual" else "group")

    def toggle_step(self) -> None:
        """Go from one step to the other, and with the keyboard to where the new one begins."""
        self.step.choose("group" if self.step.code == "individual" else "individual")
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.begin()

    def begin(self) -> None:
        """Begin with the members: at the counts, or with a new member."""
        if self.step.code == "individual":
            self.begin_new()
        else:
            self.grid.entry.setFocus(Qt.FocusReason.TabFocusReason)

    def begin_new(self) -> None:
        """Open an empty member; one that is in the editor is taken first."""
        if not self.editor.isHidden() and not self._take():
            return
        self._open(None, None)
        self.editor.take_focus()

    def edit(self, index: int) -> None:
        """Open a member of the list; one that is in the editor is taken first."""
        if not self.editor.isHidden() and not self._take():
            return
        self._open(index, self._members[index])
        self.editor.take_focus()

    def remove(self, index: int) -> None:
        """Take a member out of the family; it can be put back."""
        if self.editor.index == index:
            self.editor.hide()
        elif self.editor.index is not None and self.editor.index > index:
            self.editor.index -= 1
        self._removed = index, self._members.pop(index)
        self._show()
        self._say_changed()
        if not self._members:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def undo(self) -> None:
        """Put the member that was removed last back in its place."""
        if self._removed is None:
            return
        index, person = self._removed
        self._removed = None
        if self.editor.index is not None and self.editor.index >= index:
            self.editor.index += 1
        self._members.insert(index, person)
        self._show()
        self._say_changed()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Take the member in the editor. After a new one the next, empty one is opened; after a change it closes."""
        was_new = self.editor.index is None
        if not self._take():
            return
        if was_new:
            self._open(None, None)
            self.editor.take_focus()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: FieldProblem) -> QWidget | None:
        """Say beside the field of a member (index from 1) what is wrong, opening the member for it."""
        if problem.member is None or not 1 <= problem.member <= len(self._members):
            return None
        index = problem.member - 1
        if self.editor.isHidden() or self.editor.index != index:
            self._open(index, self._members[index])
        return self.editor.fields.show_problem(problem)

    def show_count_problem(self, problem: FieldProblem) -> QWidget:
        """Say at the grid of counts what is wrong."""
        words = say(self._language, problem.code, value=problem.value, limit=problem.limit)
        self.grid_frame.set_problem(words, blocking=problem.blocking)
        return self.grid.entry

    def clear_problems(self) -> None:
        """Take all errors and warnings away."""
        self.editor.fields.clear_problems()
        self.grid_frame.set_problem("")

    def settle(self) -> None:
        """Take what is in the editor as it stands, as saving does."""
        if self.editor.isHidden():
            return
        person = self.editor.draft
        if self.editor.index is not None:
            self._members[self.editor.index] = person
        elif not person.is_blank:
            self._members.append(person)
        self.editor.hide()
        self._show()

    def _take(self) -> bool:
        if self.editor.index is None and self.editor.draft.is_blank:
            self.editor.hide()
            return True
        wrong = self.editor.fields.first_problem()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.settle()
        self._removed = None
        self._show()
        self._say_changed()
        return True

    def _open(self, index: int | None, person: PersonDraft | None) -> None:
        focal, birth = self._focal()
        number = (len(self._members) if index is None else index) + 2
        self.editor.open(number, focal, birth, index=index, person=person)
        self.add_button.setVisible(index is not None)

    def _leaves_at(self, stop: QWidget) -> bool:
        fields = self.editor.fields
        if stop is fields.given_names and self.editor.index is None and fields.draft.is_blank:
            self._on_closed()
            return True
        return False

    def _on_closed(self) -> None:
        was_new = self.editor.index is None
        self.editor.hide()
        self._show()
        self.changed.emit()
        if was_new:
            self.passed.emit()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_counted(self) -> None:
        self._show_size()
        self.changed.emit()

    def _say_changed(self) -> None:
        self.members_changed.emit()
        self.changed.emit()

    def _show(self) -> None:
        _ = self._language.gettext
        self.list.show_people(self._members)
        self.add_button.setVisible(self.editor.isHidden() or self.editor.index is not None)
        self._undo_text.setVisible(self._removed is not None)
        self.undo_button.setVisible(self._removed is not None)
        if self._removed is not None:
            name = self._removed[1].full_name or _("(no name yet)")
            self._undo_text.setText(_("Removed: {name}", name=name))
        self._show_size()

    def _show_size(self) -> None:
        being_entered = not self.editor.isHidden() and self.editor.index is None and not self.editor.draft.is_blank
        size = 1 + len(self._members) + self.grid.total + being_entered
        words = self._language.ngettext("{number} person in all", "{number} people in all", size)
        self._size.setText(words)
