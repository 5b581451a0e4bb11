"""A page of Settings that lists something, and a form that takes the list's place until it is done or given up."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.staff_forms import StaffForm
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.row_table import RowTable


class ListAndForm(QWidget):
    """`form` is the one that is open. Whoever makes such a page gives it its table, and the card it lies in (`show_card`)."""

    table: RowTable

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self._session, self._shell = session, shell
        self.form: StaffForm | None = None
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, theme.SPACE[3], 0, 0)
        outer.addWidget(self._stack)

    def show_card(self, card: Card) -> None:
        """Show the card with the list."""
        self._stack.addWidget(card)

    def open_form(self, form: StaffForm) -> None:
        """Show a form in place of the list; what it says to have done is shown when it is finished."""
        if self.form is not None:
            self._on_finished("")
        self.form = form
        form.finished.connect(self._on_finished)
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        form.take_focus()

    def _on_finished(self, said: str) -> None:
        form, self.form = self.form, None
        if form is not None:
            self._stack.removeWidget(form)
            form.deleteLater()
        if said:
            self._shell.show_banner("ok", said)
        self.table.setFocus()
