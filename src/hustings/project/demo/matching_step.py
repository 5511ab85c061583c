"""Signers are matched to the register; the demo knows the truth, so precision and recall are counts, not guesses."""

from django.db import close_old_connections

from hustings.actions.models import Petition, Signature, SignatureState
from hustings.platform.models import Job, JobState
from hustings.project.demo.build import DemoHome
from hustings.project.demo.signing import wait_until
from hustings.project.demo.story import Story
from hustings.register.models import Elector, Match, MatchState


def match_everybody(*, demo: DemoHome, petition: Petition, story: Story) -> None:
    """Wait for the worker's matches of the confirmed signers and hold them against the truth."""

    def is_done() -> bool:
        close_old_connections()
        return not Job.objects.filter(state__in=[JobState.READY, JobState.RUNNING], run_after=None).exists()

    wait_until(is_done, seconds=180)
    signatures = Signature.objects.filter(
        petition=petition, state=SignatureState.CONFIRMED, person__isnull=False
    )
    person_of = dict(signatures.values_list("email", "person_id"))
    truth = {
        person_of[signer.email]: signer.elector_key
        for signer in demo.borough.signers
        if signer.email in person_of
    }
    keys = _keys_by_elector(demo)
    standing = dict(
        Match.objects.filter(
            person__in=truth, state__in=[MatchState.MATCHED, MatchState.ACCEPTED]
        ).values_list("person_id", "elector_id")
    )
    unsure = (
        Match.objects.filter(person__in=truth, state=MatchState.UNSURE).values("person_id").distinct().count()
    )
    right = sum(keys[elector] == truth[person] for person, elector in standing.items())
    on_register = sum(key is not None for key in truth.values())
    precision = right / len(standing) if standing else 0.0
    recall = right / on_register if on_register else 0.0
    story.tell(
        "The confirmed signers are matched to the register",
        people=len(truth),
        truly_on_it=on_register,
        matched=len(standing),
        unsure=unsure,
        precision=f"{precision:.4f}",
        recall=f"{recall:.4f}",
    )
    story.claim("precision is at least 0.99 for what was matched without a human", holds=precision >= 0.99)
    story.claim("most of those on the register are found", holds=recall >= 0.85)


def _keys_by_elector(demo: DemoHome) -> dict[int, int]:
    """The borough's key of each stored elector, by the elector's number in the register."""
    by_number = {
        (elector.district.code, elector.number, elector.suffix or 0): elector.key
        for elector in demo.borough.electors
    }
    rows = Elector.objects.values_list("pk", "entries__district", "entries__number", "entries__suffix")
    return {pk: by_number.get((district, number, suffix), 0) for pk, district, number, suffix in rows}
