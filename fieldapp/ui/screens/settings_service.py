"""Settings of the desk: whether slips are scanned here for a service, such as a meal, once a day."""

from fieldapp.code_lists import code_list
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.option_list import OptionList


class ServiceCard(Card):
    """A choice of service; what is chosen holds at once."""

    def __init__(self, session: Session) -> None:
        _ = session._
        super().__init__(
            _("Service point"),
            _("Each slip scanned here counts as given, once a day; a second time is said with when and where."),
        )
        listed = [(one.code, one.label(session.language.code), "") for one in code_list("services")]
        self.services = OptionList(_("Scanned slips are for"), [("", _("Nothing: slips are only verified"), ""), *listed],
                                   session.settings.service)  # fmt: skip
        self.services.chosen.connect(lambda code: session.save_settings(service=code))
        self.column.addWidget(self.services)
