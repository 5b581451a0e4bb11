"""Settings, for administrators: whose credentials are trusted here beside those of our own laptops."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.services.issuers import TrustedIssuer, list_issuers, revoke_issuer, trust_issuers, write_operation_keys
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.row_table import RowTable
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_ROWS, _STATE = 5, 3


class IssuerSettings(QWidget):
    """The issuers with their state; a file of keys is trusted, one of the list is trusted no more."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self._session, self._shell = session, shell
        _ = session._
        self.issuers: tuple[TrustedIssuer, ...] = ()
        heads = (_("Issuer"), _("Key"), _("Kind"), _("State"))
        self.table = RowTable(_("Trusted issuers"), heads, wide=0)
        self.table.setIconSize(QSize(theme.size("icon"), theme.size("icon")))
        self.table.setMinimumHeight(theme.size("row") * _ROWS)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.name, self.reason = PlainField(), PlainField()
        self.add_button = QPushButton(_("Trust the keys of a file"))
        theme.set_icon(self.add_button, "shield-check")
        self.add_button.clicked.connect(self.choose_file)
        self.name_frame = FieldFrame(_("Name of the issuer"), self.name, _("Empty: as the file says"))
        self.revoke_button = QPushButton(_("Trust no more"))
        theme.set_property(self.revoke_button, "kind", "danger")
        theme.set_icon(self.revoke_button, "circle-x")
        self.revoke_button.clicked.connect(self.revoke)
        self.reason_frame = FieldFrame(_("Reason"), self.reason, _("For example: key stolen"))
        self.export_button = QPushButton(_("Save our keys for others"))
        theme.set_icon(self.export_button, "download")
        self.export_button.clicked.connect(self.choose_export)
        self._lay_out()
        session.work.changed.connect(self._on_changed)
        self.refresh()

    def _lay_out(self) -> None:
        _ = self._session._
        trusted = Card(
            _("Trusted issuers"),
            _(
                "Slips and identity credentials of other agencies are read here once their keys are trusted. It holds on"
                " all laptops as soon as a bundle brings it."
            ),
        )
        trusted.column.addWidget(self.table, 1)
        for frame, button in ((self.name_frame, self.add_button), (self.reason_frame, self.revoke_button)):
            around = QWidget()
            row = QHBoxLayout(around)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.SPACE[2])
            row.addWidget(frame, 1)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            trusted.column.addWidget(around)
        ours = Card(
            _("Our keys"),
            _("Whoever has this file can tell that slips of our laptops are genuine. It holds no secret."),
        )
        buttons = QWidget()
        WrapLayout(buttons).addWidget(self.export_button)
        ours.column.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE[3], 0, 0)
        column.setSpacing(theme.SPACE[3])
        column.addWidget(trusted)
        column.addWidget(ours)
        column.addStretch()

    def refresh(self) -> None:
        """Read the list anew."""
        desk = self._session.desk
        self._session.work.query(lambda: list_issuers(desk), self._on_listed, owner=self)

    def _on_changed(self, kind: str) -> None:
        if kind in {"issuers", "bundles", "groups"}:
            self.refresh()

    def _on_listed(self, issuers: tuple[TrustedIssuer, ...]) -> None:
        self.issuers = issuers
        _ = self._session._
        self.table.show_rows(
            (
                one.name,
                f"{one.kid or '-'}  ({one.number})",
                one.kind,
                _("Revoked: {reason}", reason=one.reason) if one.revoked else _("Trusted"),
            )
            for one in issuers
        )
        for row, one in enumerate(issuers):
            self.table.cell(row, _STATE).setIcon(theme.icon("circle-x" if one.revoked else "check"))
        self._on_selected()

    def _on_selected(self) -> None:
        chosen = self._chosen()
        usable = chosen is not None and not chosen.revoked
        self.revoke_button.setEnabled(usable)
        self.reason_frame.setEnabled(usable)

    def _chosen(self) -> TrustedIssuer | None:
        row = self.table.currentRow()
        return self.issuers[row] if self.table.selectedItems() and 0 <= row < len(self.issuers) else None

    def choose_file(self) -> None:
        """Ask for a file of keys, and trust them."""
        kinds = self._session._("Issuer keys ({kinds})", kinds="*.json *.jwk *.jwks")
        path, _kind = QFileDialog.getOpenFileName(self, self.add_button.text(), "", kinds)
        if path:
            self.trust(Path(path))

    def trust(self, path: Path) -> None:
        """Trust the keys of a file."""
        session, name = self._session, self.name.text().strip()

        def done(trusted: tuple[TrustedIssuer, ...]) -> None:
            self.name.clear()
            names = ", ".join(dict.fromkeys(one.name for one in trusted))
            self._shell.show_banner("ok", session._("Trusted from now on: {names}.", names=names))

        work, desk = session.work, session.desk
        work.change(
            lambda: trust_issuers(desk, path, name), done, self._shell.show_problem, changes="issuers", owner=self
        )

    def revoke(self) -> None:
        """Trust the chosen issuer no more."""
        chosen, reason, session = self._chosen(), self.reason.text().strip(), self._session
        if chosen is None:
            return
        self.reason_frame.set_problem("" if reason else session._("Say why."))
        if not reason:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return

        def done(_done: None) -> None:
            self.reason.clear()
            self._shell.show_banner("ok", session._("{name} is trusted no more.", name=chosen.name))

        session.work.change(
            lambda: revoke_issuer(session.desk, chosen.issuer_id, reason), done, self._shell.show_problem,
            changes="issuers", owner=self,
        )  # fmt: skip

    def choose_export(self) -> None:
        """Ask where our keys go, and write them."""
        path, _kind = QFileDialog.getSaveFileName(self, self.export_button.text(), "issuer.json", "JSON (*.json)")
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        """Write the keys of our laptops to a file."""
        session = self._session
        session.work.query(
            lambda: write_operation_keys(session.desk, path),
            lambda _done: self._shell.show_banner("ok", session._("Our keys are in {file}.", file=str(path))),
            self._shell.show_problem,
            owner=self,
        )
