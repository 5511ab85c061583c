"""The gate over whole audiences: each refusal, counts that add up, and nothing left to chance between the
databases.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hustings.accounts.access import NotAllowed
from hustings.accounts.models import OrganisationKind
from hustings.clearance.models import ApprovedCopy, Clearance, ClearanceVerdict, Medium
from hustings.clearance.queries.person_facts import UnknownPeople, facts_of_people, ids_of
from hustings.clearance.rules.gate import Channel, Fact, Purpose, Reason
from hustings.clearance.usecases import (
    LimitsWithoutReason,
    NotToBeSetAside,
    clear_audience,
    cleared_recipients,
    recheck,
    set_limits,
    withdraw_material,
)
from hustings.contacts.models import Contact, Outcome
from hustings.people.models import ContactPoint, Person, PreferenceListing, PreferenceService
from hustings.people.rules.keys import phone_key
from hustings.people.usecases import object_to_contact
from hustings.people.usecases.keep_preferences import Screening, keep_preferences
from hustings.platform.models import ImportRun
from hustings.register.models import Elector, Entitlement, Match, MatchState, RegisterEntry, RegisterVersion
from tests.clearance.materials import make_agent, make_copy
from tests.contacts import cast

pytestmark = pytest.mark.django_db

EMAIL_CAMPAIGN = (("email", "campaign"),)


@pytest.fixture(autouse=True)
def places() -> None:
    cast.make_organisation()
    cast.make_places()


@pytest.fixture
def copy() -> ApprovedCopy:
    return make_copy(by=cast.make_alice(), use_until=datetime(2026, 5, 7, 21, 0, tzinfo=UTC))


def make_ada(**fields: Any) -> Person:
    return cast.make_person(
        name=fields.pop("name", "Ada Ames"),
        email=fields.pop("email", "ada@barset.example"),
        phone=fields.pop("phone", "07700 900001"),
        consents=fields.pop("consents", EMAIL_CAMPAIGN),
    )


def reason_for(person: Person, copy: ApprovedCopy | None, now: datetime, **asked: Any) -> str:
    clearance = clear_audience(
        people=[person.pk],
        channel=asked.pop("channel", "email"),
        purpose=asked.pop("purpose", "campaign"),
        copy=copy,
        now=now,
        asked_by=None,
        **asked,
    )
    assert clearance.asked == 1
    verdict = clearance.verdicts.get()
    assert (verdict.reason == "") == (clearance.cleared == 1)
    assert clearance.counts == ({} if verdict.reason == "" else {verdict.reason: 1})
    return verdict.reason


def change(person: Person, **fields: Any) -> Person:
    Person.objects.filter(pk=person.pk).update(**fields)
    return person


def test_someone_who_agreed_is_cleared(copy: ApprovedCopy, now: datetime) -> None:
    assert reason_for(make_ada(), copy, now) == ""


def test_each_reason_in_turn(copy: ApprovedCopy, now: datetime) -> None:
    other = make_ada(name="Other One", email="other@barset.example")
    assert reason_for(change(make_ada(email="a@barset.example"), erased_at=now), copy, now) == Reason.ERASED
    assert (
        reason_for(change(make_ada(email="b@barset.example"), merged_into=other), copy, now) == Reason.MERGED
    )
    assert reason_for(make_ada(email=""), copy, now) == Reason.NO_ADDRESS
    assert reason_for(make_ada(email="c@barset.example", consents=()), copy, now) == Reason.NO_CONSENT
    wrong = make_ada(email="d@barset.example", consents=(("email", "fundraising"), ("sms", "campaign")))
    assert reason_for(wrong, copy, now) == Reason.NO_CONSENT
    failing = make_ada(email="e@barset.example")
    ContactPoint.objects.filter(person=failing, kind="email").update(unusable_at=now)
    assert reason_for(failing, copy, now) == Reason.ADDRESS_FAILING
    child = change(make_ada(email="f@barset.example"), adult_on=date(2031, 3, 31))
    assert reason_for(child, copy, now) == Reason.UNDER_AGE
    thirteen = change(make_ada(email="g@barset.example"), adult_on=date(2031, 3, 30))
    assert reason_for(thirteen, copy, now) == ""


def test_dot_is_17_and_agreed(copy: ApprovedCopy, now: datetime) -> None:
    dot = change(make_ada(name="Dot Dean"), adult_on=date(2026, 9, 1))
    assert reason_for(dot, copy, now) == ""


def test_a_second_address_that_works_is_enough(copy: ApprovedCopy, now: datetime) -> None:
    ada = make_ada()
    ContactPoint.objects.filter(person=ada, kind="email").update(unusable_at=now)
    ContactPoint.objects.create(
        person=ada,
        kind="email",
        value="Ada.Two@barset.example",
        canonical="ada.two@barset.example",
        is_preferred=False,
        added_at=now,
        source="test",
    )
    clearance = clear_audience(
        people=[ada.pk], channel="email", purpose="campaign", copy=copy, now=now, asked_by=None
    )
    assert [recipient.address for recipient in cleared_recipients(clearance=clearance)] == [
        "Ada.Two@barset.example"
    ]


def test_fiona_objected_to_email_and_still_gets_what_she_asks_for(copy: ApprovedCopy, now: datetime) -> None:
    fiona = cast.make_person(name="Fiona Frost")
    ContactPoint.objects.create(
        person=fiona,
        kind="email",
        value="fiona@barset.example",
        canonical="fiona@barset.example",
        verified_at=now,
        added_at=now,
        source="test",
    )
    cast.give_consent(person=fiona)
    object_to_contact(person=fiona, channel="email", source="telephone", now=now)
    assert reason_for(fiona, copy, now) == Reason.OBJECTED
    assert reason_for(fiona, None, now, purpose="service") == ""
    assert reason_for(fiona, None, now, channel="door") == Reason.NO_ADDRESS


def test_material_that_is_missing_withdrawn_for_another_purpose_or_out_of_time(now: datetime) -> None:
    alice, ada = cast.make_alice(), make_ada()
    copy = make_copy(by=alice, use_from=now + timedelta(days=1), use_until=now + timedelta(days=2))
    assert reason_for(ada, None, now) == Reason.NO_MATERIAL
    assert reason_for(ada, copy, now) == Reason.TOO_EARLY
    assert reason_for(ada, copy, now + timedelta(days=1)) == ""
    assert reason_for(ada, copy, now + timedelta(days=2)) == Reason.TOO_LATE
    leaflet = make_copy(by=alice, title="Leaflet", medium=Medium.EMAIL, purpose="fundraising")
    assert reason_for(ada, leaflet, now) == Reason.WRONG_PURPOSE
    withdraw_material(material=copy.material, reason="wrong", by=alice, now=now)
    copy.refresh_from_db()
    assert reason_for(ada, copy, now + timedelta(days=1)) == Reason.MATERIAL_NOT_APPROVED


def test_calls_need_a_number_and_texts_a_mobile(now: datetime) -> None:
    landline = make_ada(phone="01632 960001", consents=(("sms", "campaign"),))
    assert reason_for(landline, None, now, channel="call") == ""
    assert reason_for(landline, make_copy(by=cast.make_alice(), medium=Medium.SMS), now, channel="sms") == (
        Reason.NO_ADDRESS
    )


def test_doors_take_an_own_address_and_leave_out_those_who_left(now: datetime) -> None:
    ada = change(make_ada(), address_line="4 Mill Lane", postcode="ZZ1 1AB")
    clearance = clear_audience(
        people=[ada.pk], channel="door", purpose="campaign", copy=None, now=now, asked_by=None
    )
    assert [recipient.address for recipient in cleared_recipients(clearance=clearance)] == [
        "4 Mill Lane, ZZ1 1AB"
    ]
    assert reason_for(change(ada, gone_at=now), None, now, channel="door") == Reason.GONE_AWAY


def make_match(person: Person, now: datetime, *, valid_until: date) -> None:
    entitlement = Entitlement.objects.create(
        kind="candidate",
        holder="Alice Archer",
        office="councillor for Barset East",
        area_id=cast.EAST,
        valid_from=date(2026, 1, 1),
        valid_until=valid_until,
        evidence="form",
        recorded_at=now,
    )
    run = ImportRun.objects.create(
        importer="register", file_name="r.csv", file_sha256="0" * 64, file_bytes=1, started_at=now
    )
    version = RegisterVersion.objects.create(
        entitlement=entitlement, area_id=cast.EAST, as_of=date(2026, 1, 1), import_run=run
    )
    elector = Elector.objects.create(first_seen_at=now)
    RegisterEntry.objects.create(
        version=version,
        elector=elector,
        district="AA",
        number=1,
        address="4 Mill Lane",
        postcode="ZZ1 1AB",
        line=1,
    )
    Match.objects.create(
        person=person,
        elector=elector,
        state=MatchState.MATCHED,
        weight=9,
        probability=0.99,
        method="test",
        at=now,
    )


def test_who_is_reached_only_by_the_register_is_lost_when_its_entitlement_ends(now: datetime) -> None:
    ada = make_ada()
    assert reason_for(ada, None, now, channel="door") == Reason.NO_ADDRESS
    make_match(ada, now, valid_until=date(2026, 3, 31))
    assert reason_for(ada, None, now, channel="door") == ""
    assert reason_for(ada, None, now + timedelta(days=1), channel="door") == Reason.REGISTER_LAPSED
    change(ada, address_line="4 Mill Lane", postcode="ZZ1 1AB")
    assert reason_for(ada, None, now + timedelta(days=1), channel="door") == ""


@pytest.mark.parametrize(
    ("kind", "refused"), [(OrganisationKind.REGISTERED_PARTY, 1), (OrganisationKind.NON_PARTY, 2)]
)
def test_choosing_by_opinion_needs_consent_where_there_is_no_registered_party(
    copy: ApprovedCopy, now: datetime, kind: str, refused: int
) -> None:
    """Ada said nothing about it, Bea agreed, Cora took it back."""
    from hustings.accounts.models import Organisation

    Organisation.objects.update(kind=kind)
    ada, bea, cora = (
        make_ada(name=f"{name} Lane", email=f"{name}@barset.example") for name in ("Ada", "Bea", "Cora")
    )
    cast.give_consent(person=bea, channel="", purpose="opinion")
    cast.give_consent(person=cora, channel="", purpose="opinion", is_given=False)
    summary = clear_audience(
        people=[ada.pk, bea.pk, cora.pk],
        channel="email",
        purpose="campaign",
        copy=copy,
        now=now,
        asked_by=None,
        dry_run=True,
        uses_opinions=True,
    )
    assert summary.counts == {"no-opinion-consent": refused}
    assert not summary.warnings


def test_the_dry_run_says_what_the_pass_then_does_and_stores_nothing(
    copy: ApprovedCopy, now: datetime
) -> None:
    people = [make_ada(name=f"Ada {n}", email=f"ada{n}@barset.example").pk for n in range(5)]
    people += [make_ada(name=f"Bea {n}", email=f"bea{n}@barset.example", consents=()).pk for n in range(3)]
    asked: dict[str, Any] = {
        "people": Person.objects.filter(pk__in=people),
        "channel": "email",
        "purpose": "campaign",
        "copy": copy,
        "now": now,
        "asked_by": None,
    }
    before = Clearance.objects.count()
    summary = clear_audience(**asked, dry_run=True)
    assert Clearance.objects.count() == before
    clearance = clear_audience(**asked)
    assert (summary.asked, summary.cleared, summary.refused) == (8, 5, 3)
    assert summary.counts == {"no-consent": 3} == clearance.counts
    assert summary.rules["no-consent"]["rule"] == "PECR 2003 reg 22" == clearance.rules["no-consent"]["rule"]
    assert (clearance.asked, clearance.cleared, clearance.refused) == (8, 5, 3)
    rows = ClearanceVerdict.objects.filter(clearance=clearance)
    assert rows.filter(reason="", rule="").count() == 5
    assert rows.filter(reason="no-consent", rule="PECR 2003 reg 22").count() == 3
    assert [recipient.person_id for recipient in cleared_recipients(clearance=clearance)] == people[:5]


def test_nobody_asked_is_an_empty_clearance(copy: ApprovedCopy, now: datetime) -> None:
    clearance = clear_audience(
        people=Person.objects.none(), channel="email", purpose="campaign", copy=copy, now=now, asked_by=None
    )
    assert (clearance.asked, clearance.counts) == (0, {})
    assert list(cleared_recipients(clearance=clearance)) == []


def test_an_id_given_twice_counts_once_and_nobody_s_id_is_refused(copy: ApprovedCopy, now: datetime) -> None:
    ada = make_ada()
    asked: dict[str, Any] = {
        "channel": "email",
        "purpose": "campaign",
        "copy": copy,
        "now": now,
        "asked_by": None,
    }
    assert clear_audience(people=[ada.pk, ada.pk], **asked).asked == 1
    with pytest.raises(UnknownPeople):
        clear_audience(people=[ada.pk, 999_999_999], **asked)


def test_the_number_of_statements_does_not_grow_with_the_audience(copy: ApprovedCopy, now: datetime) -> None:
    def statements(people: list[int]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            clear_audience(
                people=people,
                channel="email",
                purpose="campaign",
                copy=copy,
                now=now,
                asked_by=None,
                dry_run=True,
            )
        return len(caught)

    few = [make_ada(name=f"Ada {n}", email=f"ada{n}@barset.example").pk for n in range(2)]
    many = few + [make_ada(name=f"Bea {n}", email=f"bea{n}@barset.example").pk for n in range(20)]
    assert statements(few) == statements(many)


def test_limits_of_our_own(copy: ApprovedCopy, now: datetime) -> None:
    agent, ada = make_agent(), make_ada()
    asked: dict[str, Any] = {
        "people": [ada.pk], "channel": "email", "purpose": "campaign", "copy": copy, "now": now, "asked_by": agent,
    }  # fmt: skip
    for days in (1, 10, 40):
        Contact.objects.create(
            person=ada,
            channel="email",
            purpose="campaign",
            outcome=Outcome.DELIVERED,
            at=now - timedelta(days=days),
        )
    Contact.objects.create(person=ada, channel="email", purpose="service", outcome=Outcome.DELIVERED, at=now)
    set_limits(
        most_contacts=3, within_days=28, needs_verified_email=False, reason="Enough", by=agent, now=now
    )
    assert reason_for(ada, copy, now) == ""
    set_limits(
        most_contacts=2, within_days=28, needs_verified_email=False, reason="Enough", by=agent, now=now
    )
    assert reason_for(ada, copy, now) == Reason.TOO_OFTEN
    clearance = clear_audience(**asked, set_aside={"too-often": "The poll is tomorrow"})
    assert clearance.cleared == 1
    assert clearance.overrides == {"too-often": {"why": "The poll is tomorrow", "by": agent.pk}}
    with pytest.raises(NotToBeSetAside, match="Give the reason"):
        clear_audience(**asked, set_aside={"too-often": " "})
    with pytest.raises(NotToBeSetAside, match="never set aside"):
        clear_audience(**asked, set_aside={"objected": "They will not mind"})
    with pytest.raises(NotAllowed):
        clear_audience(**{**asked, "asked_by": cast.make_charlie()}, set_aside={"too-often": "Please"})
    ContactPoint.objects.filter(person=ada).update(verified_at=None)
    set_limits(
        most_contacts=None, within_days=28, needs_verified_email=True, reason="Care", by=agent, now=now
    )
    assert reason_for(ada, copy, now) == Reason.ADDRESS_UNVERIFIED
    assert clear_audience(**asked, set_aside={"address-unverified": "Keyed from paper"}).cleared == 1


def test_a_person_under_16_who_did_not_ask_is_left_out_until_the_rule_is_lifted(now: datetime) -> None:
    dot = change(cast.make_person(name="Dot Dean", phone="01632 960001"), adult_on=date(2026, 9, 1))
    child = change(cast.make_person(name="Cy Dean", phone="01632 960002"), adult_on=date(2028, 3, 31))

    def counts() -> dict[str, int]:
        return dict(
            clear_audience(
                people=[dot.pk, child.pk],
                channel="call",
                purpose="campaign",
                copy=None,
                now=now,
                asked_by=None,
                dry_run=True,
            ).counts
        )

    assert counts() == {Reason.UNDER_16: 1}
    assert recheck(person_ids=[child.pk], channel="call", purpose="campaign", now=now) == {
        child.pk: Reason.UNDER_16
    }
    set_limits(
        most_contacts=None, within_days=28, needs_verified_email=False, leaves_out_under_16=False,
        reason="Our youth wing rings its members", by=make_agent(), now=now,
    )  # fmt: skip
    assert counts() == {}


def test_limits_are_the_agent_s_and_have_a_reason(now: datetime) -> None:
    with pytest.raises(LimitsWithoutReason):
        set_limits(
            most_contacts=1, within_days=7, needs_verified_email=False, reason="", by=make_agent(), now=now
        )
    with pytest.raises(NotAllowed):
        set_limits(
            most_contacts=1,
            within_days=7,
            needs_verified_email=False,
            reason="x",
            by=cast.make_charlie(),
            now=now,
        )


def test_asked_again_at_the_moment_of_sending(copy: ApprovedCopy, now: datetime) -> None:
    people = [make_ada(name=f"Ada {n}", email=f"ada{n}@barset.example") for n in range(4)]
    ids = [person.pk for person in people]
    asked: dict[str, Any] = {"person_ids": ids, "channel": "email", "purpose": "campaign"}
    assert recheck(**asked, now=now) == {}
    object_to_contact(person=people[0], source="telephone", now=now)
    cast.give_consent(person=people[1], is_given=False)
    change(people[2], erased_at=now)
    assert recheck(**asked, now=now) == {ids[0]: "objected", ids[1]: "no-consent", ids[2]: "erased"}
    assert recheck(**asked, now=now, copy=copy)[ids[0]] == "objected"
    assert recheck(**asked, now=copy.use_until or now, copy=copy)[ids[3]] == "too-late"


def test_facts_of_many_are_the_facts_of_each(now: datetime) -> None:
    people = [
        make_ada(
            name=f"Ada {n}",
            email=f"ada{n}@barset.example" if n % 3 else "",
            consents=EMAIL_CAMPAIGN if n % 2 else (),
        )
        for n in range(12)
    ]
    for person in people[::4]:
        change(person, erased_at=now)
    object_to_contact(person=people[5], source="telephone", now=now)
    asked: dict[str, Any] = {
        "channel": Channel.EMAIL,
        "purpose": Purpose.CAMPAIGN,
        "on": now.date(),
        "now": now,
    }
    ids = ids_of(people=[person.pk for person in people])
    together = facts_of_people(ids=ids, **asked)
    for place, person in enumerate(ids):
        assert facts_of_people(ids=np.array([person]), **asked)[0] == together[place]
    assert Fact(int(together[5])) & Fact.OBJECTED


def test_reading_everybody_gives_the_facts_of_those_asked_about(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [make_ada(name=f"Ada {n}", email=f"ada{n}@barset.example").pk for n in range(6)]
    change(Person.objects.get(pk=people[2]), erased_at=now)
    asked: dict[str, Any] = {
        "channel": Channel.EMAIL,
        "purpose": Purpose.CAMPAIGN,
        "on": now.date(),
        "now": now,
    }
    ids = ids_of(people=people[1:5])
    narrowed = facts_of_people(ids=ids, **asked).tolist()
    monkeypatch.setattr("hustings.clearance.queries.person_facts._FEW", 1)
    assert facts_of_people(ids=ids, **asked).tolist() == narrowed
    assert Fact(narrowed[1]) & Fact.ERASED


def test_calls_are_held_against_the_telephone_preference_service(now: datetime) -> None:
    """Listed is refused unless they told us yes; not looked up within 28 days is a warning; others pass."""
    people = {
        name: cast.make_person(name=f"{name} Lane", phone=f"01632 9600{number}")
        for number, name in enumerate(("Ada", "Bea", "Cora", "Dora"), start=10)
    }
    cast.give_consent(person=people["Bea"], channel="call", purpose="campaign")
    secret = settings.HUSTINGS_SUPPRESSION_KEY
    on = now.date()
    results = {
        phone_key(secret=secret, e164=people[name].contact_points.get().canonical).key_hash: listed
        for name, listed in (("Ada", True), ("Bea", True), ("Cora", False))
    }
    for day in (on - timedelta(days=28), on - timedelta(days=29)):
        PreferenceListing.objects.all().delete()
        keep_preferences(
            screening=Screening(service=PreferenceService.TPS, as_of=day, is_whole=False, results=results),
            run=None,
            now=now,
        )
        summary = clear_audience(
            people=[person.pk for person in people.values()],
            channel="call",
            purpose="campaign",
            copy=None,
            now=now,
            asked_by=None,
            dry_run=True,
        )
        assert summary.counts == {"preference-service": 1}
        assert summary.rules["preference-service"]["rule"] == "PECR 2003 reg 21"
        (warning,) = summary.warnings
        assert warning["code"] == "screening"
        # Dora never was; a day too late, Cora's look-up no longer counts either.
        assert warning["count"] == (1 if day == on - timedelta(days=28) else 2)
