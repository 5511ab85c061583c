"""What is given to ask and to say."""

from datetime import date

import pytest

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.elections.models import Candidacy, Contest, Election, Party
from hustings.outreach.conversations.queries import parties_to_ask, words_to_say
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 30)


def test_the_words_name_the_organisation_and_follow_its_kind(cast: Cast) -> None:
    told = words_to_say(channel="call", on=ON)
    assert "Barset Together" in told[0]
    assert "only if you agree" not in " ".join(told)
    Organisation.objects.update(kind=OrganisationKind.COUNCIL_GROUP)
    assert "only if you agree" in " ".join(words_to_say(channel="door", on=ON))


def test_the_parties_are_those_that_stand_here_or_else_anywhere_at_the_election(cast: Cast) -> None:
    poll = Election.objects.create(
        id="local.barset.2026-05-07", kind="local", title="Barset", poll_on="2026-05-07"
    )
    reds, blues, others = (Party.objects.create(name=name) for name in ("Reds", "Blues", "Others"))
    for area, party in ((cast.east, reds), (cast.west, blues)):
        contest = Contest.objects.create(election=poll, ballot_id=area.code, area=area, area_name=area.name)
        Candidacy.objects.create(contest=contest, name="Ann Example", party=party, is_ours=party == reds)
    assert parties_to_ask(election=poll, area=cast.east) == [reds]
    assert parties_to_ask(election=poll, area=None) == [blues, reds]
    assert parties_to_ask(election=None, area=None) == [reds]
    assert others not in parties_to_ask(election=poll, area=cast.district)
