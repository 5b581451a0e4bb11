"""Settings of the term of slips: for how many days one is good, for the whole operation; an administrator sets it."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox

from fieldapp.domain.record import Role
from fieldapp.services.slip_terms import LONGEST_DAYS, set_slip_term, slip_term
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.field_frame import FieldFrame


class SlipTermCard(Card):
    """The days, and a button, for this is no preference of one laptop: it is signed, and travels with the bundles."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(
            _("How long slips are good"),
            _("For the whole operation. Slips issued before keep what is printed on them."),
        )
        self._session, self._shell = session, shell
        self.days = QSpinBox()
        self.days.setRange(0, LONGEST_DAYS)
        self.days.setSpecialValueText(_("No term"))
        self.days.setSuffix(f" {_('days')}")
        # A spin box does not take the padding of the sheet.
        self.days.lineEdit().setTextMargins(theme.SPACE[1], 0, theme.SPACE[1], 0)
        self.days.setMaximumWidth(theme.size("field") * 5)
        self.save_button = QPushButton(_("Set the term"))
        self.save_button.clicked.connect(self.save)
        is_administrator = session.desk.actor.role is Role.ADMINISTRATOR
        self.days.setEnabled(False)
        self.save_button.setEnabled(False)
        hint = _("0 is no term") if is_administrator else _("An administrator sets this.")
        self.column.addWidget(FieldFrame(_("Days from the day of issue"), self.days, hint))
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.save_button.setVisible(is_administrator)  # only now, for without a parent it would be a window
        session.work.query(partial(slip_term, session.desk), self._on_known, owner=self)

    def _on_known(self, days: int) -> None:
        self.days.setValue(days)
        if self._session.desk.actor.role is Role.ADMINISTRATOR:
            self.days.setEnabled(True)
            self.save_button.setEnabled(True)

    def save(self) -> None:
        """Set the term from now on."""
        days = self.days.value()
        self._session.work.change(
            partial(set_slip_term, self._session.desk, days),
            lambda _done: self._on_saved(days),
            self._shell.show_problem,
            changes="settings",
            owner=self,
        )

    def _on_saved(self, days: int) -> None:
        _ = self._session._
        text = self._session.language.ngettext(
            "Slips are good for {number} day from now on.", "Slips are good for {number} days from now on.", days
        )
        self._shell.show_banner("ok", text if days else _("Slips have no term from now on."))
