"""Write a mailing, or change a draft: the words as a material, the audience, who answers and when it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import Organisation, User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.models import Material, MaterialState, Medium, Promoter
from hustings.elections.models import Election
from hustings.money.models import Campaign
from hustings.outreach.audiences.models import Audience
from hustings.outreach.mailings.access import require_sending
from hustings.outreach.mailings.models import Mailing, MailingChannel, MailingState
from hustings.outreach.mailings.rules.writing import write_message, write_text
from hustings.people.models import MARKETING_PURPOSES, Purpose
from hustings.platform import audit


class NotADraft(Refusal):
    """A mailing that was approved or sent is not changed; a new one is made from it."""


class NotComplete(Refusal):
    """Something that every mailing needs is missing."""


@dataclass(frozen=True, kw_only=True)
class MailingWords:
    """What is said, by whom: subject and Markdown words, promoter and principal for the imprint."""

    subject: str
    words: str
    promoter: Promoter | None
    on_behalf_of: Promoter | None = None
    purpose: str = Purpose.CAMPAIGN
    election: Election | None = None
    nation: str = "england"
    language: str = "en-gb"
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class MailingPlan:
    """How it goes out: who is named and answers, how fast, and until when at the latest."""

    reply_to: str
    from_name: str = ""
    per_minute: int | None = None
    stops_at: datetime | None = None
    template: str = "plain"
    channel: str = MailingChannel.EMAIL


@dataclass(frozen=True, kw_only=True)
class MailingCost:
    """What sending costs, in pence with VAT, and in whose books that goes on approval: in equal shares, with the reason."""

    cost_pence: int = 0
    campaigns: Sequence[Campaign] = ()
    assessment: str = ""


@transaction.atomic
def save_mailing(
    *,
    title: str,
    audience: Audience,
    words: MailingWords,
    plan: MailingPlan,
    by: User,
    now: datetime,
    mailing: Mailing | None = None,
    cost: MailingCost | None = None,
) -> Mailing:
    """Store a draft. Words that do not compile are refused with what is wrong in them, so nothing is found out too late.

    Raises `NotADraft`, `NotComplete`, `NotAllowed`, `UnknownField` and the faults of the postroom's Markdown.
    """
    require_sending(user=by, area_code=audience.area_id, now=now)
    _check(title, words, plan)
    is_text = plan.channel == MailingChannel.SMS
    sender = Organisation.objects.get().name
    if is_text:
        write_text(words=words.words, sender=sender, language=words.language)
    else:
        write_message(
            subject=words.subject, words=words.words, lead=words.lead, sender=sender, language=words.language
        )
    if mailing is None:
        mailing = Mailing(made_at=now, made_by=by)
        material = Material(made_at=now, made_by=by)
        verb = "wrote"
    else:
        if mailing.state != MailingState.DRAFT or mailing.copy_id is not None:
            raise NotADraft(
                "not_a_draft",
                gettext_noop("This mailing has been approved. Make a copy of it and change that."),
            )
        material, verb = mailing.material, "changed"
    material.medium = Medium.SMS if is_text else Medium.EMAIL
    material.title, material.subject = title.strip(), "" if is_text else words.subject.strip()
    material.body = "\n\n".join(filter(None, (words.lead.strip(), words.words.strip())))
    material.promoter, material.on_behalf_of = words.promoter, words.on_behalf_of
    material.purpose, material.election = words.purpose, words.election
    material.nation, material.language = words.nation, words.language
    material.area, material.use_until = audience.area, plan.stops_at
    material.state = MaterialState.DRAFT
    if cost is not None:
        material.cost_pence, material.cost_assessment = cost.cost_pence, cost.assessment.strip()
    material.save()
    if cost is not None:
        material.campaigns.set(cost.campaigns)
    mailing.title, mailing.audience, mailing.material = title.strip(), audience, material
    mailing.reply_to, mailing.from_name = plan.reply_to, plan.from_name
    mailing.per_minute, mailing.stops_at, mailing.template = plan.per_minute, plan.stops_at, plan.template
    mailing.channel = plan.channel
    mailing.save()
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="outreach.Mailing",
        subject_id=mailing.pk,
        area_code=audience.area_id or "",
    )
    return mailing


def _check(title: str, words: MailingWords, plan: MailingPlan) -> None:
    if not title.strip():
        raise NotComplete("title", gettext_noop("Give the mailing a name, so that you find it again."))
    is_text = plan.channel == MailingChannel.SMS
    if words.lead and is_text:
        raise NotComplete(
            "lead",
            gettext_noop(
                "A call to vote with the poll's facts is too long for a text. Write it yourself, or send an email."
            ),
        )
    if not words.subject.strip() and not is_text:
        raise NotComplete("subject", gettext_noop("Write a subject line."))
    if not words.words.strip():
        raise NotComplete("words", gettext_noop("Write what you want to say."))
    if words.promoter is None:
        raise NotComplete(
            "promoter", gettext_noop("Choose the promoter, whose name and address go into the imprint.")
        )
    if not plan.reply_to.strip() and not is_text:
        raise NotComplete(
            "reply_to", gettext_noop("Give the address to which replies go: somebody must read them.")
        )
    if words.purpose not in MARKETING_PURPOSES:
        raise NotComplete(
            "purpose", gettext_noop("Choose what the mailing is for: news and campaigns, money, or help.")
        )
