"""The registration number: made without a network, never reused, easy to read aloud (`PSB-A7-00042-K`).

It is the post, the device code, a counter and a check character (ISO 7064 Mod 37,36); a member of the group adds the
ordinal as a suffix (`PSB-A7-00042-K-1`).
"""

import re
from dataclasses import dataclass

from stdnum.iso7064 import mod_37_36

_PATTERN = re.compile(r"([A-Z]{2,6})-?([A-Z]\d|\d[A-Z])-?(\d{5,7})-?([0-9A-Z])(?:-(\d{1,2}))?")
_POST_CODE = re.compile(r"[A-Z]{2,6}")
_DEVICE_CODE = re.compile(r"[A-Z]\d|\d[A-Z]")


class NotARegistrationNumber(ValueError):
    """The text is not a registration number, or its check character does not fit."""


@dataclass(frozen=True, slots=True)
class RegistrationNumber:
    """A group's number, or with `member` set an individual's."""

    post: str
    device_code: str
    counter: int
    member: int | None = None

    @property
    def check_character(self) -> str:
        """The ISO 7064 Mod 37,36 character over post, device code and counter."""
        return str(mod_37_36.calc_check_digit(f"{self.post}{self.device_code}{self.counter:05d}"))

    def __str__(self) -> str:
        suffix = "" if self.member is None else f"-{self.member}"
        return f"{self.post}-{self.device_code}-{self.counter:05d}-{self.check_character}{suffix}"

    def of_member(self, ordinal: int) -> "RegistrationNumber":
        """Return the number of the member with this ordinal."""
        return RegistrationNumber(self.post, self.device_code, self.counter, ordinal)


def parse(text: str) -> RegistrationNumber:
    """Read a number as typed or read aloud: case and spaces do not matter, hyphens may be missing.

    Raises NotARegistrationNumber when the shape or the check character is wrong.
    """
    match = _PATTERN.fullmatch(re.sub(r"\s", "", text).upper())
    if match is None:
        raise NotARegistrationNumber(text)
    post, device_code, counter, check, member = match.groups()
    number = RegistrationNumber(post, device_code, int(counter), int(member) if member else None)
    if number.check_character != check:
        raise NotARegistrationNumber(text)
    return number


def is_post_code(text: str) -> bool:
    """Tell whether the text can be the code of a post: two to six capital letters."""
    return _POST_CODE.fullmatch(text) is not None


def is_device_code(text: str) -> bool:
    """Tell whether the text can be a device code: a letter and a digit, in either order.

    Two letters could not be told from the post in a number typed without hyphens.
    """
    return _DEVICE_CODE.fullmatch(text) is not None
