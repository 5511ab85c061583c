"""The conduct rules in force, and what a report is about."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import Resolver404, resolve

from hustings.volunteers.models import (
    ConductRules,
    Course,
    Event,
    EventState,
    Group,
    GroupState,
    Volunteer,
)


def rules_in_force() -> ConductRules | None:
    """The newest conduct rules; none before the first were published."""
    return ConductRules.objects.order_by("-version").first()


def has_accepted(*, volunteer: Volunteer) -> bool:
    """Whether the volunteer accepted the rules in force."""
    rules = rules_in_force()
    return rules is not None and volunteer.conduct_version == rules.version


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a report is about: a name for programs, one for people, where it is, and whose desk it belongs to."""

    key: str = ""
    label: str = ""
    url: str = ""
    area_code: str | None = None


def subject_of(*, path: str) -> Subject:
    """What a page of this site shows. A page that is nobody's belongs to the whole organisation; a path that is none says so."""
    try:
        found = resolve(path.split("?", maxsplit=1)[0])
    except (Resolver404, Http404, ValueError):
        return Subject()
    name, slug = found.view_name, found.kwargs.get("slug", "")
    if name.startswith("volunteers_desk:"):
        return _on_the_desk(name.partition(":")[2], found.kwargs.get("pk"), path)
    if name.startswith("volunteers:event") and (event := Event.objects.filter(slug=slug).first()):
        return Subject(key=f"event {event.pk}", label=event.title, url=path[:300], area_code=event.area_id)
    if name.startswith("volunteers:group") and (group := Group.objects.filter(slug=slug).first()):
        return Subject(key=f"group {group.pk}", label=group.name, url=path[:300], area_code=group.area_id)
    if name.startswith("volunteers:") and (course := Course.objects.filter(slug=slug).first()):
        return Subject(key=f"course {course.pk}", label=course.title, url=path[:300])
    return Subject(key="page", label=path[:200], url=path[:300])


def _on_the_desk(name: str, pk: int | None, path: str) -> Subject:
    """What a page of the desk shows. Anybody may type its path, so only what is public is called by its name."""
    about: tuple[str, str, str | None] = "page", "", None
    if pk is not None and "event" in name and (event := Event.objects.filter(pk=pk).first()):
        about = f"event {pk}", "" if event.state == EventState.DRAFT else event.title, event.area_id
    elif pk is not None and "group" in name and (group := Group.objects.filter(pk=pk).first()):
        about = f"group {pk}", group.name if group.state == GroupState.OPEN else "", group.area_id
    elif pk is not None and "course" in name and (course := Course.objects.filter(pk=pk).first()):
        about = f"course {pk}", course.title if course.is_published else "", None
    key, label, area_code = about
    return Subject(key=key, label=label or path[:200], url=path[:300], area_code=area_code)
