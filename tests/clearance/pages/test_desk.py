"""The desk pages of clearance: what Alice does there, and that Charlie cannot."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hustings.accounts.models import User
from hustings.clearance.models import ApprovedCopy, Clearance, Material, MaterialState, OwnLimits, Promoter
from hustings.clearance.pages.desk_urls import urlpatterns
from hustings.clearance.usecases import approve_material, check_material, clear_audience
from tests.cast import Cast, signed_in
from tests.clearance.materials import IMPRINT, make_material, make_promoter

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 8


@pytest.fixture
def material(cast: Cast, now: datetime) -> Material:
    written = make_material(promoter=make_promoter(area_id=cast.east.code), area=cast.east.code)
    check_material(material=written, now=now)
    return written


@pytest.fixture
def copy(cast: Cast, material: Material, now: datetime) -> ApprovedCopy:
    return approve_material(material=material, by=cast.alice, now=now)


@pytest.fixture
def clearance(cast: Cast, copy: ApprovedCopy, now: datetime) -> Clearance:
    return clear_audience(
        people=[], channel="email", purpose="campaign", copy=copy, now=now, asked_by=cast.alice
    )


def get(user: User, name: str, /, *args: object, status: int = 200, **query: str) -> str:
    answer = signed_in(user).get(reverse(f"clearance_desk:{name}", args=args), query)
    assert answer.status_code == status, (name, answer.status_code)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return " ".join(body.decode("utf-8", "replace").split())


def post(user: User, name: str, /, *args: object, status: int = 302, **data: object) -> str:
    answer = signed_in(user).post(reverse(f"clearance_desk:{name}", args=args), data)
    assert answer.status_code == status, (name, answer.status_code, answer.content[:2000])
    return " ".join(answer.content.decode().split())


def written(material: Material | None = None, **changes: object) -> dict[str, object]:
    return {
        "title": "The park",
        "medium": "email",
        "purpose": "campaign",
        "subject": "Save our park",
        "body": "The council wants to sell it.",
        "adds_imprint": "on",
        "nation": "england",
        "language": "en-gb",
        "publisher": "candidate",
        "about": "candidate",
        **changes,
    }


#: Every address of this app, with the object it is asked about.
OF_ALICE = {
    "material": "material",
    "edit_material": "material",
    "material_file": "material",
    "approve": "material",
    "withdraw": "material",
    "override": "override",
    "copy": "copy",
    "promoter": "promoter",
    "verify_promoter": "promoter",
    "clearance": "clearance",
    "make_leaflet": "material",
    "make_card": "material",
    "link_imprint": "material",
}
POSTS_OF_ALICE = {"look_at_link", "unlink_imprint"}
LISTS = {
    "materials", "promoters", "clearances", "add_material", "add_promoter", "limits", "imprint_check", "screening",
    "numbers_to_screen",
}  # fmt: skip


def test_the_table_below_names_every_address() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(OF_ALICE) | POSTS_OF_ALICE | LISTS


@pytest.mark.parametrize("name", sorted(POSTS_OF_ALICE))
def test_charlie_cannot_press(cast: Cast, material: Material, name: str) -> None:
    url = reverse(f"clearance_desk:{name}", args=[material.pk])
    assert signed_in(cast.charlie).post(url).status_code == 404
    assert signed_in(cast.bob).post(url).status_code == 403
    assert signed_in(cast.alice).post(url).status_code in {302, 404}
    assert signed_in(cast.alice).get(url).status_code == 405


@pytest.mark.parametrize("name", sorted(OF_ALICE))
def test_charlie_cannot_see_or_do_anything_with_what_is_alice_s(
    cast: Cast, clearance: Clearance, copy: ApprovedCopy, name: str
) -> None:
    keys: dict[str, list[object]] = {
        "material": [copy.material_id],
        "override": [copy.material_id, "promoter-not-named"],
        "copy": [copy.pk],
        "promoter": [Promoter.objects.get().pk],
        "clearance": [clearance.pk],
    }
    url = reverse(f"clearance_desk:{name}", args=keys[OF_ALICE[name]])
    charlie = signed_in(cast.charlie)
    allowed = {403, 404}
    assert charlie.get(url).status_code in allowed
    assert charlie.post(url, {"reason": "mine", "evidence": "mine", **written()}).status_code in allowed | {
        405
    }
    for user in (cast.bob, cast.tess, cast.stranger):
        assert signed_in(user).get(url).status_code == 403


@pytest.mark.parametrize("name", ["materials", "promoters", "clearances"])
def test_charlie_s_lists_and_downloads_leave_hers_out(cast: Cast, clearance: Clearance, name: str) -> None:
    for query in ({}, {"export": "csv"}, {"q": "park"}):
        mine, his = get(cast.alice, name, **query), get(cast.charlie, name, **query)
        word = "Alice Archer" if name == "promoters" else "The park"
        assert word in mine or query.get("q") == "park"
        assert word not in his


def test_volunteers_and_strangers_cannot_enter(cast: Cast) -> None:
    for name in sorted(LISTS):
        for user in (cast.bob, cast.stranger):
            get(user, name, status=403)


def test_charlie_cannot_put_material_into_alice_s_place_nor_name_her_promoter(
    cast: Cast, material: Material
) -> None:
    form = written(area=cast.east.code, promoter=material.promoter_id)
    page = post(cast.charlie, "add_material", **form, status=422)
    assert page.count("Select a valid choice") == 4  # beside each field and in the summary
    assert Material.objects.count() == 1


def test_alice_cannot_move_her_material_to_charlie_s_place(cast: Cast, material: Material) -> None:
    post(cast.alice, "edit_material", material.pk, **written(area=cast.west.code), status=422)
    material.refresh_from_db()
    assert material.area == cast.east


def test_an_organiser_must_choose_a_place_and_the_agent_need_not(cast: Cast) -> None:
    post(cast.alice, "add_material", **written(area=""), status=422)
    post(cast.agent, "add_material", **written(area=""))
    assert Material.objects.get().area is None


def test_from_first_words_to_an_approved_copy(cast: Cast, now: datetime) -> None:
    promoter = make_promoter(is_verified=False, area_id=cast.east.code)
    post(cast.alice, "add_material", **written(area=cast.east.code, promoter=promoter.pk, cost="12.50"))
    material = Material.objects.get()
    assert material.cost_pence == 1250
    page = get(cast.alice, "material", material.pk)
    assert "Alice Archer is not a verified promoter yet." in page
    assert "Put right what is marked below" in page
    assert IMPRINT in page
    page = post(cast.alice, "approve", material.pk, status=422)
    assert "This cannot be approved yet" in page
    get(cast.alice, "verify_promoter", promoter.pk, status=403)
    post(cast.agent, "verify_promoter", promoter.pk, evidence="letter of 1 March")
    post(cast.alice, "edit_material", material.pk, **written(area=cast.east.code, promoter=promoter.pk))
    material.refresh_from_db()
    assert material.state == MaterialState.CHECKED
    assert "read it once more" in get(cast.alice, "material", material.pk).lower()
    post(cast.alice, "approve", material.pk)
    copy = ApprovedCopy.objects.get()
    page = get(cast.alice, "material", material.pk)
    assert copy.sha256[:16] in page
    assert IMPRINT in get(cast.alice, "copy", copy.pk)
    post(cast.alice, "withdraw", material.pk, reason="", status=422)
    post(cast.alice, "withdraw", material.pk, reason="A wrong date")
    assert "A wrong date" in get(cast.alice, "material", material.pk)


def test_a_refused_form_keeps_what_was_entered(cast: Cast) -> None:
    page = post(cast.alice, "add_material", **written(title="", body="Long words"), status=422)
    assert "Long words" in page
    page = post(
        cast.alice,
        "add_material",
        **written(use_from="2026-05-02T09:00", use_until="2026-05-01T09:00"),
        status=422,
    )
    assert "later than the moment" in page


def test_a_file_is_told_by_its_bytes_and_never_shown_in_the_page(cast: Cast) -> None:
    promoter = make_promoter()
    page = post(
        cast.alice,
        "add_material",
        **written(area=cast.east.code, medium="image", file=SimpleUploadedFile("x.png", b"<script>")),
        status=422,
    )
    assert "This is not a PDF, picture, film or sound." in page
    form = written(
        area=cast.east.code,
        medium="image",
        promoter=promoter.pk,
        body="",
        adds_imprint="",
        is_imprint_seen="on",
    )
    post(cast.alice, "add_material", **form, file=SimpleUploadedFile("x.png", PNG))
    material = Material.objects.get()
    assert (material.upload_type, material.imprint_seen_by) == ("image/png", cast.alice)
    assert material.state == MaterialState.CHECKED
    answer = signed_in(cast.alice).get(reverse("clearance_desk:material_file", args=[material.pk]))
    assert answer.content == PNG
    assert answer["Content-Disposition"] == 'attachment; filename="x.png"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "image/png" in get(cast.alice, "material", material.pk)


def test_only_the_agent_sees_the_way_to_set_a_finding_aside(cast: Cast, now: datetime) -> None:
    promoter = make_promoter(area_id=cast.east.code)
    material = make_material(promoter=promoter, area=cast.east.code, adds_imprint=False)
    check_material(material=material, now=now)
    link = reverse("clearance_desk:override", args=[material.pk, "promoter-not-named"])
    assert link not in get(cast.alice, "material", material.pk)
    assert link in get(cast.agent, "material", material.pk)
    get(cast.alice, "override", material.pk, "promoter-not-named", status=403)
    get(cast.agent, "override", material.pk, "nothing-such", status=404)
    assert "not named in it" in get(cast.agent, "override", material.pk, "promoter-not-named")
    post(cast.agent, "override", material.pk, "promoter-not-named", reason="A badge of 2 cm")
    assert "A badge of 2 cm" in get(cast.alice, "material", material.pk)


def test_promoters_of_the_whole_are_chosen_by_all_and_changed_by_the_agent(cast: Cast) -> None:
    post(
        cast.agent, "add_promoter", name="Barset Forward", address="3 Mill Lane", postcode="ZZ1 2BB", area=""
    )
    promoter = Promoter.objects.get()
    page = get(cast.charlie, "promoter", promoter.pk)
    assert "belongs to the whole organisation" in page
    form = {"name": "X", "address": "Y", "postcode": "ZZ1 1AA", "area": cast.west.code}
    post(cast.charlie, "promoter", promoter.pk, **form, status=403)
    promoter.refresh_from_db()
    assert promoter.name == "Barset Forward"


def test_a_promoter_s_verification_goes_with_the_address(cast: Cast) -> None:
    promoter = make_promoter(area_id=cast.east.code)
    form = {"name": promoter.name, "address": "3 Mill Lane", "postcode": "ZZ1 2BB", "area": cast.east.code}
    post(cast.alice, "promoter", promoter.pk, **form)
    promoter.refresh_from_db()
    assert (promoter.address, promoter.is_verified) == ("3 Mill Lane", False)
    assert "Nobody has verified" in get(cast.alice, "promoter", promoter.pk)


def test_a_clearance_shows_counts_by_reason_with_rules(cast: Cast, copy: ApprovedCopy, now: datetime) -> None:
    from tests.contacts.cast import make_person

    people = [
        make_person(name=f"Ada {n}", ward=cast.east.code, email=f"a{n}@barset.example").pk for n in range(3)
    ]
    kept = clear_audience(
        people=people, channel="email", purpose="campaign", copy=copy, now=now, asked_by=cast.alice
    )
    page = get(cast.alice, "clearance", kept.pk)
    assert "Did not agree to this channel and purpose" in page
    assert "PECR 2003 reg 22" in page
    assert "100.0%" in page
    assert "Did not agree to this channel and purpose: 3" in get(cast.alice, "clearances", export="csv")


def test_limits_are_set_by_the_agent_with_a_reason(cast: Cast) -> None:
    get(cast.alice, "limits", status=403)
    post(cast.agent, "limits", most_contacts="4", within_days="28", reason="", status=422)
    assert not OwnLimits.objects.exists()


def test_limits_are_kept_with_their_reason(cast: Cast) -> None:
    post(cast.agent, "limits", most_contacts="4", within_days="28", reason="Enough is enough")
    page = get(cast.agent, "limits")
    assert "at most 4 contacts within 28 days" in page
    assert "Enough is enough" in page
    cast.agent.appointments.update(area=cast.west)
    get(cast.agent, "limits", status=403)


def test_anything_can_be_checked_for_its_imprint(cast: Cast) -> None:
    promoter = make_promoter()
    facts: dict[str, object] = {
        "medium": "email",
        "publish_on": "2026-05-01",
        "nation": "england",
        "election": "local",
        "publisher": "candidate",
        "about": "candidate",
        "promoter": promoter.pk,
    }
    page = post(cast.alice, "imprint_check", **facts, words="Save our park", status=200)
    assert "This must not be published as it is." in page
    assert IMPRINT in page
    page = post(cast.alice, "imprint_check", **facts, words=f"<p>Hello</p><p>{IMPRINT}</p>", status=200)
    assert "Nothing stands in the way" in page
    mail = SimpleUploadedFile(
        "m.eml", f"From: a@barset.example\r\nX-Imprint: {IMPRINT}\r\n\r\nHello".encode()
    )
    page = post(cast.alice, "imprint_check", **facts, file=mail, status=200)
    assert "only where readers do not see it" in page
    broken = SimpleUploadedFile("m.pdf", b"%PDF-1.4 broken")
    assert "The file cannot be read" in post(cast.alice, "imprint_check", **facts, file=broken, status=422)
    assert "Paste the words or choose a file" in post(cast.alice, "imprint_check", **facts, status=422)
    assert not Material.objects.exists()
