"""Take down what somebody agreed to by word of mouth: the person, their addresses, a receipt for each thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from hustings.accounts.models import User
from hustings.basics.email_address import EmailAddress, parse_email
from hustings.basics.phone import PhoneKind, PhoneNumber, parse_phone
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.conversations.rules.agreements import (
    ASKED_IN,
    Agreed,
    WrongAgreement,
    check_addresses,
    signs_of,
)
from hustings.outreach.events import AgreedAloud
from hustings.people.models import Channel, ContactPointKind, Person, Purpose
from hustings.people.queries import standing_objections, suppressed_person_ids
from hustings.people.usecases.add_contact_point import add_contact_point
from hustings.people.usecases.offers_of import Offer, offers_meant
from hustings.people.usecases.record_consent import ConsentRow, record_consents
from hustings.platform.events import announce
from hustings.postroom.rules.header_encoding import AddressNotSendable, wire_address
from hustings.register.models import Elector
from hustings.register.usecases.file_elector import file_elector


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Whose agreement it is, the letters of what was recorded (`rules.agreements.ASKS`), and sentences for what has no effect."""

    person: Person | None
    signs: str = ""
    not_kept: tuple[Refusal, ...] = ()


def take_agreement(
    *,
    agreed: Agreed,
    offers: list[Offer],
    channel: str,
    label: str,
    at: datetime,
    now: datetime,
    person: Person | None,
    elector: Elector | None,
    evidence: Mapping[str, Any],
    by: User | None,
) -> Taken:
    """Record a receipt for each offer, said `at` a moment; an elector becomes a person on file. In an open transaction.

    Somebody else took it down, so it lifts no objection made before (`record_consents`): the receipt is kept, nothing is sent,
    and a sentence says so. Raises `WrongAgreement`, `NotAnEmailAddress` or `NotAPhoneNumber`; the transaction must then end.
    """
    email, mobile = _addresses(agreed)
    if person is None:
        assert elector is not None
        language = offers[0].wording.language if offers else ""
        person = file_elector(elector=elector, source=label, by=by, now=now, language=language)
        if person is None:
            return Taken(person=None, not_kept=(_nobody(),))
    person = Person.objects.select_for_update().get(pk=person.pk)
    channels = {offer.channel for offer in offers if offer.channel}
    check_addresses(
        channels=channels,
        gave={name for name, given in (("email", email), ("mobile", mobile)) if given},
        has=_on_file(person, channel),
        is_mobile=mobile is not None and mobile.kind is PhoneKind.MOBILE,
    )
    points = [
        add_contact_point(person=person, address=address, source=label, now=now)
        for address in (email, mobile)
        if address is not None
    ]
    recorded, not_kept = _that_count(person, offers)
    record_consents(
        rows=[
            ConsentRow(
                person_id=person.pk,
                channel=offer.channel,
                purpose=offer.purpose,
                is_given=True,
                wording=offer.wording,
                at=at,
                evidence={**evidence, "said": "aloud", "spoken with": channel, "entered": now.isoformat()},
            )
            for offer in recorded
        ],
        source=label,
        recorded_by=by,
    )
    for point in points:
        if point.kind == ContactPointKind.EMAIL and point.verified_at is None:
            announce(AgreedAloud(at=at, contact_point_id=point.pk))
    return Taken(
        person=person,
        signs=signs_of(pairs=[(offer.channel, offer.purpose) for offer in recorded]),
        not_kept=not_kept,
    )


def read_offers(*, agreed: Agreed) -> list[Offer]:
    """The things agreed to with the words that were read; raises `WrongAgreement` where a value is none of ours."""
    found = offers_meant(asked_in=ASKED_IN, values=agreed.offers)
    if len(found) != len(set(agreed.offers)):
        raise WrongAgreement(
            "agreed",
            gettext_noop("What they agreed to could not be read. Load the page anew, and tick it again."),
        )
    return found


def read_email(entered: str, /) -> EmailAddress:
    """An address to which mail can be sent; raises `NotAnEmailAddress`, or `WrongAgreement` where no mail server takes it."""
    email = parse_email(entered, allow_example=settings.HUSTINGS_MODE != "live")
    try:
        wire_address(address=email.address)
    except AddressNotSendable as problem:
        raise WrongAgreement(
            "email",
            gettext_noop(
                "Mail servers do not take the letters in “{address}”. Take it down in plain letters."
            ),
            address=email.address,
        ) from problem
    return email


def _addresses(agreed: Agreed) -> tuple[EmailAddress | None, PhoneNumber | None]:
    email = agreed.email.strip()
    mobile = agreed.mobile.strip()
    return read_email(email) if email else None, parse_phone(mobile) if mobile else None


def _on_file(person: Person, spoken: str) -> set[str]:
    """The kinds of address by which the person can be reached already; at their door, post too."""
    found = {"post"} if spoken == Channel.DOOR or (person.address_line and person.postcode) else set()
    for kind, is_mobile in person.contact_points.filter(unusable_at=None).values_list("kind", "is_mobile"):
        if kind == ContactPointKind.EMAIL:
            found.add("email")
        else:
            found |= {"phone", "mobile"} if is_mobile else {"phone"}
    return found


def _that_count(person: Person, offers: list[Offer]) -> tuple[list[Offer], tuple[Refusal, ...]]:
    """What is recorded, and why some of it has no effect.

    Who objected to everything objected to profiling too: no opinion of theirs is kept, whatever they say to a stranger.
    """
    told: list[Refusal] = []
    recorded = list(offers)
    stopped = suppressed_person_ids(person_ids=[person.pk], channel="", purpose=Purpose.OPINION)
    if person.pk in stopped.definite:
        recorded = [offer for offer in offers if offer.purpose != Purpose.OPINION]
        if len(recorded) < len(offers):
            told.append(
                WrongAgreement(
                    "opinion_stopped",
                    gettext_noop(
                        "Their agreement that opinions are kept was not noted: they objected to everything before. They can take "
                        "that back themselves, by the link to their own choices."
                    ),
                )
            )
    standing = [one for one in standing_objections(person_id=person.pk) if one.is_sure]
    if any(
        one.blocks(channel=offer.channel, purpose=offer.purpose) for one in standing for offer in recorded
    ):
        told.append(
            WrongAgreement(
                "objection_stands",
                gettext_noop(
                    "What they agreed to is on file, but an objection of theirs from before stands, and nothing is sent against "
                    "it. They can take that back themselves, by the link to their own choices."
                ),
            )
        )
    return recorded, tuple(told)


def _nobody() -> WrongAgreement:
    return WrongAgreement(
        "nobody_on_file",
        gettext_noop(
            "What they agreed to was not kept: the register may not be read any more, so there is nobody to put on file. Ask "
            "them to sign up on the website."
        ),
    )
