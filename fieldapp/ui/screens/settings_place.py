"""Settings: a few pages under tabs - screen, paper, desk, safety, staff, issuers, laptops and lists (for administrators), about."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from fieldapp.domain.record import Role
from fieldapp.ui import theme, tokens
from fieldapp.ui.places import Place, Shell
from fieldapp.ui.screens.laptops import LaptopSettings
from fieldapp.ui.screens.settings_about import AboutSettings
from fieldapp.ui.screens.settings_codes import CodeSettings
from fieldapp.ui.screens.settings_desk import DeskSettings
from fieldapp.ui.screens.settings_issuers import IssuerSettings
from fieldapp.ui.screens.settings_paper import PaperSettings
from fieldapp.ui.screens.settings_safety import SafetySettings
from fieldapp.ui.screens.settings_screen import ScreenSettings
from fieldapp.ui.screens.staff import StaffSettings
from fieldapp.ui.session import Session

_WIDEST = 860


class SettingsPlace(Place):
    """The tabs; what is changed holds at once, there is nothing to save."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        _ = session._
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.screen_page = ScreenSettings(session)
        self.paper_page = PaperSettings(session, shell)
        self.desk_page = DeskSettings(session, shell)
        self.safety_page = SafetySettings(session, shell)
        self.safety_page.sign_out_asked.connect(shell.ask_sign_out)
        self.staff_page: StaffSettings | None = None
        self.issuer_page: IssuerSettings | None = None
        self.laptops_page: LaptopSettings | None = None
        self.codes_page: CodeSettings | None = None
        self.tabs.addTab(_scrolling(self.screen_page), _("Screen"))
        self.tabs.addTab(_scrolling(self.paper_page), _("Paper"))
        self.tabs.addTab(_scrolling(self.desk_page), _("Desk"))
        self.tabs.addTab(_scrolling(self.safety_page), _("Safety"))
        if session.desk.actor.role is Role.ADMINISTRATOR:
            self.staff_page = StaffSettings(session, shell)
            self.tabs.addTab(_scrolling(self.staff_page), _("Staff"))
            self.issuer_page = IssuerSettings(session, shell)
            self.tabs.addTab(_scrolling(self.issuer_page), _("Issuers"))
            self.laptops_page = LaptopSettings(session, shell)
            self.tabs.addTab(_scrolling(self.laptops_page), _("Laptops"))
            self.codes_page = CodeSettings(session, shell)
            self.tabs.addTab(_scrolling(self.codes_page), _("Lists"))
        self.tabs.addTab(_scrolling(AboutSettings(session)), _("About"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[4], theme.SPACE[1], theme.SPACE[4], 0)
        column.addWidget(self.tabs)

    def title(self) -> str:
        """Return the words in the header."""
        return self.session._("Settings")

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place."""
        _ = self.session._
        return (
            ("Ctrl+Tab", _("Next page")),
            (_("Arrows"), _("Walk pages and answers")),
        )

    def asked(self, *, tab: str = "", request: str = "", **_arguments: object) -> None:
        """Open a page by name: staff, safety, issuers, laptops, lists; with the request of a laptop that wants to be enrolled."""
        pages = {
            "staff": self.staff_page,
            "safety": self.safety_page,
            "issuers": self.issuer_page,
            "laptops": self.laptops_page,
            "lists": self.codes_page,
        }
        page = pages.get(tab)
        if request and self.laptops_page is not None:
            self.laptops_page.take_request(request)
        for number in range(self.tabs.count()):
            area = self.tabs.widget(number)
            if page is not None and area is not None and area.isAncestorOf(page):
                self.tabs.setCurrentIndex(number)

    def entered(self) -> None:
        """Take the keyboard to the tabs, or to a form that is open."""
        if self.laptops_page is not None and self.laptops_page.form is not None and self.laptops_page.isVisible():
            self.laptops_page.form.take_focus()
            return
        self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)


def _scrolling(page: QWidget) -> QScrollArea:
    page.setMaximumWidth(tokens.sized(_WIDEST, theme.percent()))
    inner = QWidget()
    inner.setProperty("kind", "page")
    row = QHBoxLayout(inner)
    row.setContentsMargins(0, 0, 0, theme.SPACE[3])
    row.addWidget(page, 100)
    row.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area
