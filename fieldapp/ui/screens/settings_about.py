"""About: the version, where the register lies, how it is protected, whose work the program stands on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from fieldapp import __version__
from fieldapp.ui import theme
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card


class AboutSettings(QWidget):
    """Two cards to read."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        _ = session._
        desk = session.desk
        program = Card("fieldapp")
        rows = QGridLayout()
        rows.setHorizontalSpacing(theme.SPACE[4])
        rows.setVerticalSpacing(theme.SPACE[2])
        for row, (label, value) in enumerate(
            (
                (_("Version"), __version__),
                (_("Operation"), desk.operation.name),
                (_("Organisation"), desk.operation.organisation),
                (_("Code of this laptop"), desk.device.code),
                (_("Data folder"), str(desk.folder)),
            )
        ):
            name = QLabel(label)
            name.setProperty("kind", "secondary")
            said = QLabel(value)
            said.setWordWrap(True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            rows.addWidget(said, row, 1)
        rows.setColumnStretch(1, 1)
        program.column.addLayout(rows)
        protection = Card(_("How the register is protected"))
        for text in (
            _("The register is one encrypted file (SQLCipher). A copied disk or a stolen laptop shows no name."),
            _("Passwords open it; after wrong ones they must wait. The recovery key on paper is the last way in."),
            _("Every entry, view, print and sign-in is a signed line in a log that cannot be changed unnoticed."),
            _("Nothing is sent anywhere. Free software, Apache License 2.0. Icons: Lucide (ISC). Fonts: Noto (OFL)."),
        ):
            line = QLabel(text)
            line.setWordWrap(True)
            protection.column.addWidget(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE[3], 0, 0)
        column.setSpacing(theme.SPACE[3])
        column.addWidget(program)
        column.addWidget(protection)
        column.addStretch()
