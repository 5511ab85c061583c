"""Desk addresses of the archive, below /desk/adwatch/."""

from django.urls import path, register_converter

from hustings.adwatch.models import StepKind
from hustings.adwatch.pages import (
    bringing_in,
    campaigners,
    coding,
    entities,
    fetching,
    findings,
    overview,
    own,
    rounds,
    snapshots,
    study,
    targeting,
)


class StepConverter:
    """One of the steps of a finding."""

    regex = "|".join(StepKind.values)

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(StepConverter, "finding_step")

app_name = "adwatch_desk"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("study/", study.study, name="study"),
    path("targeting/", targeting.targeting_page, name="targeting"),
    path("snapshots/", snapshots.snapshot_list, name="snapshots"),
    path("snapshots/import/", bringing_in.bring_in, name="import"),
    path("snapshots/compare/", snapshots.compare, name="compare"),
    path("snapshots/<int:pk>/", snapshots.snapshot_page, name="snapshot"),
    path("snapshots/<int:pk>/original/", snapshots.original, name="original"),
    path("snapshots/<int:pk>/days/", bringing_in.date, name="date"),
    path("faults/", snapshots.fault_list, name="faults"),
    path("advertisers/", entities.entity_list, name="entities"),
    path("advertisers/look-up/", entities.look_up, name="look_up"),
    path("advertisers/<int:pk>/", entities.entity_page, name="entity"),
    path("advertisers/<int:pk>/draw-up/", campaigners.draw_up, name="draw_up"),
    path("pages/<int:pk>/move/", entities.move, name="move"),
    path("links/<int:pk>/reject/", entities.reject, name="reject"),
    path("coding/", rounds.round_list, name="rounds"),
    path("coding/start/", rounds.start, name="start_round"),
    path("coding/codebook/", coding.codebook_page, name="codebook"),
    path("coding/<int:pk>/", rounds.round_page, name="round"),
    path("coding/<int:pk>/code/", coding.code, name="code"),
    path("coding/<int:pk>/decide/<int:entity>/", coding.decide, name="decide"),
    path("coding/<int:pk>/export/", rounds.export, name="round_export"),
    path("campaigners/", campaigners.search, name="campaigners"),
    path("findings/<int:pk>/", findings.finding_page, name="finding"),
    path("findings/<int:pk>/evidence/", findings.pack, name="pack"),
    path("findings/<int:pk>/invite/", findings.invite, name="invite"),
    path("findings/<int:pk>/<finding_step:kind>/", findings.step, name="step"),
    path("own/", own.own_list, name="own"),
    path("own/note/", own.note, name="note_own"),
    path("own/<int:pk>/", own.edit, name="edit_own"),
    path("fetched/", fetching.fetch_list, name="fetches"),
    path("fetched/start/", fetching.fetch, name="fetch"),
    path("fetched/token/", fetching.token, name="token"),
]
