"""The Spanish catalogue has every message of the program, with the same fields, and no placeholder left."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from fieldapp import paths
from fieldapp.i18n import Language

ROOT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def spanish() -> Catalog:
    with (paths.translations() / "es" / "LC_MESSAGES" / "fieldapp.po").open("rb") as file:
        return read_po(file, locale="es")


def messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for file, _line, message, _comments, _context in extract_from_dir(ROOT / "fieldapp", keywords=KEYWORDS):
        if message:
            yield file, message


def texts(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_of_the_program_has_its_spanish() -> None:
    catalogue = spanish()
    found = list(messages())
    missing = sorted(
        {f"{file}: {message}" for file, message in found if message not in catalogue or not told(catalogue[message])}
    )
    assert len(found) > 400
    assert missing == []


def told(message: Message) -> bool:
    return not message.fuzzy and all(texts(message.string))


def test_a_translation_has_the_fields_of_its_source() -> None:
    wrong = [
        (source, translated)
        for message in spanish()
        if message.id
        for source, translated in zip(texts(message.id)[-1:] * 2, texts(message.string), strict=False)
        if fields(source) != fields(translated)
    ]
    assert wrong == []


def test_a_translation_raises_its_voice_nowhere() -> None:
    assert [message.string for message in spanish() if "!" in "".join(texts(message.string)) and message.id] == []


def test_a_plural_a_date_and_a_number_are_written_as_in_colombia() -> None:
    language = Language("es")
    assert language.ngettext("{number} day", "{number} days", 1) == "1 día"
    assert language.ngettext("{number} day", "{number} days", 12000) == "12.000 días"
