"""QR codes as vector shapes: the modules of each row merged into rectangles, for one path.

Level M, alphanumeric mode (Base45), four modules of quiet zone (ISO/IEC 18004).
"""

from dataclasses import dataclass

QUIET_ZONE = 4
"""White modules that must surround a code."""

SMALLEST_MODULE_MM = 0.4
"""What an office printer and a phone camera still manage together."""

MASK = 0
"""Fixed, not searched for: trying all eight costs 36 ms a code and wins nothing here, for a signed and compressed text
is as good as random under any of them."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """The dark modules: `runs` are (column, row, length), row 0 on top; `modules` is the side without quiet zone."""

    text: str
    modules: int
    runs: tuple[tuple[int, int, int], ...]

    @property
    def version(self) -> int:
        """The QR version, 1 to 40."""
        return (self.modules - 17) // 4


def make_qr(text: str, turns: int = 0) -> QrCode:
    """Return the code for an alphanumeric text. Raises ValueError for other characters or too long a text.

    Its lower right corner is the one that a reader can do without; `turns` quarters against the clock put it elsewhere.
    """
    import qrcode  # noqa: PLC0415
    from qrcode.util import MODE_ALPHA_NUM, QRData  # noqa: PLC0415

    maker = qrcode.QRCode(_version(len(text)), error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    maker.add_data(QRData(text, mode=MODE_ALPHA_NUM), optimize=0)
    maker.make(fit=False)
    modules = maker.modules
    for _ in range(turns):
        modules = list(zip(*modules, strict=True))[::-1]
    runs: list[tuple[int, int, int]] = []
    for row_number, row in enumerate(modules):
        start: int | None = None
        for column, dark in enumerate([*row, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((start, row_number, column - start))
                start = None
    return QrCode(text, maker.modules_count, tuple(runs))


def _version(characters: int) -> int:
    """Return the smallest version for so many alphanumeric characters: two take 11 bits, a last one 6.

    Found by the standard's table rather than by qrcode's trial, which would encode the text twice.
    """
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415
    from qrcode.util import BIT_LIMIT_TABLE  # noqa: PLC0415

    bits = 4 + 11 * (characters // 2) + 6 * (characters % 2)
    for version in range(1, 41):
        length_bits = 9 if version < 10 else 11 if version < 27 else 13  # noqa: PLR2004 - ISO/IEC 18004, table 3
        if bits + length_bits <= BIT_LIMIT_TABLE[ERROR_CORRECT_M][version]:
            return version
    raise ValueError("the text is too long for a QR code")
