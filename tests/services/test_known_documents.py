"""A number is known however its dots, dashes and letter are written; another number is not."""

import pytest

from fieldapp.domain.record import Document
from fieldapp.services.desk import Desk
from fieldapp.services.known_documents import holders_of
from fieldapp.services.register import register_group
from tests.desks import family, person


@pytest.mark.parametrize("typed", ["V-17.345.221", "V17345221", "17345221", "17.345.221", "v 17345221"])
def test_a_number_is_known_in_every_spelling(desk: Desk, typed: str) -> None:
    register_group(desk, family())
    assert [row.given_names for row in holders_of(desk, typed)] == ["María de los Ángeles"]


@pytest.mark.parametrize("kept", ["V17345221", "17345221"])
def test_however_it_was_kept(desk: Desk, kept: str) -> None:
    register_group(desk, family(person("Ana", "Rivas", documents=(Document("VE_CED_V", kept, "VEN"),))))
    assert len(holders_of(desk, "V-17.345.221")) == 1


@pytest.mark.parametrize("typed", ["", "1734", "17345220", "1734522", "María"])
def test_another_number_is_not(desk: Desk, typed: str) -> None:
    register_group(desk, family())
    assert holders_of(desk, typed) == ()
