"""`hustings mailings write`: the words, the audience, who answers and how fast it goes."""

from pathlib import Path
from typing import Annotated

import typer

from hustings.accounts.access import Right
from hustings.accounts.commands import acting_in, done_now, fetched
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.clearance.models import Nation
from hustings.outreach.mailings.access import mailing_for
from hustings.outreach.mailings.models import MailingChannel, MailingTemplate
from hustings.outreach.mailings.pages.forms import MailingForm
from hustings.outreach.mailings.usecases.save_mailing import save_mailing
from hustings.people.models import MARKETING_PURPOSES
from hustings.platform.commands import checked, print_json, read_text, refuse

_LOOKS = ", ".join(look for look in MailingTemplate.values if look != MailingTemplate.POLL_DAY)


def write(
    by: Annotated[
        str, typer.Option(help="The email address of the login that acts; it must hold the right.")
    ],
    words: Annotated[
        Path | None, typer.Argument(help="A file with the words, in Markdown; “-” reads standard input.")
    ] = None,
    mailing: Annotated[
        int | None, typer.Option(help="The number of the draft to change; left out: a new one.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Its name; nobody outside reads it.")] = None,
    audience: Annotated[
        int | None, typer.Option(help="The audience's number, from `hustings audiences list`.")
    ] = None,
    channel: Annotated[
        str | None, typer.Option(help=f"One of {', '.join(MailingChannel.values)}; email where left out.")
    ] = None,
    subject: Annotated[str | None, typer.Option(help="The subject line of an email.")] = None,
    template: Annotated[str | None, typer.Option(help=f"How an email looks: {_LOOKS}.")] = None,
    purpose: Annotated[
        str | None, typer.Option(help=f"What it is for: {', '.join(MARKETING_PURPOSES)}.")
    ] = None,
    promoter: Annotated[
        int | None, typer.Option(help="Who publishes it, by number: `hustings promoters list`.")
    ] = None,
    behalf: Annotated[int | None, typer.Option(help="On whose behalf, by number.")] = None,
    nation: Annotated[str | None, typer.Option(help=f"Where it is read: {', '.join(Nation.values)}.")] = None,
    language: Annotated[str | None, typer.Option(help="Of the words: en-gb or cy.")] = None,
    election: Annotated[
        str | None, typer.Option(help="A call to vote at this election; empty for an ordinary mailing.")
    ] = None,
    from_name: Annotated[str | None, typer.Option("--from", help="Name of the sender.")] = None,
    reply_to: Annotated[
        str | None, typer.Option(help="Replies go to this address; somebody reads it.")
    ] = None,
    per_minute: Annotated[int | None, typer.Option(help="At most so many a minute.")] = None,
    stops_at: Annotated[
        str | None, typer.Option(help="Nothing goes out after this moment, as 2026-05-07T22:00; UK time.")
    ] = None,
    cost: Annotated[str | None, typer.Option(help="What sending costs, in pounds, as 120.50.")] = None,
    campaign: Annotated[
        list[int] | None, typer.Option(help="In whose books the cost goes, by number; once for each.")
    ] = None,
    assessment: Annotated[str | None, typer.Option(help="Where several share it: why so.")] = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Write a mailing, or change a draft: what is left out stays as it is. Words that do not compile are refused."""
    user, scope = acting_in(email=by, right=Right.SEND)
    missing = (
        f"There is no mailing {mailing} in the places this login looks after. See `hustings mailings list`."
    )
    held = None if mailing is None else fetched(mailing_for, missing, scope=scope, pk=mailing)
    given = {
        "title": title,
        "audience": audience,
        "channel": channel,
        "subject": subject,
        "words": None if words is None else read_text(file=words),
        "template": template,
        "purpose": purpose,
        "promoter": promoter,
        "on_behalf_of": behalf,
        "nation": nation,
        "language": language,
        "election": election,
        "from_name": from_name,
        "reply_to": reply_to,
        "per_minute": per_minute,
        "stops_at": stops_at,
        "cost": cost,
        "campaigns": campaign,
        "cost_assessment": assessment,
    }
    form = checked(MailingForm, given=given, scope=scope, user=user, mailing=held, channel=channel or "")
    try:
        poll_day = form.poll_day(now=clock().now())
    except (Refusal, ValueError) as problem:
        raise refuse(str(problem)) from problem
    saved = done_now(
        save_mailing,
        ValueError,
        title=form.cleaned_data["title"],
        audience=form.cleaned_data["audience"],
        words=form.said(poll_day=poll_day),
        plan=form.plan(poll_day=poll_day),
        cost=form.charged(),
        by=user,
        mailing=held,
    )
    if is_json:
        print_json(
            {"id": saved.pk, "title": saved.title, "state": saved.state, "audience": saved.audience.name}
        )
    else:
        typer.echo(
            f"“{saved.title}” is saved; its number is {saved.pk}. Ask the gate: hustings mailings clear {saved.pk}"
        )
