"""A column that takes the height it is given and not the height that its words would like at a width.

In an area that scrolls, Qt gives a widget with wrapped words all the height it would like, so that everything scrolls
although the tables in it could be lower. With this column the least height decides.
"""

from PySide6.QtWidgets import QVBoxLayout


class SteadyColumn(QVBoxLayout):
    """A QVBoxLayout whose height does not follow from its width."""

    def hasHeightForWidth(self) -> bool:
        """Say that the width does not matter."""
        return False
