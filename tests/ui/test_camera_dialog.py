"""The camera's route with real frames: into the sink, through a worker, out as a scan; and what is said without one."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtMultimedia", reason="QtMultimedia needs libpulse, which is not on this machine")

from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtMultimedia import QMediaDevices, QVideoFrame
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip, slip_pdf
from fieldapp.ui.scans import Scan, ScanSource
from fieldapp.ui.screens.camera_dialog import CameraDialog, read_with_camera
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from tests.desks import family
from tests.ui.keys import press


@pytest.fixture
def shell(no_printer: None, show_shell: Callable[[str], MainShell]) -> MainShell:
    return show_shell("register")


@pytest.fixture
def scans(session: Session, shell: MainShell) -> list[Scan]:
    arrived: list[Scan] = []
    session.scans.arrived.connect(arrived.append)
    return arrived


def slip_picture(session: Session) -> tuple[str, Image.Image]:
    """Return the code of a slip and a photo of it."""
    import pypdfium2  # noqa: PLC0415 - as the program reads a page

    issued = issue_slip(session.desk, register_group(session.desk, family()).group_id, "es")
    page = pypdfium2.PdfDocument(slip_pdf(issued, "a6"))[0]
    return issued.codes[0], page.render(scale=3).to_pil().convert("RGB")


def as_frame(picture: Image.Image) -> QVideoFrame:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return QVideoFrame(QImage.fromData(out.getvalue()).convertToFormat(QImage.Format.Format_RGBA8888))


def test_a_slip_before_the_camera_is_read_and_the_camera_closes(
    qtbot: QtBot, session: Session, shell: MainShell, scans: list[Scan]
) -> None:
    code, picture = slip_picture(session)
    dialog = read_with_camera(session, shell)
    dialog.view.sink.setVideoFrame(as_frame(Image.new("RGB", (640, 480), "grey")))
    qtbot.waitUntil(lambda: not session.work.is_busy)
    assert scans == []
    dialog.view.sink.setVideoFrame(as_frame(picture))
    qtbot.waitUntil(lambda: bool(scans))
    assert scans == [Scan(code, ScanSource.CAMERA)]
    assert QApplication.activeModalWidget() is None


def test_the_empty_frame_at_the_end_of_a_stream_is_passed_over(
    qtbot: QtBot, session: Session, shell: MainShell, scans: list[Scan]
) -> None:
    dialog = read_with_camera(session, shell)
    dialog.view.sink.setVideoFrame(QVideoFrame())
    assert dialog.view.image.isNull()
    dialog.reject()


def test_without_a_camera_that_is_said_and_esc_leads_back(qtbot: QtBot, session: Session, shell: MainShell) -> None:
    if QMediaDevices.videoInputs():
        pytest.skip("this machine has a camera")
    dialog = read_with_camera(session, shell)
    assert "No camera is connected" in dialog.hint.text()
    assert dialog.again_button.isVisible()
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or shell))
    press(None, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_a_camera_that_vanishes_is_said(qtbot: QtBot, session: Session, shell: MainShell) -> None:
    dialog = read_with_camera(session, shell)
    dialog.view.failed.emit("camera_gone")
    assert "unplugged" in dialog.hint.text()
    dialog.reject()


def test_a_photo_is_taken_of_what_is_seen(qtbot: QtBot, session: Session, shell: MainShell) -> None:
    dialog = CameraDialog(session, shell, for_face=True)
    taken: list[bytes] = []
    dialog.taken.connect(taken.append)
    dialog.open()
    dialog.start()
    dialog.take()
    assert taken == []
    dialog.view.sink.setVideoFrame(as_frame(Image.new("RGB", (640, 480), "teal")))
    qtbot.waitUntil(dialog.take_button.isEnabled)
    dialog.take_button.click()
    assert Image.open(io.BytesIO(taken[0])).size == (640, 480)


def test_a_picture_dropped_onto_the_window_is_read(
    qtbot: QtBot, session: Session, shell: MainShell, scans: list[Scan], tmp_path: Path
) -> None:
    code, picture = slip_picture(session)
    picture.save(tmp_path / "slip.jpg")
    drop(shell, tmp_path / "slip.jpg")
    qtbot.waitUntil(lambda: bool(scans))
    assert scans == [Scan(code, ScanSource.FILE)]


@pytest.mark.parametrize(
    ("content", "words"), [(b"\x89PNG\r\n\x1a\nnot one", "not a"), (b"", "not a"), (b"%PDF-1.4 nothing", "PDF")]
)
def test_what_is_no_picture_is_said(
    qtbot: QtBot, shell: MainShell, scans: list[Scan], tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "x.png").write_bytes(content)
    drop(shell, tmp_path / "x.png")
    qtbot.waitUntil(lambda: words in shell.banner.text)
    assert scans == []


def test_a_picture_without_a_code_is_said(qtbot: QtBot, shell: MainShell, tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), "white").save(tmp_path / "white.png")
    drop(shell, tmp_path / "white.png")
    qtbot.waitUntil(lambda: "white.png" in shell.banner.text)


def drop(shell: MainShell, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    # Qt delivers a drop only within a drag of the window system, so the filter is handed the event itself.
    assert shell.pictures.eventFilter(shell, event)
