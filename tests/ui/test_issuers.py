"""Credentials of other systems at the desk: trusted under Settings, scanned, and taken into the form."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.services.issuers import trust_issuers
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.screens.settings_issuers import IssuerSettings
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.exchange.issuers import OtherIssuer
from tests.ui.keys import press, scan, type_text
from tests.ui.test_register_papers import shell

__all__ = ["shell"]


@pytest.fixture
def credential(admin_session: Session, tmp_path: Path) -> str:
    """A credential of an issuer that is trusted here."""
    issuer = OtherIssuer("P-256")
    trust_issuers(admin_session.desk, issuer.write(tmp_path / "jwks.json"))
    return issuer.credential()


def test_a_credential_fills_the_empty_fields_and_f9_takes_it_back(
    qtbot: QtBot, credential: str, shell: MainShell
) -> None:
    place = shell.places["register"]
    assert isinstance(place, RegisterPlace)
    type_text(place.form.focal.given_names, "Yusleidy")
    scan(credential)
    qtbot.waitUntil(lambda: shell.answer is not None)
    assert shell.answer is not None
    assert shell.answer.word == "Valid credential"
    assert "by Registraduría de Prueba" in shell.answer.about

    press(None, Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: place.form.focal.draft.surnames == "Bracho Montiel")
    draft = place.form.focal.draft
    assert draft.given_names == "Yusleidy"  # what was typed stays
    assert (draft.sex, draft.born_iso, draft.nationality.code) == ("F", "1992-08-17", "VEN")
    assert place.papers.focal.strip.isVisible()
    press(None, Qt.Key.Key_F9)
    assert (place.form.focal.draft.surnames, place.form.focal.draft.given_names) == ("", "Yusleidy")


def test_the_settings_page_trusts_a_file_and_says_why_no_more(
    qtbot: QtBot, admin_session: Session, shell: MainShell, tmp_path: Path
) -> None:
    shell.go_to("settings", tab="issuers")
    page = shell.places["settings"].issuer_page  # type: ignore[attr-defined]
    assert isinstance(page, IssuerSettings)
    type_text(page.name, "Agencia Vecina")
    page.trust(OtherIssuer().write(tmp_path / "jwks.json"))
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    assert "Agencia Vecina" in shell.banner.text
    assert not page.revoke_button.isEnabled()
    page.table.selectRow(0)
    page.revoke_button.click()
    assert page.reason.hasFocus()
    assert page.reason_frame.state
    type_text(page.reason, "clave robada")
    page.revoke_button.click()
    qtbot.waitUntil(lambda: "Revoked: clave robada" in [page.table.item(0, 3).text()])
    assert not page.revoke_button.isEnabled()
    page.export(tmp_path / "ours.json")
    qtbot.waitUntil(lambda: (tmp_path / "ours.json").exists())
