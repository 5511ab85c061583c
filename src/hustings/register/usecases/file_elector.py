"""Put an elector on file as a person, because they told us something that only a person on file can."""

from datetime import datetime

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.people.models import Person
from hustings.people.usecases.check_row import PersonRow
from hustings.people.usecases.record_people import record_people
from hustings.register.access import EntitlementExpired, ListedEntry, RegisterNotHeld
from hustings.register.models import STANDING, Elector, Match, MatchState
from hustings.register.queries import entry_of
from hustings.register.usecases.decide_match import accept_match

#: How such a match was found: somebody stood before them.
METHOD = "said so themselves"
_LONGEST_NAME, _LONGEST_ADDRESS = 80, 160


def file_elector(
    *, elector: Elector, source: str, by: User | None, now: datetime, language: str = ""
) -> Person | None:
    """The person whom an elector is: whoever is joined to them already, or else one made of their register entry and joined.

    In an open transaction; two at once make one. A person of the same name at the same house is taken, unless they were found to
    be somebody else. The join is a match accepted by hand, which can be taken back like any other. None where no register that
    may be read names the elector.
    """
    Elector.objects.select_for_update().get(pk=elector.pk)
    joined = Match.objects.filter(
        elector=elector, state__in=STANDING, person__erased_at=None, person__merged_into=None
    ).order_by("person")
    known = joined.select_related("person").first()
    if known is not None:
        return known.person
    entry = _entry(elector, now)
    if entry is None:
        return None
    person = _recorded(entry, source=source, language=language, now=now)
    question = Match.objects.filter(person=person, elector=elector, state=MatchState.UNSURE).first()
    accept_match(match=question or _question(person, elector, now), by=by, now=now)
    return person


def _entry(elector: Elector, now: datetime) -> ListedEntry | None:
    try:
        entry = entry_of(elector_id=elector.pk, on=uk_date(now))
    except (RegisterNotHeld, EntitlementExpired):
        return None
    return entry if entry is not None and (entry.surname or entry.forename) else None


def _recorded(entry: ListedEntry, *, source: str, language: str, now: datetime) -> Person:
    on = uk_date(now)
    row = PersonRow(
        given_name=entry.forename[:_LONGEST_NAME],
        family_name=entry.surname[:_LONGEST_NAME],
        address_line=entry.address[:_LONGEST_ADDRESS],
        postcode=entry.postcode,
        language=language,
        adult_on=entry.attains_on if entry.attains_on and entry.attains_on > on else None,
    )
    (recorded,) = record_people(rows=[row], now=now, source=source, others=_somebody_else(entry))
    person = Person.objects.get(pk=recorded.person_id)
    if person.ward_id is None:
        # The register says where they vote, also where no postcode file does.
        person.ward_id, person.constituency_id = entry.ward_id, entry.constituency_id
        person.save(update_fields=["ward", "constituency"])
    return person


def _somebody_else(entry: ListedEntry) -> list[int]:
    """People at this postcode who are another elector, or of whom somebody said that they are not this one."""
    near = Match.objects.filter(person__postcode=entry.postcode)
    others = near.filter(state__in=STANDING).exclude(elector=entry.elector_id)
    rejected = near.filter(state=MatchState.REJECTED, elector=entry.elector_id)
    return [*others.values_list("person", flat=True), *rejected.values_list("person", flat=True)]


def _question(person: Person, elector: Elector, now: datetime) -> Match:
    return Match.objects.create(
        person=person,
        elector=elector,
        state=MatchState.UNSURE,
        weight=0,
        probability=1,
        method=METHOD,
        at=now,
    )
