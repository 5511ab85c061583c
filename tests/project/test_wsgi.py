"""The web server's application, loaded as a server loads it."""

import subprocess
import sys

PROGRAM = """
import gc, sys
from hustings.project.wsgi import application
assert application
young = len(gc.get_objects())
print(gc.get_freeze_count(), young, "hustings.actions.pages.petition" in sys.modules)
"""


def test_a_collection_never_looks_at_the_application_itself() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    spared, looked_at, has_pages = done.stdout.split()
    assert int(spared) > 100_000
    assert int(looked_at) < 10_000
    assert has_pages == "True"
    assert not done.stderr
