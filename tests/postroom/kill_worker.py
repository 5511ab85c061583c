"""A process that starts workers to be killed: it loads the application once, then forks one for each line on its input."""

import os
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db import connections  # noqa: E402

connections["default"].settings_dict["NAME"] = sys.argv[1]

from django.conf import settings  # noqa: E402

settings.HUSTINGS_HOME = sys.argv[2]
settings.HUSTINGS_SMTP = sys.argv[3]
settings.HUSTINGS_SMTP_CONNECTIONS = 3
settings.HUSTINGS_MAIL_FROM = "office@barset.example"

from hustings.basics.clock import SystemClock  # noqa: E402
from hustings.platform.jobs import worker  # noqa: E402
from hustings.postroom.delivery import courier  # noqa: E402
from hustings.postroom.models import Dispatch, DispatchState  # noqa: E402
from hustings.postroom.usecases.tend_outbox import tend_outbox  # noqa: E402

courier._CLAIM = 40
courier._RECORD = 15


def work() -> None:
    """As the worker does: the schedule's task, then whatever job is ready, until the dispatch is finished."""
    while not Dispatch.objects.filter(state=DispatchState.FINISHED).exists():
        tend_outbox(now=SystemClock().now())
        while worker.run_one(worker_id=f"child-{os.getpid()}", lease=timedelta(seconds=1)):
            pass
        time.sleep(0.05)


for _line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    print(child, flush=True)  # noqa: T201
    _pid, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201
