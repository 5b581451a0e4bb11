"""What a machine-readable zone says, its fields apart but not yet ours."""

import datetime as dt
from dataclasses import dataclass

from fieldapp.domain.birth import Birth
from fieldapp.domain.record import Sex


@dataclass(frozen=True, slots=True)
class Zone:
    """The fields of a zone whose check digits hold.

    `form` is TD1, TD2, TD3, MRV-A or MRV-B; `code` the document code (`P`, `IC`, ...); names are in capitals with
    spaces; `optional` holds the optional fields as they stand, fillers included.
    """

    form: str
    code: str
    issuer: str
    number: str
    surnames: str
    given_names: str
    names_cut: bool
    nationality: str
    birth: Birth
    sex: Sex
    expiry: dt.date | None
    optional: tuple[str, ...]
