"""The cast on the ground: two patches, who looks after them, and a few people who live there."""

from datetime import UTC, date, datetime

from hustings.accounts.models import Appointment, Organisation, OrganisationKind, Role, User
from hustings.people.models import Channel, Consent, ConsentEvent, ContactPoint, Person, Purpose
from hustings.people.usecases.keep_agreed import keep_agreed
from hustings.places.models import Area, AreaKind

LONG_AGO = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)


def make_places() -> dict[str, Area]:
    """Barset East with two wards, which Alice looks after; Barset West with one, which Charlie looks after."""
    made: dict[str, Area] = {}
    for code, name, kind, parent in (
        ("E14999001", "Barset East", AreaKind.CONSTITUENCY, None),
        ("E14999002", "Barset West", AreaKind.CONSTITUENCY, None),
        ("E05999001", "Ullathorne", AreaKind.WARD, "E14999001"),
        ("E05999002", "Plumstead Episcopi", AreaKind.WARD, "E14999001"),
        ("E05999003", "Courcy", AreaKind.WARD, "E14999002"),
    ):
        made[code] = Area.objects.create(
            code=code, name=name, kind=kind, parent=made.get(parent or ""), nation="england"
        )
    return made


EAST, WEST = "E14999001", "E14999002"
ULLATHORNE, PLUMSTEAD, COURCY = "E05999001", "E05999002", "E05999003"


def make_organisation(*, kind: str = OrganisationKind.REGISTERED_PARTY) -> Organisation:
    """The one organisation."""
    return Organisation.objects.create(
        pk=1,
        name="Barset Fair Buses",
        kind=kind,
        address="1 High Street, Barchester ZZ1 1AA",
        email="office@barset.example",
        set_up_at=LONG_AGO,
    )


def make_user(*, name: str, role: str, area: str | None) -> User:
    """A login with one appointment."""
    user = User.objects.create_user(f"{name.lower()}@barset.example", first_name=name)
    Appointment.objects.create(user=user, role=role, area_id=area, valid_from=date(2025, 1, 1))
    return user


def make_alice() -> User:
    """Alice organises Barset East."""
    return make_user(name="Alice", role=Role.ORGANISER, area=EAST)


def make_charlie() -> User:
    """Charlie organises Barset West and must see nothing of Alice's."""
    return make_user(name="Charlie", role=Role.ORGANISER, area=WEST)


def make_person(
    *,
    name: str,
    ward: str | None = ULLATHORNE,
    email: str = "",
    phone: str = "",
    consents: tuple[tuple[str, str], ...] = (),
    last_contacted_at: datetime | None = None,
) -> Person:
    """A person in a ward, with verified addresses and consents (channel, purpose) in force."""
    given, _, family = name.partition(" ")
    area = None if ward is None else Area.objects.get(code=ward)
    person = Person.objects.create(
        given_name=given,
        family_name=family,
        ward=area,
        constituency=None if area is None else area.parent,
        postcode="" if area is None else "ZZ1 1AA",
        source="test",
        created_at=LONG_AGO,
        last_contacted_at=last_contacted_at,
    )
    for kind, value in (("email", email), ("phone", phone)):
        if value:
            ContactPoint.objects.create(
                person=person,
                kind=kind,
                value=value,
                canonical=value.replace(" ", "").lower(),
                is_mobile=value.startswith("07"),
                verified_at=LONG_AGO,
                added_at=LONG_AGO,
                source="test",
            )
    for channel, purpose in consents:
        give_consent(person=person, channel=channel, purpose=purpose)
    return person


def give_consent(
    *, person: Person, channel: str = Channel.EMAIL, purpose: str = Purpose.CAMPAIGN, is_given: bool = True
) -> None:
    """Consent given (or withdrawn), with its receipt."""
    event = ConsentEvent.objects.create(
        person=person, channel=channel, purpose=purpose, is_given=is_given, at=LONG_AGO, source="test"
    )
    Consent.objects.update_or_create(
        person=person,
        channel=channel,
        purpose=purpose,
        defaults={"is_given": is_given, "event": event, "at": LONG_AGO},
    )
    keep_agreed(person_ids=[person.pk])
