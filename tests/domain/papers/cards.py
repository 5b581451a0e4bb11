"""The code of a yellow Colombian card as a library decodes it and as scanners type it; invented persons."""

from dataclasses import dataclass

SIZE = 531


@dataclass(frozen=True)
class YellowCard:
    """What the card says."""

    number: str = "0012345678"
    names: tuple[str, str, str, str] = ("QUINTERO", "NIÑO", "LAURA", "SOFIA")
    sex: str = "F"
    birth: str = "20040315"
    first: bytes = b"0"
    blood: str = "AB-"

    def decoded(self) -> bytes:
        """Return the 531 bytes with NULs and what must not be kept: blood type and fingerprints."""
        data = bytearray(SIZE)
        data[0:1] = self.first
        data[2:10] = b"01234567"
        data[24:32] = b"PubDSK_1"
        data[40:48] = b"87654321"
        data[48:58] = self.number.encode()
        for place, name in zip((58, 81, 104, 127), self.names, strict=True):
            data[place : place + 23] = name.encode("latin-1").ljust(23, b"\0")
        data[150:151] = b"0"
        data[151:152] = self.sex.encode()
        data[152:160] = self.birth.encode()
        data[160:165] = b"15001"
        data[166 : 166 + len(self.blood)] = self.blood.encode()
        data[169:] = bytes(33 + place % 90 for place in range(SIZE - 169))
        return bytes(data)

    def typed_with_spaces(self) -> str:
        """Return what a scanner types that makes a space of a NUL."""
        return self.decoded().replace(b"\0", b" ").decode("latin-1") + "\r"

    def typed_without_nuls(self) -> str:
        """Return what a scanner types that leaves NULs out."""
        return self.decoded().replace(b"\0", b"").decode("latin-1") + "\r"

    def typed_with_padded_names_only(self) -> str:
        """Return what a scanner types that leaves NULs out of all but the names."""
        data = self.decoded()
        return (data[:58].replace(b"\0", b"") + data[58:].replace(b"\0", b" ")).decode("latin-1")
