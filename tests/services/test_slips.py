"""Issuing, printing again and voiding slips."""

from dataclasses import replace

import pytest

from fieldapp.domain.problems import NotAllowed, NotFound, Problem
from fieldapp.domain.record import Consent, Role
from fieldapp.domain.slip import Verdict
from fieldapp.exchange.credential import IssuerKey, read_credential
from fieldapp.services.correct import edit_group
from fieldapp.services.desk import Desk
from fieldapp.services.find import group_page
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip, preview_slip, slip_of_record, slip_pdf, void_slip
from tests.desks import NOBODY, WITH_PHOTO, a_portrait, family, person, take_over


def test_a_slip_says_what_is_registered_and_its_code_verifies(desk: Desk) -> None:
    registered = register_group(desk, family())

    issued = issue_slip(desk, registered.group_id, "es")

    issuer = IssuerKey(desk.device.kid, desk.device.sign_public, "A7", confirmed=True, revoked=False)
    reading = read_credential(issued.codes[0], [issuer])
    assert reading.verdict is Verdict.VALID
    assert reading.number == registered.number == issued.content.number
    assert reading.group_id == registered.group_id
    assert [member.given_names for member in reading.members][:2] == ["María de los Ángeles", "José Gregorio"]
    assert slip_pdf(issued, "a6").startswith(b"%PDF")


def test_a_reprint_keeps_the_slip_and_counts_its_copies(desk: Desk) -> None:
    registered = register_group(desk, family())

    copies = [issue_slip(desk, registered.group_id, "es").content for _ in range(3)]

    assert [content.copy for content in copies] == [1, 2, 3]
    assert len({content.slip_id for content in copies}) == 1
    assert [slip.copies for slip in group_page(desk, registered.group_id).slips] == [3]


def test_after_a_void_the_next_slip_is_new(desk: Desk) -> None:
    registered = register_group(desk, family())
    first = issue_slip(desk, registered.group_id, "es").content
    with pytest.raises(NotAllowed):
        void_slip(desk, registered.group_id, first.slip_id, "mojada")
    take_over(desk, Role.SUPERVISOR)
    with pytest.raises(Problem, match="reason_missing"):
        void_slip(desk, registered.group_id, first.slip_id, "")

    void_slip(desk, registered.group_id, first.slip_id, "mojada")
    second = issue_slip(desk, registered.group_id, "en").content

    assert second.slip_id != first.slip_id
    assert (second.copy, second.number) == (1, first.number)
    slips = group_page(desk, registered.group_id).slips
    assert [(slip.voided, slip.void_reason) for slip in slips] == [(True, "mojada"), (False, "")]


def test_there_is_no_slip_without_a_record(desk: Desk) -> None:
    with pytest.raises(NotFound):
        issue_slip(desk, NOBODY, "es")


def test_a_photo_goes_on_paper_only_when_asked_for_and_never_into_the_code(desk: Desk) -> None:
    registered = register_group(desk, family(person("Ana", "Luna", portrait=a_portrait()), consent_shares=WITH_PHOTO))

    plain = issue_slip(desk, registered.group_id, "es")
    shown = issue_slip(desk, registered.group_id, "es", with_portrait=True)

    assert plain.portrait == b""
    assert shown.portrait.startswith(b"\xff\xd8")
    assert abs(len(shown.codes[0]) - len(plain.codes[0])) <= 3  # the moments of issue differ, nothing else
    assert (b"/DCTDecode" in slip_pdf(plain, "a6"), b"/DCTDecode" in slip_pdf(shown, "a6")) == (False, True)
    assert b"/DCTDecode" not in slip_pdf(shown, "roll_80")
    assert slip_of_record(desk, registered.group_id, "es", with_portrait=True).portrait == shown.portrait


@pytest.mark.parametrize(
    "answer", [{"consent": Consent.REFUSES}, {"consent": Consent.NOT_ASKED}, {"consent_shares": ("partners",)}]
)
def test_a_photo_stays_off_paper_once_they_no_longer_agree(desk: Desk, answer: dict[str, object]) -> None:
    registered = register_group(desk, family(person("Ana", "Luna", portrait=a_portrait()), consent_shares=WITH_PHOTO))
    page = group_page(desk, registered.group_id, audited=False)
    assert page.members[0].portrait

    edit_group(desk, page, answer)

    assert issue_slip(desk, registered.group_id, "es", with_portrait=True).portrait == b""


def test_the_preview_has_the_photo_only_where_they_agree(desk: Desk) -> None:
    agreed = family(person("Ana", "Luna", portrait=a_portrait()), consent_shares=WITH_PHOTO)
    assert preview_slip(desk, agreed, "es", with_portrait=True).portrait
    assert preview_slip(desk, agreed, "es").portrait == b""
    refused = replace(agreed, consent=Consent.REFUSES)
    assert preview_slip(desk, refused, "es", with_portrait=True).portrait == b""


def test_looking_at_a_slip_issues_none(desk: Desk) -> None:
    preview = preview_slip(desk, family(), "es")
    assert preview.codes == ()
    registered = register_group(desk, family())

    shown = slip_of_record(desk, registered.group_id, "es")

    assert shown.content.number == registered.number
    assert group_page(desk, registered.group_id).slips == ()
