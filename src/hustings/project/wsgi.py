"""The WSGI application that granian serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hustings.project.settings")

# A thread that is told that its signature is on disk has an answer to send, and should not wait five milliseconds (Python's
# own choice) for a thread that has just begun a request: it makes the slowest answers a seventh quicker
# (docs/algorithms/signing.md).
sys.setswitchinterval(0.001)

application = get_wsgi_application()
