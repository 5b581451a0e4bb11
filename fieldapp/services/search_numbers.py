"""Numbers in what was typed into a search: registration numbers as they are read aloud, and phones in groups of digits."""

import re

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,](?=\d)")
_GAP = r"[\s.-]{0,2}"
_DIGITS_IN_GROUPS = re.compile(
    rf"(?<!\d)(?:\+?\d{{2}}{_GAP})?\(?0?[234]\d{{2}}\)?{_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}(?!\d)"
)
"""A phone of the region: ten digits, with a zero or the country before them."""
_DEVICE = r"[a-z]\d|\d[a-z]"
_RUN_TOGETHER = re.compile(rf"[a-z]{{2,6}}(?:{_DEVICE})\d{{1,7}}[0-9a-z]?\d{{0,2}}")
_WITHOUT_CHECK = re.compile(rf"[a-z]{{2,6}}(?:{_DEVICE})\d{{5,7}}")
_IN_PARTS = re.compile(
    rf"(?:([a-z]{{2,6}})[\s-]*)?({_DEVICE})[\s-]+(\d{{1,7}})(?:[\s-]*[0-9a-z])?(?:[\s-]+\d{{1,2}})?-?"
)
_COUNTER = 5


def tidied(text: str) -> str:
    """Return a text without dots inside numbers, and with the groups of a phone's digits as one number."""
    joined = _DIGITS_IN_GROUPS.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    return _BETWEEN_DIGITS.sub("", joined)


def registration_expressions(text: str) -> list[str]:
    """Return expressions of the index, the likeliest first, for a text that may be a registration number.

    The post, the check character and the member's number may be missing, and so may the zeros before the counter; a
    wrong check character hides nobody.
    """
    text = text.casefold().strip()
    number = re.sub(r"[^a-z0-9]", "", text)
    found = []
    if _RUN_TOGETHER.fullmatch(number):
        found.append(f'"{number}"*')
        if _WITHOUT_CHECK.fullmatch(number[:-1]):
            found.append(f'"{number[:-1]}"*')
    if in_parts := _IN_PARTS.fullmatch(text):
        post, device, counter = in_parts.groups()
        tokens = (*([post] if post else []), device, f"{counter:0>{_COUNTER}}")
        found.append(" AND ".join(f'"{token}"' for token in tokens))
    return found
