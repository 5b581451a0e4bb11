"""Settings of paper: the language and layout of slips, their printers, the paper of the summary."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.i18n import SLIP_LANGUAGES
from fieldapp.services.correct import ANSWERABLE
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.settings_printers import OtherPapersCard, SlipPrinterCard, look_for_printers
from fieldapp.ui.screens.settings_reprint import ReprintCard
from fieldapp.ui.screens.settings_slip_term import SlipTermCard
from fieldapp.ui.screens.slip_layouts import every_layout
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.option_list import OptionList


class PaperSettings(QWidget):
    """Cards: slips, their printer, everything else on paper, how long slips are good, and all of them once more."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self._session = session
        _ = session._
        settings = session.settings
        languages = [(code, name, "") for code, name in SLIP_LANGUAGES.items()]
        self.slip_language = OptionList(_("Language of the slips"), languages, settings.slip_language)
        self.slip_language.chosen.connect(lambda code: session.save_settings(slip_language=code))
        self.slip_layout = OptionList(_("Layout"), every_layout(session.language), settings.slip_layout)
        self.slip_layout.chosen.connect(self._on_layout)
        self.portrait = QCheckBox(_("Photo of the focal point on the slip"))
        self.portrait.setChecked(settings.portrait_on_slip)
        self.portrait.setMinimumHeight(theme.size("target"))
        self.portrait.toggled.connect(lambda on: session.save_settings(portrait_on_slip=on))
        self.portrait_hint = QLabel(
            _("Where the family agrees and the paper has room; never in the code, and not on rolls and wristbands")
        )
        self.portrait_hint.setProperty("kind", "hint")
        self.portrait_hint.setWordWrap(True)
        self.portrait.setAccessibleDescription(self.portrait_hint.text())
        self.summary_paper = OptionList(
            _("Paper of the summary"),
            (("letter", _("Letter"), ""), ("a4", "A4", "")),
            settings.summary_paper,
        )
        self.summary_paper.chosen.connect(lambda name: session.save_settings(summary_paper=name))
        slips = Card(_("Slips"))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[4])
        row.addWidget(self.slip_language, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.slip_layout, 3)
        slips.column.addLayout(row)
        slips.column.addWidget(self.portrait)
        slips.column.addWidget(self.portrait_hint)
        self.printers = SlipPrinterCard(session, shell)
        self.others = OtherPapersCard(session)
        self.term = SlipTermCard(session, shell)
        self.others.column.addWidget(self.summary_paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE[3], 0, 0)
        column.setSpacing(theme.SPACE[3])
        column.addWidget(slips)
        column.addWidget(self.printers)
        column.addWidget(self.others)
        column.addWidget(self.term)
        self.reprint: ReprintCard | None = None
        if session.desk.actor.role in ANSWERABLE:
            self.reprint = ReprintCard(session)
            column.addWidget(self.reprint)
        column.addStretch()
        look_for_printers(self.printers, self.others)

    def _on_layout(self, name: str) -> None:
        self._session.save_settings(slip_layout=name)
        self.printers.show_layout()
