"""The recovery sheet: the recovery key on paper, large enough to be copied by hand and typed back.

No QR code is printed on it: what a camera can read in passing, a camera can steal in passing.
"""

import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from fieldapp.documents.board import BLACK, Board, Box, RectMark
from fieldapp.documents.drawing import draw, new_canvas, one_at_a_time
from fieldapp.documents.fonts import Face
from fieldapp.documents.summary import PAPERS
from fieldapp.documents.text import Style, fit, forget
from fieldapp.i18n import Language

_MARGIN = 54.0
_GROUP = 4
_GROUPS_A_ROW = 4
_KEY = Style(Face.NUMBER, 25, 12)
_ROW_HEIGHT = 42.0
_TITLE = Style(Face.BOLD, 24, 14)
_HEADING = Style(Face.BOLD, 12, 9)
_TEXT = Style(Face.REGULAR, 10.5, 8)
_LABEL = Style(Face.REGULAR, 8.5, 7)
_VALUE = Style(Face.BOLD, 11, 8)


@one_at_a_time
def render_recovery_sheet(  # noqa: PLR0913 - what stands on the sheet
    recovery_key: str,
    operation: str,
    organisation: str,
    device_code: str,
    made_on: date,
    language: Language,
    *,
    paper: str = "letter",
) -> bytes:
    """Return the sheet as a PDF of one page on `letter` or `a4`; the key is shown in groups as it is typed."""
    board = recovery_board(recovery_key, operation, organisation, device_code, made_on, language, paper=paper)
    buffer = io.BytesIO()
    canvas: Any = new_canvas(
        buffer,
        (board.width, board.height),
        title=language.gettext("Recovery key"),
        author=organisation,
        language=language.code,
    )
    draw(board, canvas)
    canvas.showPage()
    canvas.save()
    forget()
    return buffer.getvalue()


def recovery_board(  # noqa: PLR0913 - what stands on the sheet
    recovery_key: str,
    operation: str,
    organisation: str,
    device_code: str,
    made_on: date,
    language: Language,
    *,
    paper: str = "letter",
) -> Board:
    """Return the sheet laid out."""
    _ = language.gettext
    board = Board(*PAPERS[paper])
    left, right = _MARGIN, board.width - _MARGIN
    width = right - left
    board.write_on(fit(_("Recovery key"), _TITLE, width), left, _MARGIN + 18)
    y = board.write(
        fit(_("Secret. Whoever has this sheet can open the register."), _HEADING, width), left, _MARGIN + 28
    )
    y += 8
    board.rule(left, y, right, 1.4)
    y += 14
    facts = (
        (_("Operation"), operation),
        (_("Organisation"), organisation),
        (_("Laptop"), device_code),
        (_("Made on"), language.date(made_on)),
    )
    for row in (facts[:2], facts[2:]):
        bottom = y
        for index, (label, value) in enumerate(row):
            x = left + index * width / 2
            under = board.write(fit(label, _LABEL, width / 2 - 12), x, y)
            bottom = max(bottom, board.write(fit(value, _VALUE, width / 2 - 12, lines=2, prefer=1), x, under))
        y = bottom + 8
    y = _place_key(board, recovery_key, left, y + 8, width) + 22
    for heading, paragraphs in _explained(language):
        y = board.write(fit(heading, _HEADING, width), left, y) + 3
        for paragraph in paragraphs:
            y = board.write(fit(paragraph, _TEXT, width, lines=4), left, y) + 4
        y += 12
    return board


def key_groups(recovery_key: str) -> list[str]:
    """Return the key in the groups it is written in, or in fours when it has none."""
    groups = [group for group in re.split(r"[\s-]+", recovery_key.strip()) if group]
    if len(groups) > 1:
        return groups
    whole = "".join(groups)
    return [whole[start : start + _GROUP] for start in range(0, len(whole), _GROUP)]


def _place_key(board: Board, recovery_key: str, left: float, y: float, width: float) -> float:
    """Place the groups in rows of four within a frame, each with its place in the order under it."""
    groups = key_groups(recovery_key)
    rows = -(-len(groups) // _GROUPS_A_ROW)
    frame = Box(left, y, left + width, y + rows * _ROW_HEIGHT + 18)
    board.rectangle(RectMark(frame, stroke=BLACK, width=1.6, radius=4))
    slot = (width - 24) / _GROUPS_A_ROW
    size = min((fit(group, _KEY, slot - 14).size for group in groups), default=_KEY.size)
    for index, group in enumerate(groups):
        middle = left + 12 + slot * (index % _GROUPS_A_ROW + 0.5)
        baseline = y + 9 + _ROW_HEIGHT * (index // _GROUPS_A_ROW) + 26
        board.write_on(fit(group, Style(Face.NUMBER, size, 6), slot - 6), middle, baseline, align="middle")
        board.write_on(fit(str(index + 1), Style(Face.REGULAR, 7), slot), middle, baseline + 11, align="middle")
    return frame.bottom


def _explained(language: Language) -> Sequence[tuple[str, Sequence[str]]]:
    _ = language.gettext
    return (
        (
            _("What it is for"),
            (
                _("It opens the register when no administrator can: a forgotten password, a person who has left."),
                _("Without it and without an administrator the records are lost. Nobody can make it again."),
            ),
        ),
        (
            _("Where to keep it"),
            (
                _("In a sealed envelope, in a safe or with the person in charge; never with the laptop or a backup."),
                _("Do not photograph it, do not send it, do not copy it into a phone."),
            ),
        ),
        (
            _("How to use it"),
            (
                _(
                    'Run "fieldapp recover" on the laptop and type the groups in their order. '
                    "Spaces, hyphens and small letters do not matter."
                ),
                _("If others may have seen it, tell the person in charge of the operation at once."),
            ),
        ),
    )
