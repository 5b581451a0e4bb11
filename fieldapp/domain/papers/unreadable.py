"""Why a paper could not be read."""

from fieldapp.domain.problems import Problem


class PaperUnreadable(Problem):
    """What came is no paper that can be read, or not whole; `code` says why. Never carries what was read."""

    code = "paper_unknown"
