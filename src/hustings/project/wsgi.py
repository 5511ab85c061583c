"""The WSGI application that granian serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from hustings.platform.garbage import spare_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hustings.project.settings")

# A thread that is told that its signature is on disk has an answer to send, and should not wait five milliseconds (Python's
# own choice) for a thread that has just begun a request (docs/algorithms/signing.md).
sys.setswitchinterval(0.001)

application = get_wsgi_application()


def _load_pages() -> None:
    """Load every page's module now: Django would do it while the first visitors wait."""
    resolver = get_resolver()
    resolver.reverse_dict  # noqa: B018  # asking for it loads the whole table of addresses


_load_pages()
spare_what_is_loaded()
