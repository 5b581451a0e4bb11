"""The privacy notice fits on its page in both languages, and says that a refusal costs nothing."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from fieldapp.documents.notice import notice_board, render_notice
from fieldapp.i18n import language


@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_it_fits_on_one_page(code: str, paper: str) -> None:
    board = notice_board("Organización de prueba", "Línea 123", language(code), paper=paper)
    assert board.overlaps() == []
    assert board.outside(30) == []


def test_it_says_that_one_may_refuse() -> None:
    pages = PdfReader(BytesIO(render_notice("Organización de prueba", "Línea 123", language("es")))).pages
    assert len(pages) == 1
    words = " ".join(pages[0].extract_text().split())
    assert "no pierde ninguna ayuda" in words
    assert "Línea 123" in words
