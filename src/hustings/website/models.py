"""Pages of the public site, and the little that lies round all of them."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from hustings.basics.clock import clock
from hustings.clearance.models import Promoter
from hustings.elections.models import Candidacy
from hustings.places.models import Area
from hustings.website import queries
from hustings.website.blocks import BodyBlocks
from hustings.website.campaign_map.models import (
    MapSetting,
    Neighbour,
    NeighbourEvent,
    NeighbourNeed,
    SeatTarget,
    Sending,
)

__all__ = [
    "AccessibilityPage",
    "CandidatePage",
    "HomePage",
    "MapSetting",
    "Neighbour",
    "NeighbourEvent",
    "NeighbourNeed",
    "NewsIndexPage",
    "NewsPage",
    "PetitionIndexPage",
    "PlacePage",
    "PolicyPage",
    "PrivacyPage",
    "PublicPage",
    "SeatTarget",
    "Sending",
    "SiteFrame",
    "StandardPage",
]


class SiteFrame(models.Model):
    """What every public page carries: whose imprint stands in the foot. There is exactly one row."""

    promoter = models.ForeignKey(
        Promoter,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("promoter"),
        help_text=_(
            "Whoever causes the site to be published. Their name and postal address stand in every page's foot."
        ),
    )
    on_behalf_of = models.ForeignKey(
        Promoter,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("on behalf of"),
    )

    class Meta:
        """Only row number one may exist."""

        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_site_frame")]

    def __str__(self) -> str:
        return "site frame"


class PublicPage(Page):  # type: ignore[misc]  # Wagtail is untyped
    """What all pages share: a summary for lists and search engines, and a body of blocks."""

    summary = models.CharField(
        _("summary"),
        max_length=250,
        blank=True,
        help_text=_("One or two sentences, shown under the title, in lists and by search engines."),
    )
    body = StreamField(BodyBlocks(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    promote_panels: ClassVar = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("show_in_menus")], _("Address"))
    ]
    private_page_options: ClassVar[list[str]] = []
    show_in_menus_default = False
    template = "website/standard_page.html"

    class Meta:
        """Each kind of page has a table of its own."""

        abstract = True


class HomePage(PublicPage):
    """The first page: open petitions, news, dates and how to help."""

    help_page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("page on how to help"),
    )

    content_panels: ClassVar = [*PublicPage.content_panels, FieldPanel("help_page")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "website/home_page.html"

    class Meta:
        """Named for editors."""

        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the page; where a translated site lacks it, the one in the site's first language."""
        try:
            return super().route(request, path_components)
        except Http404:
            first = HomePage.objects.live().filter(locale=Locale.get_default()).first()
            if first is None or first.pk == self.pk:
                raise
            return first.route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With what is open, what is new and which dates come next."""
        return {
            **super().get_context(request, *args, **kwargs),
            "petitions": queries.petitions_to_sign(now=clock().now(), limit=6),
            "news": queries.latest_news(below=self, limit=3),
            "dates": queries.coming_dates(now=clock().now()),
        }


_PARENTS = ["website.HomePage", "website.PlacePage", "website.StandardPage"]


class StandardPage(PublicPage):
    """A plain page: how to help, who we are, contact."""

    parent_page_types: ClassVar = _PARENTS

    class Meta:
        """Named for editors."""

        verbose_name = _("plain page")


class AccessibilityPage(PublicPage):
    """The accessibility statement: what was tested and when, what is known not to work, whom to tell."""

    tested_on = models.DateField(_("last tested on"), null=True, blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("tested_on"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["website.HomePage"]
    max_count_per_parent = 1
    template = "website/accessibility_page.html"

    class Meta:
        """Named for editors."""

        verbose_name = _("accessibility statement")


class PrivacyPage(PublicPage):
    """The privacy notice. Its text is made from the facts once and edited from then on; `made_from` is their fingerprint."""

    made_from = models.CharField(max_length=64, blank=True, editable=False)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        HelpPanel(
            _(
                "The text was made from what you told Hustings about your organisation. Read it through and change what "
                "is different with you; it has to be true."
            )
        ),
        FieldPanel("in_force_from"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["website.HomePage"]
    max_count_per_parent = 1
    template = "website/privacy_page.html"

    class Meta:
        """Named for editors."""

        verbose_name = _("privacy notice")


class PetitionIndexPage(PublicPage):
    """Every petition that is open, and those that are closed with what came of them."""

    parent_page_types: ClassVar = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "website/petition_index_page.html"

    class Meta:
        """Named for editors."""

        verbose_name = _("list of petitions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the petitions."""
        return {
            **super().get_context(request, *args, **kwargs),
            "petitions": queries.petitions_to_sign(now=clock().now()),
            "closed": queries.petitions_that_closed(now=clock().now()),
        }


class PlacePage(PublicPage):
    """What goes on in one place. Whoever may edit the site for that place may edit this page and everything below it."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("place"))

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("area"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["website.HomePage"]
    subpage_types: ClassVar = [
        "website.StandardPage", "website.PolicyPage", "website.CandidatePage", "website.NewsPage",
    ]  # fmt: skip
    template = "website/place_page.html"

    class Meta:
        """Named for editors."""

        verbose_name = _("page of a place")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the place's petitions, candidates and news."""
        return {
            **super().get_context(request, *args, **kwargs),
            "petitions": queries.petitions_to_sign(now=clock().now(), area=self.area, limit=6),
            "candidates": CandidatePage.objects.live().child_of(self).order_by("title"),
            "news": queries.latest_news(below=self, limit=5),
            "further": Page.objects.live().child_of(self).type(StandardPage, PolicyPage).order_by("title"),
        }


class PolicyPage(PublicPage):
    """What we would do about one matter, and what it would cost."""

    cost = models.CharField(
        _("what it costs and who pays"),
        max_length=250,
        blank=True,
        help_text=_("In plain words, with the source of the figure."),
    )
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)

    content_panels: ClassVar = [
        *PublicPage.content_panels,
        FieldPanel("cost"),
        FieldPanel("agreed_on"),
    ]
    parent_page_types: ClassVar = _PARENTS
    template = "website/policy_page.html"

    class Meta:
        """Named for editors."""

        verbose_name = _("policy")


class CandidatePage(PublicPage):
    """One of our own candidates: where they stand, what they say, how to reach them."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("stands in"))
    candidacy = models.ForeignKey(
        Candidacy,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("candidacy"),
        limit_choices_to={"is_ours": True},
    )
    description = models.CharField(
        _("words on the ballot paper"),
        max_length=160,
        blank=True,
        help_text=_("The party's name or description exactly as it will stand on the ballot paper."),
    )
    photo = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("photograph"),
    )
    photo_alt = models.CharField(_("what the photograph shows"), max_length=250, blank=True)
    email = models.EmailField(_("email address"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("area"),
        FieldPanel("candidacy"),
        FieldPanel("description"),
        MultiFieldPanel([FieldPanel("photo"), FieldPanel("photo_alt")], _("Photograph")),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("email"),
    ]
    parent_page_types: ClassVar = ["website.HomePage", "website.PlacePage"]
    template = "website/candidate_page.html"

    class Meta:
        """Named for editors."""

        verbose_name = _("candidate")

    def clean(self) -> None:
        """Refuse a photograph without words for those who cannot see it."""
        super().clean()
        if self.photo_id and not self.photo_alt.strip():
            raise ValidationError(
                {"photo_alt": _("Say what the photograph shows, for those who cannot see it.")}
            )


class NewsIndexPage(PublicPage):
    """All news, newest first."""

    parent_page_types: ClassVar = ["website.HomePage"]
    subpage_types: ClassVar = ["website.NewsPage"]
    max_count_per_parent = 1
    template = "website/news_index_page.html"

    class Meta:
        """Named for editors."""

        verbose_name = _("list of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With one page of news."""
        return {
            **super().get_context(request, *args, **kwargs),
            "news": queries.news_page(below=self.get_parent(), number=request.GET.get("page", "1")),
        }


class NewsPage(PublicPage):
    """One piece of news."""

    published_on = models.DateField(_("date"), db_index=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("published_on"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["website.NewsIndexPage", "website.PlacePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/news_page.html"

    class Meta:
        """Named for editors."""

        verbose_name = _("news")
