"""The boxes of a person's own page: for each way they can be reached, each purpose, in the words that are kept as the receipt."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hustings.accounts.models import Organisation
from hustings.people.models import Channel, ContactPoint, ContactPointKind, Person, Purpose
from hustings.people.queries.receipts import StandingObjection, consents_given, standing_objections
from hustings.people.usecases.change_preferences import Choice
from hustings.people.usecases.wording_for import wording_for

_PURPOSES = (Purpose.CAMPAIGN, Purpose.FUNDRAISING, Purpose.VOLUNTEERING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box: its value in the form, the exact words beside it, and whether it is ticked now."""

    channel: str
    purpose: str
    words: str
    is_ticked: bool

    @property
    def value(self) -> str:
        """What the form sends."""
        return f"{self.channel}/{self.purpose}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The boxes of one channel: its heading, the address it would use, and whether all of it is stopped."""

    channel: str
    heading: str
    address: str
    boxes: tuple[Box, ...]
    never_words: str
    is_never: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Everything the page lets a person choose."""

    groups: tuple[Group, ...]
    opinion: Box | None
    has_email: bool
    now: datetime

    def boxes(self) -> list[Box]:
        """Every box, the one about opinions last."""
        return [box for group in self.groups for box in group.boxes] + (
            [self.opinion] if self.opinion else []
        )

    def ticked(self, values: Collection[str]) -> list[Choice]:
        """What the form says about every box that was shown, with the words it was shown in."""
        language = get_language() or "en-gb"
        return [
            Choice(
                channel=box.channel,
                purpose=box.purpose,
                wording=wording_for(
                    key=f"preferences {box.value}", text=box.words, language=language, now=self.now
                ),
                is_ticked=box.value in values,
            )
            for box in self.boxes()
        ]

    def never_ticked(self, channels: Collection[str]) -> dict[str, bool]:
        """What the form says about stopping each channel that was shown."""
        return {group.channel: group.channel in channels for group in self.groups}


def choices_of(*, person: Person, now: datetime) -> Choices:
    """The choices of a person: the channels by which they can be reached, or have agreed to be."""
    points = list(ContactPoint.objects.filter(person=person, is_preferred=True).order_by("pk"))
    email = next((point for point in points if point.kind == ContactPointKind.EMAIL), None)
    phone = next((point for point in points if point.kind == ContactPointKind.PHONE), None)
    addresses = {
        Channel.EMAIL: _half_hidden(email.value) if email else "",
        Channel.SMS: _end_of(phone.value) if phone and phone.is_mobile else "",
        Channel.CALL: _end_of(phone.value) if phone else "",
        Channel.POST: person.postcode,
        Channel.DOOR: person.postcode,
    }
    given = consents_given(person_id=person.pk)
    objections = [one for one in standing_objections(person_id=person.pk) if one.is_sure]
    groups = []
    for channel in Channel:
        if addresses[channel] or any(known == channel for known, _purpose in given):
            groups.append(_group(channel, addresses[channel], given, objections))
    return Choices(groups=tuple(groups), opinion=_opinion(given), has_email=email is not None, now=now)


def _group(
    channel: Channel,
    address: str,
    given: frozenset[tuple[str, str]],
    objections: list[StandingObjection],
) -> Group:
    heading, never_words = _headings()[channel]
    return Group(
        channel=str(channel),
        heading=heading,
        address=address,
        boxes=tuple(
            Box(
                channel=str(channel),
                purpose=str(purpose),
                words=_words()[channel][purpose],
                is_ticked=(channel, purpose) in given
                and not any(one.blocks(channel=channel, purpose=purpose) for one in objections),
            )
            for purpose in _PURPOSES
        ),
        never_words=never_words,
        is_never=any(
            not one.purpose and one.blocks(channel=channel, purpose=Purpose.CAMPAIGN) for one in objections
        ),
    )


def _opinion(given: frozenset[tuple[str, str]]) -> Box | None:
    """The box about political opinions, where consent is what they would be kept on, or was given."""
    organisation = Organisation.objects.first()
    is_ticked = ("", str(Purpose.OPINION)) in given
    if organisation is not None and organisation.is_registered_party and not is_ticked:
        return None
    words = _(
        "You may keep what I tell you about my vote and my political opinions, and use it in your campaigns."
    )
    return Box(channel="", purpose=str(Purpose.OPINION), words=words, is_ticked=is_ticked)


def _headings() -> dict[Channel, tuple[str, str]]:
    return {
        Channel.EMAIL: (_("By email"), _("Never email me, except about what I asked for")),
        Channel.SMS: (_("By text message"), _("Never text me, except about what I asked for")),
        Channel.CALL: (_("By telephone"), _("Never ring me, except about what I asked for")),
        Channel.POST: (_("By post"), _("Never write to me by post")),
        Channel.DOOR: (_("At my door"), _("Never call at my door")),
    }


def _words() -> dict[Channel, dict[Purpose, str]]:
    """Whole sentences, since each is what somebody agrees to."""
    return {
        Channel.EMAIL: {
            Purpose.CAMPAIGN: _("Email me news and campaigns."),
            Purpose.FUNDRAISING: _("Email me appeals for money."),
            Purpose.VOLUNTEERING: _("Email me invitations to help."),
        },
        Channel.SMS: {
            Purpose.CAMPAIGN: _("Text me news and campaigns."),
            Purpose.FUNDRAISING: _("Text me appeals for money."),
            Purpose.VOLUNTEERING: _("Text me invitations to help."),
        },
        Channel.CALL: {
            Purpose.CAMPAIGN: _("Ring me about news and campaigns."),
            Purpose.FUNDRAISING: _("Ring me with appeals for money."),
            Purpose.VOLUNTEERING: _("Ring me with invitations to help."),
        },
        Channel.POST: {
            Purpose.CAMPAIGN: _("Send me news and campaigns by post."),
            Purpose.FUNDRAISING: _("Send me appeals for money by post."),
            Purpose.VOLUNTEERING: _("Send me invitations to help by post."),
        },
        Channel.DOOR: {
            Purpose.CAMPAIGN: _("Come to my door with news and campaigns."),
            Purpose.FUNDRAISING: _("Come to my door with appeals for money."),
            Purpose.VOLUNTEERING: _("Come to my door with invitations to help."),
        },
    }


def _half_hidden(email: str) -> str:
    local, _at, domain = email.rpartition("@")
    return f"{local[:2]}…@{domain}"


def _end_of(phone: str) -> str:
    return f"…{phone.replace(' ', '')[-3:]}"
