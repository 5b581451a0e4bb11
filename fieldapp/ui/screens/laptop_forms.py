"""The forms of the list of laptops: enrolling one that asks, and revoking one with a reason."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton

from fieldapp import words
from fieldapp.code_lists import code_list
from fieldapp.services.enrol import Request, certify_laptop, fingerprint
from fieldapp.services.laptops import LONGEST_TERM_MONTHS, TERM_MONTHS, Laptop, revoke, term_end
from fieldapp.ui import theme
from fieldapp.ui.screens.staff_forms import StaffForm
from fieldapp.ui.session import Session
from fieldapp.ui.sticks import sticks


class EnrolForm(StaffForm):
    """Shows what a new laptop asks, and writes what it needs to join."""

    def __init__(self, session: Session, request: Request) -> None:
        _ = session._
        super().__init__(
            session,
            _("Enrol the laptop {code}", code=request.code),
            _("Compare the twelve digits with those on its screen. If they differ, go back: it is another laptop."),
            _("Enrol and write to the stick"),
        )
        self._request = request
        digits = QLabel(fingerprint(request))
        digits.setProperty("kind", "large-number")
        digits.setAccessibleName(_("Digits to compare"))
        post = code_list("border_posts").label(request.post, session.language.code)
        where = QLabel(", ".join(part for part in (post, request.shelter) if part))
        where.setProperty("kind", "secondary")
        where.setWordWrap(True)
        self.column.addWidget(digits)
        self.column.addWidget(where)
        self.folder: QLineEdit = self.add_line(
            "folder",
            _("Stick or folder"),
            _("The reply and all records are written there; only that laptop can open them."),
        )
        found = [str(path) for path in sticks()]
        self.folder.setText(found[0] if found else session.settings.sync_folder)
        choose = QPushButton(_("Other folder  Ctrl+O"))
        theme.set_icon(choose, "folder-open")
        choose.setShortcut("Ctrl+O")
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(choose)
        row.addStretch()
        self.column.addLayout(row)
        self.months: QLineEdit = self.add_line(
            "months",
            _("Certificate good for (months)"),
            _("Afterwards nothing is taken from it until it is renewed. 0 is without an end."),
        )
        self.months.setText(str(TERM_MONTHS))
        self.close_form()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.session._("Stick or folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def go_on(self) -> None:
        """Certify it and write."""
        desk, request, text = self.session.desk, self._request, self.folder.text().strip()
        if not text:
            self._refuse("folder", self.session._("Plug a stick in, or choose a folder."))
            return
        months = self.months.text().strip() or "0"
        if not months.isdecimal() or int(months) > LONGEST_TERM_MONTHS:
            self._refuse("months", self.session._("Type a number of months up to {most}, for example 12.",
                                                  most=LONGEST_TERM_MONTHS))  # fmt: skip
            return
        said = self.session._("{code} is enrolled. Take the stick to it; its staff sign in with their passwords.",
                              code=request.code)  # fmt: skip
        self.primary_button.setText(self.session._("Writing to the stick"))
        ends_ms = term_end(desk, int(months))
        self.run(lambda: certify_laptop(desk, request, Path(text), ends_ms), said)


class RevokeForm(StaffForm):
    """Ends a laptop, with a reason."""

    def __init__(self, session: Session, laptop: Laptop) -> None:
        _ = session._
        super().__init__(
            session,
            _("Revoke the laptop {code}", code=laptop.code),
            _(
                "For one that was lost or stolen. What this laptop has of it stays; what it wrote and nobody has yet, or"
                " writes from now on, is put aside. Its slips say that the issuer was revoked. This cannot be taken back:"
                " a laptop that turns up again is enrolled as a new one."
            ),
            _("Revoke"),
        )
        self._laptop = laptop
        self.reason = self.add_line("reason", _("Reason"), _("For example: stolen on 5 January"))
        self.close_form()

    def go_on(self) -> None:
        """Revoke it."""
        desk, laptop, reason = self.session.desk, self._laptop, self.reason.text().strip()
        if not reason:
            self._refuse("reason", words.say(self.session.language, "reason_needed"))
            return
        said = self.session._("{code} is revoked. The others learn of it with the next stick.", code=laptop.code)
        self.run(lambda: revoke(desk, laptop.device_id, reason), said)
