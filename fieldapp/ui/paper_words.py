"""A read paper in words: what it is, what it says, and what differs from what was typed."""

from datetime import date

from fieldapp import words
from fieldapp.code_lists import code_list
from fieldapp.domain.papers.reading import PaperReading, PaperSource
from fieldapp.i18n import N_, Language
from fieldapp.ui.models.draft_content import CodeValue, PersonDraft
from fieldapp.ui.models.paper_fill import as_draft
from fieldapp.ui.widgets.birth_field import birth_words

_FIELDS = {
    "given_names": N_("Given names"), "surnames": N_("Surnames"), "sex": N_("Sex"), "born": N_("Born"),
    "nationality": N_("Nationality"), "document_kind": N_("Document"), "document_number": N_("Document number"),
    "document_country": N_("Issued by"),
}  # fmt: skip
_LISTS = {
    "sex": "sex",
    "nationality": "nationalities",
    "document_kind": "documents",
    "document_country": "nationalities",
}


def paper_name(reading: PaperReading, language: Language) -> str:
    """Return what kind of paper it is."""
    kinds = code_list("documents")
    if reading.source is PaperSource.CREDENTIAL:
        return language.gettext("Identity credential")
    if reading.kind in kinds:
        return kinds.label(reading.kind, language.code)
    return language.gettext("Visa") if reading.code.startswith("V") else language.gettext("Identity document")


def paper_lines(reading: PaperReading, language: Language, today: date) -> list[str]:
    """Return what was read in one line, and what staff should know of it in a line each."""
    _ = language.gettext
    says = [
        f"{reading.given_names} {reading.surnames}".strip(),
        birth_words(reading.birth, today, language) if str(reading.birth) else "",
        reading.number,
    ]
    lines = [_("Read from: {paper}. {said}", paper=paper_name(reading, language), said=" · ".join(filter(None, says)))]
    lines += [words.say(language, note) for note in reading.notes]
    if reading.expiry is not None and reading.has_expired(today):
        lines.append(_("It expired on {day}. It says who somebody is all the same.", day=language.date(reading.expiry)))
    if reading.names_cut:
        lines.append(_("The names are cut on this paper. Complete them as the person says them."))
    elif reading.plain and (reading.given_names or reading.surnames):
        lines.append(_("This paper has no accents and no ñ. Put them in where they belong."))
    if reading.repaired:
        lines.append(_("Some letters were hard to read and were put right. Compare them with the paper."))
    if not reading.kind and not reading.code.startswith("V"):
        lines.append(_("Which document it is cannot be told from the scan. Choose it from the list."))
    return lines


def difference(name: str, draft: PersonDraft, reading: PaperReading, language: Language) -> str:
    """Return a field of which paper and form say different things, both in words."""
    read, typed = getattr(as_draft(reading), name), getattr(draft, name)
    return language.gettext(
        "{field}: the paper says {read}; typed: {typed}",
        field=language.gettext(_FIELDS[name]),
        read=_shown(name, read, language),
        typed=_shown(name, typed, language),
    )


def on_paper(name: str, reading: PaperReading, language: Language) -> str:
    """Return what the paper says of a field, to stand below it."""
    return language.gettext("The paper says {read}", read=_shown(name, getattr(as_draft(reading), name), language))


def _shown(name: str, value: str | CodeValue, language: Language) -> str:
    codes = (value.codes or (value.typed,)) if isinstance(value, CodeValue) else (value,)
    if name not in _LISTS:
        return str(codes[0])
    listed = code_list(_LISTS[name])
    return " + ".join(listed.label(code, language.code) if code in listed else code for code in codes)
