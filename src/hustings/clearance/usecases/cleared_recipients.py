"""The one narrow way from a Clearance to those whom it cleared."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from hustings.clearance.models import Clearance, ClearanceVerdict
from hustings.clearance.rules.gate import Channel
from hustings.people.models import ContactPoint, Person

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody cleared, and where to reach them.

    `address` is the email address or telephone number as it was written, or for post and doors the address
    line and postcode; it is empty where the person is reached at the address in the register, which
    `register` gives out under its own entitlement.
    """

    person_id: int
    address: str


def cleared_recipients(*, clearance: Clearance) -> Iterator[Recipient]:
    """Everyone whom this Clearance cleared, in the order of their ids, read in chunks.

    Of several working addresses the preferred one is taken, then a confirmed one, then the oldest.
    """
    statement, values = _statement(clearance)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        last: int | None = None
        while rows := cursor.fetchmany(_CHUNK):
            for person_id, address in rows:
                if person_id != last:
                    yield Recipient(person_id, address or "")
                last = person_id


def _statement(clearance: Clearance) -> tuple[str, list[str | int]]:
    verdicts, people, points = (model._meta.db_table for model in (ClearanceVerdict, Person, ContactPoint))
    if clearance.channel in {Channel.EMAIL, Channel.SMS, Channel.CALL}:
        kind = "email" if clearance.channel == Channel.EMAIL else "phone"
        mobile = "AND c.is_mobile" if clearance.channel == Channel.SMS else ""
        return (
            f"""
            SELECT v.person_id, c.value FROM {verdicts} v
            JOIN {points} c ON c.person_id = v.person_id AND c.kind = %s AND c.unusable_at IS NULL {mobile}
            WHERE v.clearance_id = %s AND v.reason = ''
            ORDER BY v.person_id, c.is_preferred DESC, (c.verified_at IS NULL), c.id""",  # noqa: S608
            [kind, clearance.pk],
        )
    return (
        f"""
        SELECT v.person_id,
            CASE WHEN p.address_line <> '' AND p.postcode <> '' THEN p.address_line || ', ' || p.postcode ELSE
            '' END
        FROM {verdicts} v JOIN {people} p ON p.id = v.person_id
        WHERE v.clearance_id = %s AND v.reason = '' ORDER BY v.person_id""",  # noqa: S608
        [clearance.pk],
    )
