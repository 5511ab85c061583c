"""The first half of the main job: a petition opens, residents sign and confirm, and are matched to the register."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from django.db import close_old_connections
from django.urls import reverse

from hustings.actions.models import Petition, Signature, SignatureState
from hustings.actions.usecases.open_petition import open_petition
from hustings.actions.usecases.save_petition import PetitionLinks, PetitionWords, save_petition
from hustings.basics.email_address import parse_email
from hustings.contacts.models import Intention, Issue
from hustings.elections.models import Party
from hustings.places.models import Area, AreaKind
from hustings.postroom.models import Message, MessageState
from hustings.project.demo.borough import petition as story_of_petition
from hustings.project.demo.build import DemoHome
from hustings.project.demo.mail_server import MailServer, is_refused
from hustings.project.demo.signing import Office, confirm_all, confirmation_links, sign_all, wait_until
from hustings.project.demo.story import Story

_TEXT = (
    "The footbridge over Canal and Lock is the only dry way to school and surgery for four hundred households. We ask "
    "the council to mend it this year and to keep it open until then."
)


def open_the_petition(*, demo: DemoHome, now: datetime, story: Story) -> Petition:
    """Alice writes the petition for two wards of hers and opens it."""
    alice = demo.users["Alice"]
    petition = Petition(
        area=Area.objects.get(kind=AreaKind.CONSTITUENCY, name="Barset East"),
        asked_of=story_of_petition.ADDRESSED_TO,
        asked_by="Lantern Party Barset",
        goal=1_000,
        promoter=demo.promoter,
        asks_intention=True,
    )
    petition = save_petition(
        petition=petition,
        words=PetitionWords(title=story_of_petition.TITLE, text=_TEXT),
        links=PetitionLinks(
            wards=list(Area.objects.filter(kind=AreaKind.WARD, name__in=story_of_petition.WARD_NAMES)),
            issues=[Issue.objects.get_or_create(name=name)[0] for name in story_of_petition.ISSUES],
            parties=list(Party.objects.filter(name__in=_party_names(demo))),
        ),
        by=alice,
        now=now,
    )
    petition = open_petition(petition=petition, by=alice, now=now)
    story.tell("A petition opens", wards=petition.wards.count(), parties=petition.parties.count())
    return petition


def _party_names(demo: DemoHome) -> set[str]:
    return {candidacy.party.name for candidacy in demo.borough.results}


def office_of(*, petition: Petition, base: str) -> Office:
    """Where the petition is signed, and what its form calls parties and issues."""
    return Office(
        base=base,
        path=reverse("actions:petition", args=[petition.slug]),
        parties={party.name: f"party-{party.pk}" for party in petition.parties.all()},
        issues={issue.name: str(issue.pk) for issue in petition.issues.all()},
    )


def let_them_sign(
    *, demo: DemoHome, petition: Petition, office: Office, mail: MailServer, folder: Path, story: Story
) -> None:
    """A thousand people sign through the web server; most confirm by the link in their mail."""
    signers = demo.borough.signers
    answers = sign_all(office=office, signers=signers)
    twice = sum(1 for signer in signers if signer.signed_again_at)
    story.tell(
        "A thousand residents sign on the page", signers=len(signers), signed_twice=twice, **_named(answers)
    )
    story.equal("every form was answered with success", answers["signed"], len(signers) + twice)
    stored = Signature.objects.filter(petition=petition)
    people = {parse_email(signer.email, allow_example=True).canonical for signer in signers}
    story.equal("everybody is stored once", stored.count(), len(people))

    def is_all_sent() -> bool:
        close_old_connections()
        return not Message.objects.filter(state__in=[MessageState.QUEUED, MessageState.CLAIMED]).exists()

    story.claim("the worker sends every confirmation", holds=wait_until(is_all_sent, seconds=120))
    mail.flush()
    willing = {signer.email for signer in signers if signer.confirmed_at and not is_refused(signer.email)}
    links = confirmation_links(box=folder / "mail" / "messages.mbox", wanted=willing, containing="/confirm/")
    story.equal("each willing signer has a link in the mail", len(links), len(willing))
    pressed = confirm_all(office=office, links=links)
    confirmed = stored.filter(state=SignatureState.CONFIRMED).count()
    story.tell("They confirm by the link in their mail", confirmed=confirmed, **_named(pressed))
    story.equal("who pressed the button is counted", confirmed, len(willing))
    story.claim("at least 600 are confirmed", holds=confirmed >= 600)
    intentions = Intention.objects.filter(is_latest=True).count()
    story.claim("at least 400 gave a voting intention", holds=intentions >= 400, intentions=intentions)


def _named(counts: Counter[str]) -> dict[str, int]:
    return {name.replace(" ", "_"): number for name, number in sorted(counts.items())}
