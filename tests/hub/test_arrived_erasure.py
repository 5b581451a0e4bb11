"""An erasure that comes by the hub clears the laptop's own files and drafts as one on a stick."""

from pathlib import Path
from uuid import uuid4

from fieldapp.services.bundles import export_bundles
from fieldapp.services.drafts import drafts, save_draft
from fieldapp.services.erase import erase
from fieldapp.services.register import register_group
from fieldapp.services.slip_files import save_slips
from fieldapp.services.slips import issue_slip, several_slips_pdf
from fieldapp.services.synchronise import synchronise
from tests.desks import family, person
from tests.hub.conftest import Operation


def test_slips_bundles_and_drafts_of_the_laptop_it_comes_to_go(operation: Operation, tmp_path: Path) -> None:
    one, other, hub = operation.one, operation.two, operation.hub.address
    petra = register_group(one, family(person("Petronila", "Guanipa")))
    for desk in (one, other):
        synchronise(desk, hub)
    slip, stick = tmp_path / "petra.pdf", tmp_path / "stick"
    save_slips(other, [petra.group_id], slip, several_slips_pdf([issue_slip(other, petra.group_id, "es")], "a6"))
    stick.mkdir()
    written = export_bundles(other, stick).files
    save_draft(other, uuid4(), {"people": [{"given_names": "Petronila", "surnames": "Guanipa"}]})

    erase(one, petra.member_ids[0], "withdrawn consent")
    synchronise(one, hub)
    done = synchronise(other, hub)

    assert done.taken.cleared.slips == (slip,)
    assert set(written) <= set(done.taken.cleared.removed)
    assert not slip.exists()
    assert list(stick.iterdir()) == []
    assert drafts(other) == ()
    assert not synchronise(other, hub).taken.cleared
