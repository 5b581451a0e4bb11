"""The laptops of the operation, for administrators: who they are, enrolling another, confirming, renewing, revoking."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QPushButton,
)

from fieldapp import words
from fieldapp.code_lists import code_list
from fieldapp.domain.problems import InvalidEntry, Problem
from fieldapp.domain.record import FieldProblem
from fieldapp.services.enrol import Request, read_request, read_request_text
from fieldapp.services.laptops import TERM_MONTHS, Laptop, confirm, laptops, new_keys, renew, term_end
from fieldapp.ui import theme
from fieldapp.ui.models.laptop_words import laptop_state
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.laptop_forms import EnrolForm, RevokeForm
from fieldapp.ui.screens.list_and_form import ListAndForm
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.row_table import RowTable
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_STATE = 2


class LaptopSettings(ListAndForm):
    """The list with its buttons; a form takes its place while a laptop is enrolled or revoked."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        _ = session._
        self.rows: list[Laptop] = []
        heads = (_("Code"), _("Border post"), _("State"), _("Last heard of"))
        self.table = RowTable(_("Laptops"), heads, wide=1)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.enrol_button = QPushButton(_("Enrol a laptop from a file"))
        theme.set_icon(self.enrol_button, "plus")
        self.confirm_button = QPushButton(_("Confirm"))
        theme.set_icon(self.confirm_button, "shield-check")
        self.renew_button = QPushButton(_("Renew the certificate"))
        theme.set_icon(self.renew_button, "rotate-ccw")
        self.keys_button = QPushButton(_("New keys for this laptop"))
        theme.set_icon(self.keys_button, "key-round")
        self.revoke_button = QPushButton(_("Revoke"))
        theme.set_property(self.revoke_button, "kind", "danger")
        theme.set_icon(self.revoke_button, "circle-x")
        self.enrol_button.clicked.connect(self.choose_request)
        self.confirm_button.clicked.connect(self.confirm_chosen)
        self.renew_button.clicked.connect(self.renew_chosen)
        self.keys_button.clicked.connect(self.change_keys)
        self.revoke_button.clicked.connect(lambda: self.open_form(RevokeForm(session, self._chosen())))
        card = Card(
            _("Laptops of this operation"),
            _(
                "A new laptop shows a code: scan it here, or open the file it wrote. A revoked one counts up to now and no"
                " further, everywhere."
            ),
        )
        buttons = WrapLayout(gap=theme.SPACE[2], line_gap=theme.SPACE[1])
        for button in (
            self.enrol_button, self.confirm_button, self.renew_button, self.keys_button, self.revoke_button,
        ):  # fmt: skip
            buttons.addWidget(button)
        card.column.addWidget(self.table, 1)
        card.column.addLayout(buttons)
        self.show_card(card)
        session.work.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        desk = self._session.desk
        self._session.work.query(lambda: laptops(desk), self._on_listed)

    def _on_changed(self, kind: str) -> None:
        if kind in {"staff", "laptops"}:
            self.refresh()

    def _on_listed(self, rows: tuple[Laptop, ...]) -> None:
        session = self._session
        self.rows = list(rows)
        posts = code_list("border_posts")
        shown, dress = [], []
        for row in rows:
            state, icon, said = laptop_state(session.language, row, session.desk.now_ms(), session.moment)
            seen = session.moment(row.last_seen_ms) if row.last_seen_ms else ""
            where = ", ".join(part for part in (posts.label(row.post, session.language.code), row.shelter) if part)
            shown.append((row.code, where, said, seen))
            dress.append((icon, state))
        self.table.show_rows(shown)
        for place, row in enumerate(rows):
            self.table.cell(place, _STATE).setIcon(theme.icon(*dress[place]))
            if row.is_past or row.revoked:
                for column in range(self.table.columnCount()):
                    self.table.cell(place, column).setForeground(theme.colour("secondary"))
        self._on_selected()

    def _chosen(self) -> Laptop:
        return self.rows[self.table.currentRow()]

    def _on_selected(self) -> None:
        place = self.table.currentRow()
        row = self.rows[place] if self.table.selectedItems() and 0 <= place < len(self.rows) else None
        self.confirm_button.setEnabled(row is not None and row.endorsed and not row.confirmed and not row.revoked)
        self.renew_button.setEnabled(row is not None and bool(row.expires_ms) and not row.revoked)
        self.revoke_button.setEnabled(
            row is not None and not row.revoked and row.device_id != self._session.desk.device.device_id
        )

    def choose_request(self) -> None:
        """Open the file a new laptop wrote."""
        chosen, _kind = QFileDialog.getOpenFileName(self, self._session._("Enrol a laptop from a file"), "", "")
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Show what the request in a file asks."""
        self._session.work.query(lambda: read_request(path), self._on_request, self._shell.show_problem, owner=self)

    def take_request(self, text: str) -> None:
        """Show what a scanned request asks."""
        try:
            self._on_request(read_request_text(text))
        except Problem as problem:
            self._shell.show_problem(problem)

    def _on_request(self, request: Request) -> None:
        self.open_form(EnrolForm(self._session, request))

    def confirm_chosen(self) -> None:
        """Certify the epoch that is chosen."""
        row, desk = self._chosen(), self._session.desk
        self._change(
            partial(confirm, desk, row.device_id, row.epoch), self._session._("{code} is confirmed.", code=row.code)
        )

    def renew_chosen(self) -> None:
        """Give the laptop that is chosen a certificate for another year."""
        row, desk = self._chosen(), self._session.desk
        said = self._session._(
            "The certificate of {code} is renewed. It learns of it from the hub or the next stick.", code=row.code
        )
        self._change(partial(renew, desk, row.device_id, row.epoch, term_end(desk, TERM_MONTHS)), said)

    def change_keys(self) -> None:
        """Give this laptop new keys and a new code."""
        desk, _ = self._session.desk, self._session._

        def done(code: str) -> None:
            self._shell.show_banner("ok", _("This laptop goes on as {code}. Its old numbers stay valid.", code=code))

        self._session.work.change(lambda: new_keys(desk), done, self._on_failed, changes="laptops", owner=self)

    def _change(self, function: "partial[None]", said: str) -> None:
        self._session.work.change(
            function, lambda _done: self._shell.show_banner("ok", said), self._on_failed, changes="laptops", owner=self
        )

    def _on_failed(self, error: Exception) -> None:
        problem = error.problems[0] if isinstance(error, InvalidEntry) and error.problems else None
        if isinstance(problem, FieldProblem):
            self._shell.show_banner("warn", words.say(self._session.language, problem.code, value=problem.value))
        else:
            self._shell.show_problem(error)
