"""How volunteers can be reached for what they agreed to do."""

from collections.abc import Sequence

from hustings.people.models import Channel, ContactPoint, ContactPointKind, Purpose
from hustings.people.queries import suppressed_addresses
from hustings.postroom.queries import may_send_texts
from hustings.support.models import AskChannel
from hustings.volunteers.models import Volunteer


class Reach:
    """How each of some volunteers can be reached for what they agreed to do: text before mail before a call."""

    def __init__(self, volunteers: Sequence[Volunteer]) -> None:
        self._points: dict[int, list[ContactPoint]] = {}
        people = [volunteer.person_id for volunteer in volunteers]
        points = ContactPoint.objects.filter(person__in=people, unusable_at=None).exclude(value="")
        for point in points.order_by("-is_preferred", "pk"):
            self._points.setdefault(point.person_id, []).append(point)
        self._stopped = {
            channel: suppressed_addresses(
                canonicals=[point.canonical for held in self._points.values() for point in held if point.kind == kind],
                kind=kind, channel=channel, purpose=Purpose.SERVICE,
            )
            for channel, kind in (
                (Channel.SMS, ContactPointKind.PHONE),
                (Channel.CALL, ContactPointKind.PHONE),
                (Channel.EMAIL, ContactPointKind.EMAIL),
            )
        }  # fmt: skip
        self._may_text = may_send_texts()

    def channel_of(self, volunteer: Volunteer) -> AskChannel | None:
        """The channel by which they are asked, or none where nothing reaches them."""
        if self._may_text and self.point(volunteer, Channel.SMS):
            return AskChannel.SMS
        if self.point(volunteer, Channel.EMAIL):
            return AskChannel.EMAIL
        return AskChannel.CALL if self.point(volunteer, Channel.CALL) else None

    def point(self, volunteer: Volunteer, channel: Channel) -> ContactPoint | None:
        """Their address for a channel, unless they objected to it."""
        kind = ContactPointKind.EMAIL if channel == Channel.EMAIL else ContactPointKind.PHONE
        for point in self._points.get(volunteer.person_id, ()):
            is_fit = point.kind == kind and (point.is_mobile or channel != Channel.SMS)
            if is_fit and point.canonical not in self._stopped[channel]:
                return point
        return None
