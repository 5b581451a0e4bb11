"""What can go wrong with the register's file, told apart by what staff can do about it."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from fieldapp.domain.problems import EnvironmentProblem


class FolderInUse(EnvironmentProblem):
    """Another program works on this data folder."""

    code = "folder_in_use"


class FolderReadOnly(EnvironmentProblem):
    """The data folder cannot be written."""

    code = "folder_read_only"


class DatabaseMissing(EnvironmentProblem):
    """There is no register in this folder."""

    code = "database_missing"


class DatabaseUnreadable(EnvironmentProblem):
    """The register's file is damaged or cut short, or the key is not its key."""

    code = "database_unreadable"


class DatabaseTooNew(EnvironmentProblem):
    """A newer version of the program wrote this register."""

    code = "database_too_new"


class DiskFull(EnvironmentProblem):
    """There is no room left; nothing was half written."""

    code = "disk_full"


class DiskFailing(EnvironmentProblem):
    """The disk reports an error."""

    code = "disk_failing"


_BY_MESSAGE = (
    ("database or disk is full", DiskFull),
    ("readonly database", FolderReadOnly),
    ("unable to open", FolderReadOnly),
    ("disk i/o error", DiskFailing),
    ("file is not a database", DatabaseUnreadable),
    ("malformed", DatabaseUnreadable),
    ("database is locked", FolderInUse),
)


def environment_problem(error: BaseException) -> EnvironmentProblem | None:
    """Return what a database error means for staff, None where it is an error of the program."""
    message = str(error).lower()
    return next((problem() for part, problem in _BY_MESSAGE if part in message), None)


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn database errors whose cause is the environment into problems staff can do something about."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        problem = environment_problem(error)
        if problem is None:
            raise
        raise problem from error
