"""Coding: rounds, what each coder said, and adjudication where they differ."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from hustings.adwatch.models.advertisers import Code, Entity
from hustings.platform.kept import Kept


class CodingRound(models.Model):
    """Entities to be coded, by one or two named coders. While it is open, neither sees what the other said."""

    title = models.CharField(max_length=160)
    first_coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second_coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    shows_suggestions = models.BooleanField(default=False)
    how_drawn = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Newest first; two coders are two people."""

        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(second_coder=None) | ~Q(second_coder=models.F("first_coder")),
                name="two_coders_are_two_people",
            )
        ]

    def __str__(self) -> str:
        return self.title


class RoundItem(models.Model):
    """One entity of a round, at its place."""

    round = models.ForeignKey(CodingRound, on_delete=models.CASCADE, related_name="items")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()

    class Meta:
        """Each entity once a round."""

        ordering: ClassVar = ["round", "place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "entity"], name="round_item_once")]

    def __str__(self) -> str:
        return f"{self.place}. {self.entity_id}"


class Coding(Kept):
    """What a coder said about an entity; the newest row of a coder in a round counts."""

    round = models.ForeignKey(
        CodingRound, null=True, blank=True, on_delete=models.PROTECT, related_name="codings"
    )
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="codings")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, choices=Code.choices)
    note = models.CharField(max_length=300, blank=True)
    coded_at = models.DateTimeField()

    class Meta:
        """In order of time."""

        ordering: ClassVar = ["coded_at", "id"]
        indexes: ClassVar = [models.Index(fields=["round", "entity", "coder"], name="coding_of")]

    def __str__(self) -> str:
        return f"{self.entity_id}: {self.code}"


class Adjudication(Kept):
    """A third look where coders differ: the code that holds, and why; the newest row counts."""

    round = models.ForeignKey(CodingRound, on_delete=models.PROTECT, related_name="adjudications")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="adjudications")
    code = models.CharField(max_length=12, choices=Code.choices)
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """In order of time; a reason is never empty."""

        ordering: ClassVar = ["decided_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="adjudication_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.entity_id}: {self.code}"
