"""A seat's need as people read it: why it stands where it does, and the figures that add up to its place."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from hustings.elections.rules.need import Need, Standing
from hustings.platform.words import away, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One seat as a list shows it: figures as text, so that pages and downloads say the same."""

    rank: int
    code: str
    name: str
    reason: str
    km: str
    away: str
    cover: str
    closeness_points: str
    travel_points: str
    shortage_points: str
    points: str
    band: str

    @property
    def sum(self) -> str:
        """The parts with their signs and what they come to."""
        if not self.points:
            return _("ranked behind all seats whose closeness is known")
        parts = [_("closeness %(points)s") % {"points": self.closeness_points}]
        if self.km:
            parts.append(_("travel %(points)s") % {"points": self.travel_points})
        if self.cover:
            parts.append(_("volunteers %(points)s") % {"points": self.shortage_points})
        return _("%(parts)s: %(points)s points") % {"parts": ", ".join(parts), "points": self.points}


def line_of(*, need: Need, party: str = "") -> Line:
    """A seat's line."""
    return Line(
        rank=need.rank,
        code=need.seat.code,
        name=need.seat.name,
        reason=reason(need=need, party=party),
        km="" if need.km is None else f"{float(need.km):,.1f}",
        away="" if need.km is None else away(float(need.km)),
        cover=cover_of(need),
        closeness_points=_signed(need.closeness_points),
        travel_points=_signed(need.travel_points),
        shortage_points=_signed(need.shortage_points),
        points="" if need.points is None else f"{float(need.points):.2f}",
        band=band_of(rank=need.rank),
    )


def reason(*, need: Need, party: str) -> str:
    """Why the seat is close or is not, in a sentence."""
    seat = need.seat
    if seat.standing == Standing.UNKNOWN or seat.votes is None or seat.percent is None:
        return _("How close it was is not known: nobody stood against the winner, or the votes are missing.")
    values = {
        "party": party,
        "first": seat.first or _("The winner"),
        "second": seat.second or _("the next"),
        "votes": number(seat.votes),
        "percent": f"{seat.percent:.2f}",
    }
    told = {
        Standing.LEAD: _("%(party)s won it by %(votes)s votes (%(percent)s%%)."),
        Standing.GAP: _("%(party)s was %(votes)s votes (%(percent)s%%) short of winning."),
        Standing.DID_NOT_STAND: _("%(party)s did not stand; the winner had %(votes)s votes (%(percent)s%%)."),
        Standing.FIRST_TO_SECOND: _("%(first)s came before %(second)s by %(votes)s votes (%(percent)s%%)."),
    }[seat.standing]
    return told % values


def cover_of(need: Need) -> str:
    """Volunteers against the target; empty without one."""
    if need.cover is None:
        return ""
    return _("%(volunteers)s of %(target)s volunteers") % {
        "volunteers": number(need.cover.volunteers),
        "target": number(need.cover.target),
    }


def band_of(*, rank: int) -> str:
    """The shade in which a seat is drawn, by its place in the order."""
    return next((f"b{band}" for band, last in enumerate((10, 50, 150), start=1) if rank <= last), "b4")


def _signed(points: Fraction | None) -> str:
    if points is None:
        return ""
    value = float(points)
    return f"−{-value:.2f}" if round(value, 2) < 0 else f"{abs(value):.2f}"
