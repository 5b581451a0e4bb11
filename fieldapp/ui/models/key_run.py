"""Keys so close together that only a machine types them: which are delivered, which are held back until it is known.

Knows times alone, neither keys nor fields.
"""

from enum import Enum

FAST_MS = 35
"""At most so long between two keys of a scanner; a hand keeps this up for a few keys at most."""
FREE_KEYS = 4
"""So many keys of a run are delivered at once: hands roll two to four keys in a moment."""
QUIET_MS = 150
"""Once a run is surely a machine's, so long a pause ends it: scanners rest between two lines, busy laptops anywhere."""


class Fate(Enum):
    """What becomes of a key: it begins a run, follows in one, or is held back."""

    BEGINS = "begins"
    FOLLOWS = "follows"
    HELD = "held"


class KeyRun:
    """The keys that came one close after the other."""

    def __init__(self) -> None:
        self.count = 0
        self.is_holding = False
        self._last_ms: int | None = None

    @property
    def is_machine(self) -> bool:
        """Whether more keys came close together than a hand rolls."""
        return self.count > FREE_KEYS

    @property
    def pause_ms(self) -> int:
        """The pause that ends the run."""
        return QUIET_MS if self.is_machine else FAST_MS

    def follows(self, at_ms: int) -> bool:
        """Tell whether a key at this time belongs to the run. A clock that went back says nothing."""
        return self._last_ms is not None and 0 <= at_ms - self._last_ms <= self.pause_ms

    def would_hold(self, at_ms: int, *, acts: bool = False) -> bool:
        """Tell whether the key would be held back. `acts` says that it does something that is hard to take back."""
        return self.follows(at_ms) and (self.is_holding or acts or self.count >= FREE_KEYS)

    def add(self, at_ms: int, *, acts: bool = False) -> Fate:
        """Take a key. A key that does not follow begins a new run: settle the old one before."""
        if not self.follows(at_ms):
            self.reset()
            fate = Fate.BEGINS
        else:
            fate = Fate.HELD if self.would_hold(at_ms, acts=acts) else Fate.FOLLOWS
        self.count += 1
        self.is_holding = fate is Fate.HELD
        self._last_ms = at_ms
        return fate

    def reset(self) -> None:
        """Forget the run."""
        self.count, self.is_holding, self._last_ms = 0, False, None
