"""The application for `bench.signing`, with the last step of the write path exchanged as BENCH_STORE says.

`process` and `thread` are the application as it is served, with and without a writer process beside it.
`none` does everything but store: the limit. `orm` stores in the request by two
ORM creates in one transaction: the peer.
"""

import os
from typing import TYPE_CHECKING

from hustings.project.wsgi import application

__all__ = ["application"]

_STORE = os.environ.get("BENCH_STORE", "group")

if TYPE_CHECKING:
    from hustings.actions.usecases.take_signature import _Entry

if _STORE in {"none", "orm"}:
    from django.db import transaction

    from hustings.actions.models import Signature
    from hustings.actions.usecases.take_signature import SIGNATURES
    from hustings.postroom.models import Message

    def _store_nothing(entry: "_Entry") -> None:
        pass

    def _store_by_orm(entry: "_Entry") -> None:
        from hustings.postroom.jobs import wake_the_postman

        with transaction.atomic():
            Message(**entry.message).save(force_insert=True)
            Signature(**entry.signature).save(force_insert=True)
            wake_the_postman()

    setattr(SIGNATURES, "store", _store_by_orm if _STORE == "orm" else _store_nothing)  # noqa: B010
