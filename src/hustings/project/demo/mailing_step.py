"""The second half of the main job: some object, an audience is built, the gate clears it, the mailing goes out, and all figures
are held against each other and against what the mail server saw."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from django.db import close_old_connections

from hustings.accounts.access import Right, scope_of
from hustings.actions.models import Petition, Signature
from hustings.basics.clock import clock, uk_date
from hustings.openness.models import Document, Entry, EntryKind
from hustings.outreach.audiences.queries.members import members_of
from hustings.outreach.audiences.usecases.save_audience import save_audience
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.outreach.mailings.queries import MailingFigures, figures_of
from hustings.outreach.mailings.usecases.approve_mailing import approve_mailing
from hustings.outreach.mailings.usecases.save_mailing import MailingPlan, MailingWords, save_mailing
from hustings.outreach.mailings.usecases.start_mailing import ask_gate, start_mailing
from hustings.people.queries import preference_link
from hustings.platform.models import Job, JobState
from hustings.postroom.models import Message, MessageState
from hustings.postroom.usecases.read_mailbox import read_mailbox
from hustings.project.demo.browser import Browser
from hustings.project.demo.build import DemoHome
from hustings.project.demo.mail_server import MailServer, bounces_later, write_bounces
from hustings.project.demo.signing import address_of, wait_until
from hustings.project.demo.story import Story

SUBJECT_ENDS = "the council decides"
_WORDS = """
Dear {{ given_name or "neighbour" }},

thank you for standing with us. The council decides about the footbridge over Canal and Lock on the third of next month.
Come to the public gallery, or write to your councillor{% if ward_name %} and say that you live in {{ ward_name }}{% endif %}.

**What you can do today**

- Tell two neighbours.
- Put the date into your calendar.
- Answer this message if you can give an hour.

Alice
"""


def let_some_object(*, demo: DemoHome, petition: Petition, base: str, story: Story) -> set[str]:
    """Those who change their mind open their own page and stop everything in one press; returns their addresses."""
    wanted = {signer.email for signer in demo.borough.signers if signer.objected_at and signer.confirmed_at}
    signatures = Signature.objects.filter(petition=petition, email__in=wanted, person__isnull=False)
    pressed = 0
    gone = set()
    for number, signature in enumerate(signatures.select_related("person")):
        assert signature.person is not None
        link = preference_link(person=signature.person)
        with Browser(base=base, address=address_of(number=number * 269)) as browser:
            page = browser.get(link)
            fields = page.form_fields() | {"act": "stop"}
            if page.status == 200 and browser.post(page.url, fields).status == 200:
                pressed += 1
                gone.add(signature.email)
    story.tell("Some object, on their own page", objected=pressed)
    story.equal("each objection was taken", pressed, signatures.count())
    return gone


def send_the_mailing(*, demo: DemoHome, mail: MailServer, story: Story) -> Mailing:
    """An audience, an approved email, the gate, ten thousand messages."""
    agent = demo.users["Agnes"]
    now = clock().now()
    scope = scope_of(user=agent, right=Right.SEND, on=uk_date(now))
    audience = save_audience(
        name="Everybody we know",
        conditions={"match": "all", "conditions": []},
        area_code=None,
        scope=scope,
        by=agent,
        now=now,
    )
    story.tell("An audience is built", people=members_of(audience=audience, now=now).count())
    mailing = save_mailing(
        title="The footbridge: the council decides",
        audience=audience,
        words=MailingWords(
            subject='{{ given_name or "Neighbour" }}, the council decides',
            words=_WORDS.strip(),
            promoter=demo.promoter,
        ),
        plan=MailingPlan(
            reply_to="alice@office.barset.example",
            from_name="Alice at the Lantern Party",
            stops_at=now + timedelta(days=2),
        ),
        by=agent,
        now=now,
    )
    mailing = approve_mailing(mailing=mailing, by=agent, now=clock().now())
    assert mailing.copy is not None
    story.tell("The email is approved", imprint=mailing.copy.imprint, sha256=mailing.copy.sha256[:16])
    seen = ask_gate(mailing=mailing, by=agent, now=clock().now())
    story.tell(
        "The gate is asked",
        audience=seen.asked,
        cleared=seen.cleared,
        **{f"no: {reason}": count for reason, count in seen.counts.items()},
    )
    story.equal(
        "audience = cleared + refused by reason", seen.asked, seen.cleared + sum(seen.counts.values())
    )
    story.claim("ten thousand may be emailed", holds=seen.cleared >= 10_000, cleared=seen.cleared)
    before = len(mail.accepted)
    mailing = start_mailing(mailing=mailing, by=agent, now=clock().now())
    pk = mailing.pk

    def has_ended() -> bool:
        close_old_connections()
        return Mailing.objects.filter(pk=pk, state=MailingState.FINISHED).exists()

    is_over = wait_until(has_ended, seconds=300)
    mailing.refresh_from_db()
    figures = figures_of(mailing=mailing)
    assert figures is not None
    story.tell(
        "The mailing goes out",
        accepted=figures.accepted,
        refused_by_server=figures.refused_by_server,
        unknown=figures.unknown,
        withdrawn=figures.withdrawn,
    )
    story.claim("the worker finishes it", holds=is_over)
    _hold_against_each_other(story, figures, mail, before)
    return mailing


def _refusals(counts: Mapping[str, int]) -> dict[str, int]:
    return {f"refused: {reason}": count for reason, count in counts.items()}


def _hold_against_each_other(story: Story, figures: MailingFigures, mail: MailServer, before: int) -> None:
    story.equal(
        "audience = cleared + refused by reason",
        figures.audience,
        figures.cleared + sum(figures.refused_by_reason.values()),
    )
    ended = figures.accepted + figures.refused_by_server + figures.unknown
    story.equal(
        "cleared = accepted + refused by server + unknown + withdrawn",
        figures.cleared,
        ended + figures.withdrawn + figures.waiting,
    )
    story.equal("contacts = accepted + refused by server + unknown", figures.contacts, ended)
    story.equal(
        "the mail server took as many as were accepted", len(mail.accepted) - before, figures.accepted
    )
    sent = mail.accepted[before:]
    story.equal("nobody got it twice", len(sent), len(set(sent)))


def check_who_got_it(*, demo: DemoHome, mail: MailServer, objected: set[str], story: Story) -> None:
    """Nobody without evidence, nobody who objected or unsubscribed."""
    got = {line["to"].lower() for line in mail.received() if line["subject"].endswith(SUBJECT_ENDS)}
    kept_out = {
        supporter.email.lower()
        for supporter in demo.borough.supporters
        if supporter.group in {"without_evidence", "unsubscribed"} and supporter.email
    }
    story.tell("The mail server's list is read", recipients=len(got))
    story.equal("nobody of the list without evidence, or who unsubscribed, got it", len(got & kept_out), 0)
    story.equal("nobody who objected got it", len(got & {address.lower() for address in objected}), 0)


def let_some_bounce(*, mailing: Mailing, mail: MailServer, folder: Path, story: Story) -> None:
    """Some messages come back a day later; the mailbox they land in is read in."""
    back = [
        (line["to"], line["id"])
        for line in mail.received()
        if line["subject"].endswith(SUBJECT_ENDS) and bounces_later(line["to"])
    ]
    count = write_bounces(path=folder / "bounces.mbox", messages=back)
    counts = read_mailbox(path=folder / "bounces.mbox", now=clock().now())
    bounced = Message.objects.filter(dispatch=mailing.dispatch_id, bounced_at__isnull=False)
    story.tell(
        "Some come back",
        notices=count,
        recognised=counts.bounces,
        addresses_now_unusable=counts.addresses_unusable,
    )
    story.equal("every notice finds its message", bounced.count(), count)
    story.equal("bounces ⊆ accepted", bounced.exclude(state=MessageState.ACCEPTED).count(), 0)


def read_the_record(*, mailing: Mailing, base: str, story: Story) -> None:
    """The public page shows the mailing; the exact number that it commits to is the number accepted."""

    def is_recorded() -> bool:
        close_old_connections()
        return Entry.objects.filter(kind=EntryKind.SENDING, source=f"mailing:{mailing.pk}").exists()

    wait_until(is_recorded, seconds=60)
    entry = Entry.objects.get(kind=EntryKind.SENDING, source=f"mailing:{mailing.pk}")
    exact = json.loads(bytes(Document.objects.get(entry=entry, name="exact").content or b"{}"))
    figures = figures_of(mailing=mailing)
    assert figures is not None
    with Browser(base=base) as browser:
        page = browser.get(f"/record/{entry.number}/")
        whole = browser.get("/record/")
    story.tell("The public record is read", entry=entry.number, leaf_hash=entry.leaf_hash[:16])
    story.equal("record = accepted", exact["messages"].get("accepted", 0), figures.accepted)
    story.claim(
        "the page of the entry shows the mailing and its imprint",
        holds=page.status == 200 and mailing.title in page.text and "Promoted by" in page.text,
    )
    story.claim("the list of the record shows it", holds=whole.status == 200 and mailing.title in whole.text)
    failed = Job.objects.filter(state=JobState.FAILED).count()
    story.equal("no job has failed", failed, 0)
