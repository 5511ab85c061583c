"""The shared questions as a form."""

import pytest
from django.http import QueryDict

from hustings.contacts.models import Issue
from hustings.elections.models import Party
from hustings.outreach.conversations.pages.fields import AnswerFields
from hustings.outreach.conversations.rules.answers import Answer, Spoken, Wish

pytestmark = pytest.mark.django_db


def _form(data: dict[str, object], **given: object) -> AnswerFields:
    parties = [Party.objects.create(name="Example Greens")]
    issues = [Issue.objects.create(name="Buses")]
    filled = QueryDict(mutable=True)
    for key, value in data.items():
        filled[key] = str(issues[0].pk if key == "line-issues" else value).replace(
            "PARTY", str(parties[0].pk)
        )
    return AnswerFields(filled, prefix="line", channel=Spoken.CALL, parties=parties, issues=issues, **given)  # type: ignore[arg-type]


def test_an_answer_with_party_issue_and_wish() -> None:
    form = _form({"line-vote": "party-PARTY", "line-issues": 1, "line-wish": "channel"})
    assert form.is_valid(), form.errors
    said = form.answer(election_id="parl.2029-05-03")
    assert said == Answer(
        choice="party",
        party_id=Party.objects.get().pk,
        election_id="parl.2029-05-03",
        issue_ids=(Issue.objects.get().pk,),
    )
    assert form.wish() is Wish.NOT_THIS_WAY


def test_nothing_asked_is_nothing_said() -> None:
    form = _form({}, asks_intention=False)
    assert form.is_valid()
    assert form.answer(election_id="parl.2029-05-03").is_empty
    assert form.wish() is Wish.NOTHING
    assert "vote" not in form.fields


def test_a_party_that_was_not_offered_is_refused_in_a_sentence() -> None:
    form = _form({"line-vote": "party-999999"})
    assert not form.is_valid()
    assert form.errors["vote"] == ["Choose one of the answers."]
