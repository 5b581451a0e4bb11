"""Pre-printed slips: printed, bound once, refused the second time, and read back from the paper."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from fieldapp.domain.problems import NotFound, Problem
from fieldapp.exchange.reading import codes_in_file
from fieldapp.i18n import language
from fieldapp.services.desk import Desk
from fieldapp.services.find import group_page
from fieldapp.services.register import register_group
from fieldapp.services.tokens import NotAToken, TokenTaken, bind_token, families_with, print_tokens, read_token
from tests.desks import NOBODY, family


def test_a_batch_is_printed_and_each_code_is_read_from_the_paper(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "blank.pdf"
    file.write_bytes(print_tokens(desk, 10, language("es")))
    pages = PdfReader(BytesIO(file.read_bytes())).pages
    assert len(pages) == 2
    assert "No es un documento de identidad" in " ".join(pages[0].extract_text().split())
    codes = codes_in_file(file)
    assert len(set(codes)) == 10
    assert all(read_token(code) == code for code in codes)


def test_a_slip_is_bound_once_and_refused_with_who_has_it(desk: Desk) -> None:
    one, two = register_group(desk, family()), register_group(desk, family())
    token = "TK-" + _some_token(desk)
    assert bind_token(desk, one.group_id, token.lower()) == token
    assert families_with(desk, token) == ((one.group_id, one.number),)
    assert bind_token(desk, one.group_id, token) == token
    with pytest.raises(TokenTaken) as refused:
        bind_token(desk, two.group_id, token)
    assert refused.value.values["known"] == one.number
    assert group_page(desk, one.group_id).tokens == (token,)


def test_a_blank_slip_opens_nobody(desk: Desk) -> None:
    assert families_with(desk, "TK-" + _some_token(desk)) == ()


def test_another_text_is_no_slip(desk: Desk) -> None:
    group = register_group(desk, family()).group_id
    with pytest.raises(NotAToken):
        bind_token(desk, group, "PSB-A7-00042-K")
    with pytest.raises(NotFound):
        bind_token(desk, NOBODY, "TK-" + _some_token(desk))


@pytest.mark.parametrize("count", [0, -1, 5001])
def test_an_absurd_number_of_slips_is_refused(desk: Desk, count: int) -> None:
    with pytest.raises(Problem, match="token_count"):
        print_tokens(desk, count, language("es"))


def _some_token(desk: Desk) -> str:
    from fieldapp.domain.token import new_token

    return new_token(desk.random_bytes)[3:]
