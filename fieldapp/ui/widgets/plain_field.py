"""A field of one line that shows by its border when something is wrong with it."""

from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.ui.widgets.field_frame import mark

_LONGEST = 200


class PlainField(QLineEdit):
    """A line of text, at most 200 characters."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setMaxLength(_LONGEST)

    def show_problem(self, state: str) -> None:
        """Show by the border that something is wrong (`error`, `warn`) or not."""
        mark(self, problem=state)
