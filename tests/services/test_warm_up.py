"""What the first slip needs is loaded before, and not at start-up."""

import subprocess
import sys

SCRIPT = """
import sys
from fieldapp.services.warm_up import warm_up
assert "reportlab" not in sys.modules
warm_up()
assert {"reportlab", "qrcode"} <= set(sys.modules)
"""


def test_drawing_is_loaded_by_the_warm_up_and_not_before() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)
