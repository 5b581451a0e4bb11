"""What can be done with a family after its registration: one button with a menu, and a panel for each entry.

A panel is made when it is first asked for, so that opening a family's page pays for none of them.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from fieldapp.domain.people import GroupPage
from fieldapp.domain.record import Role
from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.membership import mark_complete
from fieldapp.services.protection import PROTECTS
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel, Once
from fieldapp.ui.screens.family_add import AddPanel
from fieldapp.ui.screens.family_erase import ErasePanel
from fieldapp.ui.screens.family_focal import FocalPointPanel
from fieldapp.ui.screens.family_return import ReturnPanel
from fieldapp.ui.screens.family_search import SearchPanel
from fieldapp.ui.screens.family_split import MovePanel, SplitPanel
from fieldapp.ui.screens.family_token import TokenPanel
from fieldapp.ui.screens.family_turn import TurnPanel
from fieldapp.ui.screens.family_withdraw import WithdrawPanel
from fieldapp.ui.session import Session

_PANELS: Mapping[str, Callable[[Session, Shell], EditPanel]] = {
    "return": ReturnPanel,
    "add": AddPanel,
    "split": SplitPanel,
    "move": MovePanel,
    "focal_point": FocalPointPanel,
    "withdraw": WithdrawPanel,
    "erase": ErasePanel,
    "search": SearchPanel,
    "turn": TurnPanel,
    "token": TokenPanel,
}


class FamilyMenu(QPushButton):
    """The button; `panel_asked` carries the panel that was chosen."""

    panel_asked = Signal(object)
    undo_offered = Signal(object)
    """As of the panels: carries what takes back what was just done, once."""
    family_erased = Signal()

    def __init__(self, session: Session, shell: Shell, around: QWidget) -> None:
        _ = session._
        super().__init__(_("Change the family  Ctrl+B"))
        self._session, self._shell = session, shell
        self._page: GroupPage | None = None
        self._panels: dict[str, EditPanel] = {}
        theme.set_icon(self, "users")
        menu = QMenu(self)
        self.entries: dict[str, QAction] = {}
        # The letter after & chooses the entry while the menu is open.
        for name, words in (
            ("return", _("They are &back\tCtrl+R")),
            ("add", _("&Add a member\tCtrl+Shift+N")),
            ("focal_point", _("Another &focal point")),
            ("split", _("Make a family of &some members")),
            ("move", _("&Move members to another family")),
            ("complete", _("Mark as &complete")),
            ("turn", _("Give a &turn")),
            ("token", _("Hand over a &pre-printed slip")),
            ("search", _("Somebody they are &looking for")),
            ("withdraw", _("&Withdraw, or take it back")),
            ("erase", _("&Erase data…")),
        ):
            entry = menu.addAction(words)
            entry.triggered.connect(lambda _checked=False, name=name: self.ask(name))
            self.entries[name] = entry
        self.entries["search"].setVisible(session.desk.actor.role in PROTECTS)
        self.entries["withdraw"].setVisible(session.desk.actor.role in ANSWERABLE)
        self.entries["erase"].setVisible(session.desk.actor.role is Role.ADMINISTRATOR)
        self.setMenu(menu)
        for keys, action in (
            ("Ctrl+B", self.showMenu),
            ("Ctrl+R", lambda: self.ask("return")),
            ("Ctrl+Shift+N", lambda: self.ask("add")),
        ):
            shortcut = QShortcut(QKeySequence(keys), around, action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_page(self, page: GroupPage) -> None:
        """Offer what can be done with this family."""
        _ = self._session._
        self._page = page
        several = sum(not member.withdrawn for member in page.members) > 1
        for name in ("focal_point", "split", "move"):
            self.entries[name].setEnabled(several)
        self.entries["complete"].setText(_("Mark as not &complete") if page.complete else _("Mark as &complete"))

    def ask(self, name: str) -> None:
        """Do what an entry says: open its panel, or mark the family."""
        if self._page is None or not self.entries[name].isEnabled() or not self.entries[name].isVisible():
            return
        if name == "complete":
            self._mark(self._page, complete=not self._page.complete)
            return
        self.prepare(name)
        self.panel_asked.emit(self._panels[name])

    def prepare(self, name: str) -> None:
        """Make the panel of an entry while the family is still being read, so that its key is answered sooner."""
        if name in _PANELS and name not in self._panels:
            panel = self._panels[name] = _PANELS[name](self._session, self._shell)
            if isinstance(panel, ErasePanel):
                panel.family_erased.connect(self.family_erased)

    @property
    def panels(self) -> tuple[EditPanel, ...]:
        """The panels that were made so far."""
        return tuple(self._panels.values())

    def panel(self, name: str) -> EditPanel | None:
        """Return a panel that was made."""
        return self._panels.get(name)

    def _mark(self, page: GroupPage, *, complete: bool) -> None:
        desk, _ = self._session.desk, self._session._

        def done(_done: None) -> None:
            entered = sum(not member.withdrawn for member in page.members)
            if not complete:
                said = _("The family is marked as not complete: it counts by the size they said, {number}.",
                         number=page.declared_size)  # fmt: skip
            elif entered == page.declared_size:
                said = _("The family is complete.")
            else:
                said = _(
                    "The family is complete. They said {said}, and {entered} are entered: from now on {entered} count.",
                    said=page.declared_size,
                    entered=entered,
                )
            way_back = Once(self._undo_mark)
            self._shell.show_banner("ok", said, _("Undo  Ctrl+Z"), way_back)
            self.undo_offered.emit(way_back)

        self._session.work.change(
            lambda: mark_complete(desk, page, complete=complete),
            done,
            self._shell.show_problem,
            changes="groups",
            owner=self,
        )

    def _undo_mark(self) -> None:
        if self._page is not None:
            self._mark(self._page, complete=not self._page.complete)
