"""Keep the consents in force on the person's own row, where audiences count by them."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from hustings.people.models import Consent, Person
from hustings.people.rules.agreed import all_bits

_BATCH = 900


def keep_agreed(*, person_ids: Iterable[int]) -> None:
    """Let `Person.agreed` of these people follow their consents; one statement a batch.

    Called by whoever writes `Consent` (`record_consent`, `rebuild_consents`), in the same transaction.
    """
    everyone = sorted(set(person_ids))
    for start in range(0, len(everyone), _BATCH):
        Person.objects.filter(pk__in=everyone[start : start + _BATCH]).update(agreed=_agreed())


def _agreed() -> Coalesce:
    """The sum of the bits: each consent is one row, so that adding is the same as joining."""
    bits = Case(
        *(
            When(channel=channel, purpose=purpose, then=Value(bit))
            for (channel, purpose), bit in all_bits().items()
        ),
        default=Value(0),
        output_field=IntegerField(),
    )
    given = Consent.objects.filter(person=OuterRef("pk"), is_given=True).order_by()
    return Coalesce(Subquery(given.values("person").annotate(bits=Sum(bits)).values("bits")), 0)
