"""The access file on disk: `access.json` beside the register, and `access.json.previous`, its last good copy.

A damaged file falls back to the previous copy. Whenever somebody's slot or a database key leaves the file, the previous
copy is made the same as the new one, so that the old one opens nothing.
"""

from pathlib import Path

from fieldapp.domain.problems import EnvironmentProblem
from fieldapp.trust.access import Access, AccessDamaged, from_json, to_json
from fieldapp.trust.safe_files import told_in_words, write_whole

FILE_NAME = "access.json"
PREVIOUS_NAME = "access.json.previous"
_LARGEST = 4 * 1024 * 1024


class AccessMissing(EnvironmentProblem):
    """There is no access file in the folder."""

    code = "access_missing"


def exists(folder: Path) -> bool:
    """Tell whether a folder has an access file, or at least its previous copy."""
    with told_in_words(folder):
        return (folder / FILE_NAME).is_file() or (folder / PREVIOUS_NAME).is_file()


def load(folder: Path) -> Access:
    """Read the access file, or its previous copy if it is damaged or gone.

    Raises AccessMissing, AccessDamaged if both copies are damaged, AccessTooNew, FileProblem.
    """
    problem: EnvironmentProblem = AccessMissing(folder=str(folder))
    for name in (FILE_NAME, PREVIOUS_NAME):
        path = folder / name
        with told_in_words(path):
            if not path.is_file():
                continue
            content = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
        try:
            return from_json(content)
        except AccessDamaged as error:
            problem = error
    raise problem


def save(folder: Path, access: Access, *, forget_previous: bool = False) -> None:
    """Write the access file, keeping the one before as the previous copy unless that one is to be forgotten.

    Raises FileProblem; then what was there before still opens the register.
    """
    content = to_json(access)
    if not forget_previous:
        _keep_previous(folder)
    write_whole(folder / FILE_NAME, content)
    if forget_previous:
        write_whole(folder / PREVIOUS_NAME, content)


def _keep_previous(folder: Path) -> None:
    path = folder / FILE_NAME
    with told_in_words(path):
        content = path.read_bytes() if path.is_file() else b""
    try:
        from_json(content)
    except EnvironmentProblem:
        return  # a damaged file must not replace the good copy
    write_whole(folder / PREVIOUS_NAME, content)
