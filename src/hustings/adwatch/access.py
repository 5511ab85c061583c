"""Who sees what of the archive. It belongs to the whole organisation and to no place.

Ads, advertisers and findings concern no ward of ours, so nothing of the archive can be divided by patch. Somebody holds its
rights (`SEE_ADS`, `CODE_ADS`, `PUBLISH_FINDINGS`) by an appointment for everything; an appointment for some places opens none
of it: lists are empty and single things are not found. What is published is open to everybody through `published_findings`.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from hustings.accounts.access import Scope
from hustings.accounts.models import User
from hustings.adwatch.models import (
    Advertiser,
    ArchiveFault,
    CampaignerFinding,
    CodingRound,
    Entity,
    FetchRun,
    FindingState,
    OwnAd,
    RegisterLink,
    Snapshot,
)

ModelT = TypeVar("ModelT", bound=Model)


def _whole(scope: Scope, rows: QuerySet[ModelT]) -> QuerySet[ModelT]:
    return rows if scope.is_everything else rows.none()


def need_whole(*, scope: Scope) -> None:
    """Raise `Http404` for whoever holds the right for some places alone: for pages that add up the whole archive."""
    if not scope.is_everything:
        raise Http404


def snapshots_for(*, scope: Scope) -> QuerySet[Snapshot]:
    """Every snapshot."""
    return _whole(scope, Snapshot.objects.all())


def snapshot_for(*, scope: Scope, pk: int) -> Snapshot:
    """One snapshot, or 404."""
    return get_object_or_404(snapshots_for(scope=scope), pk=pk)


def faults_for(*, scope: Scope) -> QuerySet[ArchiveFault]:
    """Every fault that was found."""
    return _whole(scope, ArchiveFault.objects.select_related("snapshot", "against"))


def entities_for(*, scope: Scope) -> QuerySet[Entity]:
    """Every entity."""
    return _whole(scope, Entity.objects.all())


def entity_for(*, scope: Scope, pk: int) -> Entity:
    """One entity, or 404."""
    return get_object_or_404(entities_for(scope=scope), pk=pk)


def advertiser_for(*, scope: Scope, pk: int) -> Advertiser:
    """One advertiser, or 404."""
    return get_object_or_404(_whole(scope, Advertiser.objects.select_related("entity")), pk=pk)


def link_for(*, scope: Scope, pk: int) -> RegisterLink:
    """One link to a register, or 404."""
    found: RegisterLink = get_object_or_404(
        _whole(scope, RegisterLink.objects.select_related("entity")), pk=pk
    )
    return found


def rounds_for(*, scope: Scope) -> QuerySet[CodingRound]:
    """Every round of coding."""
    return _whole(scope, CodingRound.objects.select_related("first_coder", "second_coder"))


def round_for(*, scope: Scope, pk: int) -> CodingRound:
    """One round, or 404."""
    return get_object_or_404(rounds_for(scope=scope), pk=pk)


def round_of_coder(*, scope: Scope, pk: int, coder: User) -> CodingRound:
    """One round of which somebody is a coder, or 404."""
    found = round_for(scope=scope, pk=pk)
    if coder.pk not in {found.first_coder_id, found.second_coder_id}:
        raise Http404
    return found


def findings_for(*, scope: Scope) -> QuerySet[CampaignerFinding]:
    """Every finding, drafts too."""
    return _whole(scope, CampaignerFinding.objects.select_related("entity", "drawn_up_by"))


def finding_for(*, scope: Scope, pk: int) -> CampaignerFinding:
    """One finding, or 404."""
    return get_object_or_404(findings_for(scope=scope), pk=pk)


def published_findings() -> QuerySet[CampaignerFinding]:
    """What everybody may read."""
    return CampaignerFinding.objects.select_related("entity").filter(state=FindingState.PUBLISHED)


def own_ads_for(*, scope: Scope) -> QuerySet[OwnAd]:
    """Our own ad buys."""
    return _whole(scope, OwnAd.objects.select_related("material"))


def own_ad_for(*, scope: Scope, pk: int) -> OwnAd:
    """One of our ad buys, or 404."""
    return get_object_or_404(own_ads_for(scope=scope), pk=pk)


def fetches_for(*, scope: Scope) -> QuerySet[FetchRun]:
    """Every run of the fetcher."""
    return _whole(scope, FetchRun.objects.all())
