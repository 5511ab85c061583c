"""Invite a campaigner to reply to a finding: a service message through the postroom, kept with the step that it is."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from hustings.accounts.models import Organisation, User
from hustings.adwatch.models import CampaignerFinding, StepKind
from hustings.adwatch.queries.faults import spend_words
from hustings.adwatch.rules.finding_steps import reply_by
from hustings.adwatch.usecases.step_finding import CannotStep, step_finding
from hustings.basics.clock import uk_date
from hustings.basics.refusals import gettext_noop
from hustings.people.models import Purpose
from hustings.platform.words import day, pounds
from hustings.postroom.rules.header_encoding import AddressNotSendable
from hustings.postroom.usecases.queue_message import queue_message


def reply_address(*, finding: CampaignerFinding) -> str:
    """The address at which the campaigner replies."""
    return f"{settings.HUSTINGS_ADDRESS}{reverse('adwatch:reply', args=[finding.reply_token])}"


@transaction.atomic
def invite_to_reply(
    *, finding: CampaignerFinding, address: str, words: str, by: User, now: datetime
) -> CampaignerFinding:
    """Queue the invitation to an email address and take the finding on; the days to reply begin today.

    It is a service message: it concerns the campaigner's own affairs and carries no appeal. The gate is asked when the message
    is claimed; where it, or the server, refuses, the finding cannot be published until another invitation has gone out.
    `words` are added to the letter's own. Raises `CannotStep`.
    """
    finding = CampaignerFinding.objects.select_for_update().get(pk=finding.pk)
    organisation = Organisation.objects.first()
    until = reply_by(invited_on=uk_date(now))
    try:
        message = queue_message(
            template="adwatch/invitation_to_reply",
            address=address.strip(),
            fields={
                "to_name": finding.entity.name,
                "campaigner_name": finding.entity.name,
                "organisation_name": organisation.name if organisation else "",
                "poll_day": day(finding.poll_on),
                "first_day": day(finding.period_from),
                "last_day": day(finding.period_until),
                "spend_words": spend_words(finding.spend_low_pence, finding.spend_high_pence),
                "threshold_words": pounds(finding.threshold_pence),
                "reply_until_day": day(until),
                "further_words": words.strip(),
                "reply_url": reply_address(finding=finding),
            },
            purpose=Purpose.SERVICE,
            now=now,
        )
    except AddressNotSendable as problem:
        raise CannotStep(
            "not_an_address",
            gettext_noop("“{address}” is no address that mail can be sent to."),
            address=address,
        ) from problem
    kept = f"By email to {message.address}."
    return step_finding(
        finding=finding,
        kind=StepKind.INVITATION,
        words=f"{kept} {words.strip()}".strip(),
        by=by,
        now=now,
        message=message,
    )
