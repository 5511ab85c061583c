"""Send a mailing: ask the gate about the whole audience, store its answer, and open the dispatch for those it cleared."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from hustings.accounts.models import Organisation, User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.usecases.clear_audience import ClearanceSummary, clear_audience
from hustings.outreach.audiences.queries.members import members_of
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.mailings.access import require_sending
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.outreach.mailings.rules.writing import write_message
from hustings.people.models import Channel, Person
from hustings.platform import audit
from hustings.postroom.usecases.open_dispatch import open_dispatch


class CannotSend(Refusal):
    """The mailing cannot go out now; the sentence says why."""


def ask_gate(*, mailing: Mailing, by: User | None, now: datetime) -> ClearanceSummary:
    """What the gate would say about the mailing's audience at this moment; nothing is stored."""
    return clear_audience(
        people=members_of(audience=mailing.audience, now=now),
        channel=Channel.EMAIL,
        purpose=mailing.material.purpose,
        copy=mailing.copy,
        now=now,
        asked_by=by,
        dry_run=True,
        uses_opinions=parse_tree(raw=mailing.audience.conditions).uses_opinions,
    )


@transaction.atomic
def start_mailing(*, mailing: Mailing, by: User | None, now: datetime) -> Mailing:
    """Clear the audience and queue a message for each person cleared, in one transaction.

    `by` is empty where the schedule starts it; whoever scheduled it had the right. Raises `CannotSend`, `NotAllowed`, and
    what the gate and the postroom raise; then nothing is stored.
    """
    if by is not None:
        require_sending(user=by, area_code=mailing.audience.area_id, now=now)
    held = (
        Mailing.objects.select_for_update(of=("self",))
        .select_related("audience", "material", "copy")
        .get(pk=mailing.pk)
    )
    if held.state not in {MailingState.DRAFT, MailingState.SCHEDULED}:
        raise CannotSend("begun", gettext_noop("This mailing has gone out, or is going out now."))
    if held.copy is None:
        raise CannotSend("not_approved", gettext_noop("Approve the mailing before you send it."))
    if held.stops_at is not None and now >= held.stops_at:
        raise CannotSend("stopped", gettext_noop("The moment at which this mailing stops has passed."))
    clearance = clear_audience(
        people=members_of(audience=held.audience, now=now),
        channel=Channel.EMAIL,
        purpose=held.copy.purpose,
        copy=held.copy,
        now=now,
        asked_by=by,
        uses_opinions=parse_tree(raw=held.audience.conditions).uses_opinions,
    )
    language = held.material.language
    written = write_message(
        subject=held.copy.subject,
        words=held.copy.body,
        sender=Organisation.objects.get().name,
        language=language,
    )
    held.clearance = clearance
    held.dispatch = open_dispatch(
        clearance=clearance,
        label=held.title,
        subject=written.subject,
        text_body=written.text,
        html_body=written.html,
        from_name=held.from_name,
        from_address=settings.HUSTINGS_MAIL_FROM,
        reply_to=held.reply_to,
        per_minute=held.per_minute,
        stops_at=held.stops_at,
        fields_by_person=_PersonFields(needed=written.fields),
        language=language,
        now=now,
    )
    held.state, held.started_at = MailingState.SENDING, now
    held.save(update_fields=["clearance", "dispatch", "state", "started_at"])
    audit.record(
        now=now,
        actor=by,
        verb="sent",
        subject_type="outreach.Mailing",
        subject_id=held.pk,
        area_code=held.audience.area_id or "",
        cleared=clearance.cleared,
        refused=clearance.refused,
    )
    return held


class _PersonFields(Mapping[int, Mapping[str, str]]):
    """The fields each person's message needs, read for many people at once as the postroom asks for them."""

    _AT_ONCE = 2_000

    def __init__(self, *, needed: frozenset[str]) -> None:
        self._needed = needed
        self._read: dict[int, dict[str, str]] = {}

    def __getitem__(self, person_id: int) -> Mapping[str, str]:
        if person_id not in self._read:
            self._fetch(person_id)
        return self._read[person_id]

    def __iter__(self) -> Iterator[int]:
        return iter(Person.objects.order_by("pk").values_list("pk", flat=True))

    def __len__(self) -> int:
        return Person.objects.count()

    def _fetch(self, first: int) -> None:
        """Read on from a person in the order of ids, which is the order in which they are asked for."""
        rows = Person.objects.filter(pk__gte=first).order_by("pk").values_list(
            "pk", "given_name", "family_name", "ward__name", "constituency__name"
        )[: self._AT_ONCE]  # fmt: skip
        self._read = {}
        for pk, given_name, family_name, ward_name, constituency_name in rows:
            known = {
                "given_name": given_name,
                "family_name": family_name,
                "ward_name": ward_name or "",
                "constituency_name": constituency_name or "",
                "station_name": "",
                "station_address": "",
            }
            self._read[pk] = {name: known[name] for name in self._needed}
