"""Erasing a person or a whole family for good: on a legal ground, by whoever can open the root key, and confirmed.

Nothing takes it back, so the button waits until the number or the surname of whom it concerns is typed.
"""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from fieldapp import words
from fieldapp.domain.names import search_key
from fieldapp.domain.people import PersonPage
from fieldapp.i18n import N_
from fieldapp.services.erase import can_erase, erase, erase_family
from fieldapp.services.exports import Cleared
from fieldapp.ui import theme
from fieldapp.ui.models.person_words import full_name
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.banner import ICONS
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.words_of_erasures import cleared_lines

_BY_MOUSE = Qt.TextInteractionFlag.TextSelectableByMouse

GROUNDS = {
    "withdrawn": N_("Consent withdrawn, at the request of the person (Law 1581 of 2012, art. 8 e)"),
    "claim": N_("Claim of the person or their heirs (Law 1581 of 2012, art. 15)"),
    "not_needed": N_("The data is no longer needed for what it was collected for (Law 1581 of 2012, art. 4 b)"),
    "no_consent": N_("Registered without the consent that was needed (Law 1581 of 2012, art. 9)"),
    "authority": N_("Ordered by the authority for data protection (Law 1581 of 2012, art. 8 e)"),
}
"""Usual grounds by code. What stands in the field when the order is given is what is signed."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Whom an order is about: a person, or a family with all of its members; `surnames` and `number` confirm it."""

    subject: UUID
    number: str
    surnames: str
    name: str
    is_family: bool


class ErasePanel(EditPanel):
    """Asks whom, why, and whether really, and shows what came of it. `family_erased` when the family of the page is gone."""

    family_erased = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Erase data for good"), _("Erase for good  Ctrl+Enter"))
        self.primary_button.setProperty("kind", "danger")
        self._may_erase: bool | None = None
        self._is_writing = False
        self.is_done = False
        """Whether what is shown is the answer to an order."""
        self.warning, self._sign = plain_label("", "body"), QLabel()
        self.warning.setTextInteractionFlags(_BY_MOUSE)
        said = QHBoxLayout()
        said.setSpacing(theme.SPACE[1])
        said.setContentsMargins(0, theme.SPACE[0], theme.SPACE[0], 0)  # room for the frame of what has the keyboard
        said.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.warning, 1)
        self.fields.addLayout(said)
        self.who, self.usual = QComboBox(), QComboBox()
        self.ground, self.confirmation = PlainField(), PlainField()
        self.usual.addItem(_("Choose one, or write it below"), "")
        for code, ground in GROUNDS.items():
            self.usual.addItem(_(ground), code)
        for combo in (self.who, self.usual):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(20)
        for name, label, field, hint in (
            ("who", _("Whom"), self.who, ""),
            ("usual", _("Usual grounds"), self.usual, ""),
            ("ground", _("Legal ground"), self.ground,
             _("This is signed and stays readable for good: write no name and no number in it.")),
            ("confirmation", _("To confirm"), self.confirmation, ""),
        ):  # fmt: skip
            self.frames[name] = FieldFrame(label, field, hint, chars=40)
            self.fields.addWidget(self.frames[name])
        self.fields.addStretch(1)
        self.who.currentIndexChanged.connect(self._on_chosen)
        self.usual.activated.connect(self._on_usual)
        self.ground.textEdited.connect(lambda _text: self._on_ground_typed())
        self.confirmation.textChanged.connect(lambda _text: self._look())

    def clear(self) -> None:
        _ = self.session._
        self.is_done = False
        self.heading.setText(_("Erase data for good"))
        self.cancel_button.setText(_("Cancel  Esc"))
        self.warning.setTextInteractionFlags(_BY_MOUSE)
        self.warning.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.warning.setMargin(0)
        self.usual.setCurrentIndex(0)
        self.ground.clear()
        page = self.page
        if page is None:
            return
        self.who.blockSignals(True)
        self.who.clear()
        focal = next((one for one in page.members if one.individual_id == page.focal_point_id), None)
        several = len(page.members) > 1
        for one in page.members if several else ():
            self.who.addItem(_name(one), _Chosen(one.individual_id, one.number, one.surnames, _name(one), False))
        family = _("The whole family {number}", number=page.number)
        name = family if several or focal is None else _name(focal)
        surnames = focal.surnames if focal else ""
        self.who.addItem(name, _Chosen(page.group_id, page.number, surnames, name, True))
        self.who.setCurrentIndex(0)
        self.who.blockSignals(False)
        self._on_chosen()
        self._ask_for_the_key()

    def _ask_for_the_key(self) -> None:
        self._may_erase = None
        self._show_fields(shown=True)
        desk = self.session.desk
        self.session.work.query(lambda: can_erase(desk), self._on_key, self.shell.show_problem, owner=self)

    def _on_key(self, may_erase: bool) -> None:  # noqa: FBT001 - an answer of the worker
        self._may_erase = may_erase
        self._show_fields(shown=may_erase)
        if may_erase:
            self._look()
            return
        self._say(
            "info",
            self.session._("The key of the operation cannot be opened here. Erase where the operation was set up."),
        )
        if self.isVisible():
            self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_fields(self, *, shown: bool) -> None:
        for frame in self.frames.values():
            frame.setVisible(shown)
        self.primary_button.setVisible(shown)

    def _chosen(self) -> _Chosen | None:
        data = self.who.currentData()
        return data if isinstance(data, _Chosen) else None

    def _on_chosen(self) -> None:
        chosen, _ = self._chosen(), self.session._
        self.confirmation.clear()
        self.frames["confirmation"].set_problem("")
        if chosen is None:
            return
        if chosen.is_family:
            what = _(
                "Everything recorded of the family and of each of its members is deleted, and cannot be brought back."
            )
        else:
            what = _("Everything recorded of {name} is deleted, and cannot be brought back.", name=chosen.name)
        where = _(
            "Data, photo, notes, drafts and saved slips go on this laptop now, and on every other one with the next"
            " stick or the hub. Nothing undoes it. That it was ordered, by whom and on which ground, stays."
        )
        self._say("danger", f"{what} {where}")
        self.frames["confirmation"].set_hint(self._wanted(chosen))
        self._look()

    def _wanted(self, chosen: _Chosen) -> str:
        _ = self.session._
        if not chosen.surnames.strip():
            return _("Type the number {number}.", number=chosen.number)
        return _(
            "Type the number {number}, or the surnames {surnames}.", number=chosen.number, surnames=chosen.surnames
        )

    def _on_usual(self, _index: int) -> None:
        code = self.usual.currentData()
        self.ground.setText(self.session._(GROUNDS[code]) if code else "")
        self.ground.setCursorPosition(0)
        self._on_ground_typed()
        if not code:
            self.ground.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_ground_typed(self) -> None:
        self.frames["ground"].set_problem("")
        self._look()

    @property
    def _is_confirmed(self) -> bool:
        chosen, typed = self._chosen(), self.confirmation.text()
        if chosen is None or not typed.strip():
            return False
        surnames = search_key(chosen.surnames)
        return _bare(typed) == _bare(chosen.number) or (bool(surnames) and search_key(typed) == surnames)

    def _look(self) -> None:
        """Let the button be pressed once everything is said."""
        if self._is_confirmed:
            self.frames["confirmation"].set_problem("")
        is_whole = self._is_confirmed and bool(self.ground.text().strip())
        self.primary_button.setEnabled(is_whole and self._may_erase is True and not self._is_writing)

    def save(self) -> None:
        chosen = self._chosen()
        if self.is_done:
            self.closed.emit()
            return
        if chosen is None or self._may_erase is not True or self._is_writing:
            return
        if not self.ground.text().strip():
            self._refuse("ground", words.say(self.session.language, "legal_ground_needed"))
        elif not self._is_confirmed:
            self._refuse("confirmation", self._wanted(chosen))
        else:
            self._is_writing = True
            self._look()
            order = erase_family if chosen.is_family else erase
            self.session.work.change(
                partial(order, self.session.desk, chosen.subject, self.ground.text()),
                partial(self._on_erased, chosen), self._on_refused, changes="groups", owner=self,
            )  # fmt: skip

    def _refuse(self, name: str, said: str) -> None:
        self.frames[name].set_problem(said)
        self.frames[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, error: Exception) -> None:
        self._is_writing = False
        self._look()
        self.shell.show_problem(error)

    def _on_erased(self, chosen: _Chosen, done: Cleared) -> None:
        _, language = self.session._, self.session.language
        self._is_writing, self.is_done = False, True
        if chosen.is_family and self.who.count() > 1:
            said = _("The family {number} was erased.", number=chosen.number)
        else:
            said = _("{name} was erased.", name=chosen.name)
        follow = _("The other laptops follow with the next stick or the hub.")
        lines = [f"{said} {follow}"]
        if self.page is not None and chosen.subject == self.page.focal_point_id:
            lines.append(_("The family needs another focal point now: Ctrl+B."))
        lines += cleared_lines(language, done) or [_("No file that this laptop wrote is known to hold them.")]
        if done.left:
            lines.append(_("They stay named under Sync until somebody looked at them."))
        self._show_answer("warn" if done.left else "ok", "\n".join(lines))
        if chosen.is_family:
            self.family_erased.emit()

    def _show_answer(self, kind: str, text: str) -> None:
        """Show in place of the fields what came of it, with every path; the panel is closed by whoever has read it."""
        _ = self.session._
        self._show_fields(shown=False)
        self.heading.setText(_("Erased"))
        self._say(kind, text)
        self.warning.setMargin(theme.SPACE[1])
        self.cancel_button.setText(_("Close  Esc"))
        self.warning.setTextInteractionFlags(_BY_MOUSE | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        QWidget.setTabOrder(self.warning, self.cancel_button)
        self.warning.setFocus(Qt.FocusReason.OtherFocusReason)  # so that it is read from its beginning

    def _say(self, kind: str, text: str) -> None:
        theme.set_property(self.warning, "state", kind)
        theme.set_icon(self._sign, ICONS[kind], kind)
        self.warning.setText(text)


def _name(person: PersonPage) -> str:
    return full_name(person.given_names, person.surnames)


def _bare(number: str) -> str:
    """Return a number without what people leave out between its parts."""
    return "".join(letter for letter in number.upper() if letter.isalnum())
