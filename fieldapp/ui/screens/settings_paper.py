"""Settings of paper: the language and layout of slips, the printer, the paper of the summary."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.domain.problems import Problem
from fieldapp.i18n import SLIP_LANGUAGES
from fieldapp.services.receipt_printer import check_address
from fieldapp.ui import theme
from fieldapp.ui.screens.slip_layouts import every_layout
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.option_list import OptionList
from fieldapp.ui.widgets.plain_field import PlainField


class PaperSettings(QWidget):
    """Two cards: slips, and printer with summary."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        _ = session._
        settings = session.settings
        languages = [(code, name, "") for code, name in SLIP_LANGUAGES.items()]
        self.slip_language = OptionList(_("Language of the slips"), languages, settings.slip_language)
        self.slip_language.chosen.connect(lambda code: session.save_settings(slip_language=code))
        self.slip_layout = OptionList(_("Layout"), every_layout(session.language), settings.slip_layout)
        self.slip_layout.chosen.connect(lambda name: session.save_settings(slip_layout=name))
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
        self.printer = QComboBox()
        self.printer.addItem(_("Ask each time"), "")
        if settings.printer:
            self.printer.addItem(settings.printer, settings.printer)
            self.printer.setCurrentIndex(1)
        self.printer.activated.connect(lambda _row: session.save_settings(printer=self.printer.currentData()))
        self.receipt_printer = PlainField()
        self.receipt_printer.setText(settings.receipt_printer)
        self.receipt_printer.editingFinished.connect(self.keep_receipt_printer)
        self.receipt_frame = FieldFrame(
            _("Receipt printer without a queue"),
            self.receipt_printer,
            _("For rolls only. For example file:/dev/usb/lp0 or network:192.168.1.50; empty where there is none"),
        )
        slips = Card(_("Slips"))
        slips.column.addWidget(self.slip_language)
        slips.column.addWidget(self.slip_layout)
        slips.column.addWidget(self.portrait)
        slips.column.addWidget(self.portrait_hint)
        others = Card(_("Printer and summary"))
        others.column.addWidget(
            FieldFrame(
                _("Printer"),
                self.printer,
                _("Slips go there without being asked about"),
            )
        )
        others.column.addWidget(self.receipt_frame)
        others.column.addWidget(self.summary_paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE[3], 0, 0)
        column.setSpacing(theme.SPACE[3])
        column.addWidget(slips)
        column.addWidget(others)
        column.addStretch()
        QTimer.singleShot(0, self, self.look_for_printers)

    def keep_receipt_printer(self) -> None:
        """Keep the address of the receipt printer, or say beside it what an address looks like."""
        text = self.receipt_printer.text().strip()
        try:
            if text:
                check_address(text)
        except Problem as problem:
            self.receipt_frame.set_problem(words.say(self._session.language, problem.code, **problem.values))
            return
        self.receipt_frame.set_problem("")
        if text != self._session.settings.receipt_printer:
            self._session.save_settings(receipt_printer=text)

    def look_for_printers(self) -> None:
        """List the printers of this laptop; the remembered one stays, also while it is unplugged."""
        from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - slow where there are many printers

        for name in QPrinterInfo.availablePrinterNames():
            if self.printer.findData(name) < 0:
                self.printer.addItem(name, name)
