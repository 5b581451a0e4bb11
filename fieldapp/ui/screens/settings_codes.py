"""Settings, for administrators: the codes that this operation adds to the program's lists, or words otherwise."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QWidget,
)

from fieldapp import words
from fieldapp.code_lists import OPEN_LISTS, Code
from fieldapp.i18n import N_
from fieldapp.services.desk import Desk
from fieldapp.services.own_codes import codes_of, read_codes, set_codes, written
from fieldapp.trust.safe_files import write_whole
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.list_and_form import ListAndForm
from fieldapp.ui.screens.staff_forms import StaffForm
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.row_table import RowTable
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_NAMES = {
    "border_posts": N_("Posts and shelters"),
    "services": N_("Services"),
    "specific_needs": N_("Specific needs"),
    "documents": N_("Kinds of documents"),
    "languages": N_("Languages"),
    "ethnic_groups": N_("Ethnic groups"),
    "education": N_("Education"),
    "occupation": N_("Occupation"),
    "marital_status": N_("Marital status"),
}
_SPANISH, _ENGLISH, _STATE = range(1, 4)
_ROWS = 6


class CodeSettings(ListAndForm):
    """A list with its codes; a form takes its place while a code is added or worded anew."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        _ = session._
        self.codes: tuple[Code, ...] = ()
        self.which = QComboBox()
        for name in OPEN_LISTS:
            self.which.addItem(_(_NAMES[name]), name)
        self.which.activated.connect(self.refresh)
        heads = (_("Code"), _("In Spanish"), _("In English"), _("State"))
        self.table = RowTable(_("Codes of the list"), heads, wide=_SPANISH)
        self.table.horizontalHeader().setSectionResizeMode(_ENGLISH, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(theme.size("row") * _ROWS)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.add_button = self._button(_("Add a code"), "plus", lambda: self._open(None))
        self.word_button = self._button(_("Change the words"), "pencil", lambda: self._open(self._chosen()))
        self.offer_button = self._button(_("Offer no more"), "eye-off", self.turn)
        self.load_button = self._button(_("Take from a file"), "upload", self.choose_file)
        self.save_button = self._button(_("Save as a file"), "download", self.choose_target)
        self.show_card(self._card())
        session.work.changed.connect(self._on_changed)
        self.refresh()

    @property
    def name(self) -> str:
        """Which list is shown, as files and commands call it."""
        return str(self.which.currentData())

    def _button(self, text: str, icon: str, do: object) -> QPushButton:
        button = QPushButton(text)
        theme.set_icon(button, icon)
        button.clicked.connect(do)
        return button

    def _card(self) -> Card:
        _ = self._session._
        card = Card(
            _("Code lists"),
            _(
                "Add what your operation needs, such as a post that opens or a service. All laptops have it as soon as a"
                " bundle brings it; it is offered from the next sign-in on."
            ),
        )
        card.column.addWidget(FieldFrame(_("List"), self.which))
        card.column.addWidget(self.table, 1)
        rows = QHBoxLayout()
        rows.setSpacing(theme.SPACE[2])
        for button in (self.add_button, self.word_button):
            rows.addWidget(button)
        rows.addStretch()
        rows.addWidget(self.offer_button)
        card.column.addLayout(rows)
        files = QWidget()
        around = WrapLayout(files)
        around.addWidget(self.load_button)
        around.addWidget(self.save_button)
        card.column.addWidget(files)
        return card

    def refresh(self) -> None:
        """Read the list anew."""
        desk, name = self._session.desk, self.name
        self._session.work.query(lambda: codes_of(desk, name), partial(self._on_listed, name), owner=self)

    def _on_changed(self, kind: str) -> None:
        if kind in {"codes", "bundles"}:
            self.refresh()

    def _on_listed(self, name: str, codes: tuple[Code, ...]) -> None:
        if name != self.name:
            return
        _, row = self._session._, self.table.currentRow()
        self.codes = codes
        self.table.show_rows(
            (
                code.code,
                code.labels.get("es", ""),
                code.labels.get("en", ""),
                _("Offered") if code.offered else _("Ended"),
            )
            for code in codes
        )
        for place, code in enumerate(codes):
            self.table.cell(place, _STATE).setIcon(theme.icon("check" if code.offered else "eye-off"))
            for column in () if code.offered else range(_STATE + 1):
                self.table.cell(place, column).setForeground(theme.colour("secondary"))
        if 0 <= row < len(codes):
            self.table.selectRow(row)
        self._on_selected()

    def _chosen(self) -> Code | None:
        row = self.table.currentRow()
        return self.codes[row] if self.table.selectedItems() and 0 <= row < len(self.codes) else None

    def _on_selected(self) -> None:
        _, chosen = self._session._, self._chosen()
        self.word_button.setEnabled(chosen is not None)
        self.offer_button.setEnabled(chosen is not None)
        ended = chosen is not None and not chosen.offered
        self.offer_button.setText(_("Offer again") if ended else _("Offer no more"))
        theme.set_icon(self.offer_button, "eye" if ended else "eye-off")

    def turn(self) -> None:
        """Offer the chosen code no more, or again."""
        chosen, _ = self._chosen(), self._session._
        if chosen is not None:
            gone, back = (
                _("{code} is offered no more.", code=chosen.code),
                _("{code} is offered again.", code=chosen.code),
            )
            self._set([replace(chosen, offered=not chosen.offered)], gone if chosen.offered else back)

    def _set(self, codes: list[Code], said: str) -> None:
        session, name = self._session, self.name
        session.work.change(
            lambda: set_codes(session.desk, name, codes),
            lambda _changed: self._shell.show_banner("ok", said),
            self._shell.show_problem, changes="codes", owner=self,
        )  # fmt: skip

    def choose_file(self) -> None:
        """Ask for a file of codes, and take them."""
        path, _kind = QFileDialog.getOpenFileName(self, self.load_button.text(), "", "CSV (*.csv)")
        if path:
            self.load(Path(path))

    def load(self, path: Path) -> None:
        """Take the codes of a file into the list that is shown."""
        session, name = self._session, self.name

        def done(changed: int) -> None:
            self._shell.show_banner("ok", session.language.ngettext(
                "{number} code changed.", "{number} codes changed.", changed))  # fmt: skip

        session.work.change(
            lambda: set_codes(session.desk, name, read_codes(path)), done, self._shell.show_problem,
            changes="codes", owner=self,
        )  # fmt: skip

    def choose_target(self) -> None:
        """Ask where the list goes, and write it."""
        path, _kind = QFileDialog.getSaveFileName(self, self.save_button.text(), f"{self.name}.csv", "CSV (*.csv)")
        if path:
            self.save(Path(path))

    def save(self, path: Path) -> None:
        """Write the list that is shown to a file, which can be changed elsewhere and taken in again."""
        session, text = self._session, written(self.codes)
        session.work.query(
            lambda: write_whole(path, text.encode("utf-8-sig")),
            lambda _done: self._shell.show_banner("ok", session._("The list is in {file}.", file=str(path))),
            self._shell.show_problem, owner=self,
        )  # fmt: skip

    def _open(self, code: Code | None) -> None:
        self.open_form(CodeForm(self._session, self.name, self.which.currentText(), code, self.codes))


class CodeForm(StaffForm):
    """Adds a code, or words one anew."""

    changes = "codes"

    def __init__(self, session: Session, name: str, called: str, code: Code | None, known: tuple[Code, ...]) -> None:
        _ = session._
        title = _("Add to: {list}", list=called) if code is None else _("Words of {code}", code=code.code)
        super().__init__(session, title, _("Records keep the code; screens and papers say the words."), _("Save"))
        self._name, self._before, self._known = name, code, {one.code for one in known}
        self.code = None
        if code is None:
            hint = (
                _("Two to six capital letters; registration numbers begin with it")
                if name == "border_posts"
                else _("Up to 16 letters and digits")
            )
            self.code = self.add_line("code", _("Code"), hint)
        self.spanish = self.add_line("es", _("In Spanish"))
        self.english = self.add_line("en", _("In English"), _("Empty: as in Spanish"))
        if code is not None:
            self.spanish.setText(code.labels.get("es", ""))
            self.english.setText(code.labels.get("en", ""))
        self.close_form()

    def go_on(self) -> None:
        """Save it."""
        desk, name = self.session.desk, self._name
        labels = {"es": self.spanish.text(), "en": self.english.text()}
        if self._before is not None:
            self.run(partial(_set, desk, name, replace(self._before, labels=labels)),
                     self.session._("{code} has new words.", code=self._before.code))  # fmt: skip
            return
        assert self.code is not None
        code = self.code.text().strip()
        code = code.upper() if name == "border_posts" else code
        if code in self._known:
            self._refuse("code", words.say(self.session.language, "code_taken", value=code))
            return
        said = self.session._("{code} is added. It is offered from the next sign-in on.", code=code)
        self.run(partial(_set, desk, name, Code(code, labels, {})), said)


def _set(desk: Desk, name: str, code: Code) -> int:
    return set_codes(desk, name, [code])
