"""An identity credential of another system as a paper in hand: what it says of one person, for the form to take."""

from fieldapp.domain.papers.reading import PaperReading, PaperSource
from fieldapp.domain.slip import SlipReading


def paper_of(reading: SlipReading) -> PaperReading | None:
    """Return what a credential says of its holder; None for one that says nothing."""
    if not reading.members:
        return None
    holder = reading.members[0]
    in_one = bool(holder.given_names) and not holder.surnames and " " in holder.given_names
    return PaperReading(
        source=PaperSource.CREDENTIAL,
        kind="",
        number=reading.number,
        country=reading.country,
        given_names=holder.given_names,
        surnames=holder.surnames,
        sex=holder.sex,
        birth=holder.birth,
        nationality=holder.nationality,
        notes=("credential_names_in_one",) if in_one else (),
    )
