"""A process that is killed: it adds entries and signs, without end."""

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

connections["default"].settings_dict["NAME"] = sys.argv[1]
settings.HUSTINGS_LEDGER_KEPT = sys.argv[2]

from tests.openness.log.cases import add  # noqa: E402

since = int(sys.argv[3])
while True:
    since += len(add(since % 7 + 1, since=since))
    print(since, flush=True)  # noqa: T201
