"""The hub in the place Synchronise: whether it is reached, a button to try now, and for the administrator where it is."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton

from fieldapp import words
from fieldapp.domain.record import Role
from fieldapp.ui import theme
from fieldapp.ui.hub_watch import HubState, HubWatch
from fieldapp.ui.places import Shell
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.banner import ICONS
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.wrap_layout import WrapLayout
from fieldapp.words_of_erasures import arrived_lines


class HubCard(Card):
    """One line of words, a button, and the address with its certificate to be named."""

    def __init__(self, session: Session, shell: Shell, watch: HubWatch) -> None:
        _ = session._
        super().__init__(
            _("Hub"), _("Where laptops meet over a network. It is tried by itself; registering goes on without it.")
        )
        self._session, self._shell, self._watch = session, shell, watch
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self._sign = QLabel()
        self.now_button = QPushButton(_("Try now"))
        theme.set_icon(self.now_button, "refresh-cw")
        self.now_button.clicked.connect(watch.try_now)
        self.address: QLineEdit = PlainField()
        self.address.setPlaceholderText("https://192.168.1.10:8443")
        self.address_frame = FieldFrame(_("Address of the hub"), self.address, chars=30)
        self.name_button = QPushButton(_("Choose its certificate (hub.crt)"))
        theme.set_icon(self.name_button, "shield-check")
        self.name_button.clicked.connect(self.choose)
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE[1])
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        buttons = WrapLayout(gap=theme.SPACE[2], line_gap=theme.SPACE[1])
        for button in (self.now_button, self.name_button):
            buttons.addWidget(button)
        self.column.addLayout(line)
        self.column.addWidget(self.address_frame)
        self.column.addLayout(buttons)
        watch.told.connect(self.show_state)
        self.show_state(watch.state)

    def show_state(self, state: HubState) -> None:
        """Say how it stands; the address is asked only where there is no hub yet."""
        session, _ = self._session, self._session._
        may_name = session.desk.actor.role is Role.ADMINISTRATOR and not state.url
        self.address_frame.setVisible(may_name)
        self.name_button.setVisible(may_name)
        self.now_button.setVisible(bool(state.url))
        self.now_button.setEnabled(not state.is_busy)
        if not state.url:
            kind, said = "info", _("No hub is known here. Sticks carry the records.")
        elif state.is_busy:
            kind, said = "info", _("Synchronising with {url}", url=state.url)
        elif state.problem is not None:
            kind, said = "warn", words.say(session.language, state.problem.code, **state.problem.values)
        else:
            moment = session.moment(state.reached_at_ms or session.desk.now_ms())
            kind, said = "ok", _("In step with {url}, {moment}", url=state.url, moment=moment)
            if state.cleared:
                kind = "warn"
                said = "\n".join((said, *arrived_lines(session.language, state.cleared)))
        theme.set_icon(self._sign, ICONS[kind], kind)
        theme.set_property(self.words, "state", kind)
        self.words.setText(said)

    def choose(self) -> None:
        """Choose the certificate, and try the hub."""
        chosen, _kind = QFileDialog.getOpenFileName(self, self.name_button.text(), "", "*.crt *.pem")
        if chosen:
            self.name(Path(chosen))

    def name(self, certificate: Path) -> None:
        """Remember the hub at the address with this certificate, and try it."""
        desk, url = self._session.desk, self.address.text().strip()
        if not url.startswith("https://"):
            self.address_frame.set_problem(words.say(self._session.language, "hub_address", url=url))
            self.address.setFocus()
            return
        self.address_frame.set_problem("")

        def named() -> None:
            from fieldapp.services.synchronise import name_hub  # noqa: PLC0415 - the network's libraries are slow

            name_hub(desk, url, certificate)

        self._session.work.change(
            named, lambda _done: self._watch.try_now(), self._shell.show_problem,
            changes="", owner=self,
        )  # fmt: skip
