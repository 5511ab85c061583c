"""The demo's petition as it went over a month: the same forms and the same use cases, each at its own moment.

`hustings demo --check` lets everybody sign through the web server instead; then it all happens today.
"""

from datetime import datetime

from django.http import QueryDict

from hustings.accounts.models import Organisation
from hustings.actions.models import Petition, Signature, SignatureState
from hustings.actions.pages.sign_form import SignForm
from hustings.actions.queries import current_version
from hustings.actions.usecases.confirm_signature import confirm_signature
from hustings.actions.usecases.offer_wordings import offer_wordings
from hustings.actions.usecases.take_signature import FormFilledIn, take_signature
from hustings.contacts.models import Intention
from hustings.platform.progress import Progress
from hustings.project.demo.borough.petition import Signer
from hustings.project.demo.build import DemoHome
from hustings.project.demo.mail_server import is_refused
from hustings.project.demo.signing import CHANNELS, CHOICES, Office
from hustings.project.demo.story import Story


def sign_over_a_month(
    *, demo: DemoHome, petition: Petition, office: Office, story: Story, progress: Progress
) -> None:
    """Everything that residents did to the petition, in the order of time."""
    organisation = Organisation.objects.get()
    acts: list[tuple[datetime, str, Signer]] = []
    for signer in demo.borough.signers:
        acts.append((signer.signed_at, "signs", signer))
        if signer.signed_again_at:
            acts.append((signer.signed_again_at, "signs", signer))
        if signer.confirmed_at and not is_refused(signer.email):
            acts.append((signer.confirmed_at, "confirms", signer))
    acts.sort(key=lambda act: act[0])
    offers = offer_wordings(asks=petition.asks, organisation=organisation, language="en-gb", now=acts[0][0])
    boxes = {f"{offer.channel}.{offer.purpose}": offer.value for offer in offers}
    for done, (moment, act, signer) in enumerate(acts, start=1):
        if act == "signs":
            _sign(petition, organisation, office, boxes, signer, moment)
        else:
            signature = Signature.objects.get(petition=petition, email=signer.email)
            confirm_signature(token=signature.token, shown_at=None, now=moment)
        progress.report(done=done, total=len(acts), note="residents sign")
    confirmed = Signature.objects.filter(petition=petition, state=SignatureState.CONFIRMED).count()
    willing = sum(1 for _, act, _ in acts if act == "confirms")
    intentions = Intention.objects.filter(is_latest=True).count()
    story.tell(
        "A thousand residents sign over a month, most confirm",
        signers=len(demo.borough.signers),
        confirmed=confirmed,
        intentions=intentions,
    )
    story.equal("who confirmed is counted once", confirmed, willing)
    story.claim("at least 600 are confirmed", holds=confirmed >= 600)
    story.claim("at least 400 gave a voting intention", holds=intentions >= 400)


def _sign(
    petition: Petition,
    organisation: Organisation,
    office: Office,
    boxes: dict[str, str],
    signer: Signer,
    moment: datetime,
) -> None:
    data = QueryDict(mutable=True)
    data.update(
        {
            "given_name": signer.written.first_name,
            "family_name": signer.written.surname,
            "email": signer.email,
            "postcode": signer.written.postcode,
            "known_postcode": signer.written.postcode,
            "phone": signer.phone,
            "address_line": signer.written.address,
            "intention": CHOICES.get(signer.intention) or office.parties.get(signer.intention, ""),
        }
    )
    wanted = (f"{CHANNELS[channel]}.campaign" for channel in sorted(signer.consents))
    data.setlist("consent", [boxes[pair] for pair in wanted if pair in boxes])
    data.setlist("issue", [office.issues[name] for name in signer.issues if name in office.issues])
    form = SignForm(data, petition=petition, is_registered_party=organisation.is_registered_party)
    version = current_version(petition=petition)
    if not form.is_valid() or version is None:
        raise AssertionError(f"The demo's form was refused: {form.errors.as_text()}")
    take_signature(
        form=FormFilledIn(
            petition=petition,
            version_id=version.pk,
            given_name=form.cleaned_data["given_name"],
            family_name=form.cleaned_data["family_name"],
            email=form.cleaned_data["email"],
            postcode=form.cleaned_data["postcode"],
            address_line=form.cleaned_data["address_line"],
            phone=form.cleaned_data["phone"],
            choices=form.cleaned_data["choices"],
        ),
        now=moment,
    )
