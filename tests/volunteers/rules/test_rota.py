"""Proposed rotas never ask more of anybody than they offered, whatever the input; and they fill what can be filled."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.volunteers.rules.free_times import SLOTS, is_free, slots_touched
from hustings.volunteers.rules.rota import BREAK, UNSET_LIMIT_MINUTES, Helper, Rota, ShiftToFill, propose_rota
from hustings.volunteers.rules.weeks import minutes_in_week, week_of, week_span, weeks_touched

#: The Monday of the week in which the clocks go forward: half of the shifts lie before, half after.
START = datetime(2026, 3, 23, 0, 0, tzinfo=UTC)


def shift(
    number: int, *, at: float, hours: float = 2, wanted: int = 1, eligible: tuple[int, ...] = ()
) -> ShiftToFill:
    begins = START + timedelta(hours=at)
    return ShiftToFill(
        shift_id=number,
        starts_at=begins,
        ends_at=begins + timedelta(hours=hours),
        wanted=wanted,
        eligible=frozenset(eligible),
    )


shifts_strategy = st.lists(
    st.builds(
        lambda at, minutes, wanted, eligible: (at, minutes, wanted, eligible),
        st.integers(0, 14 * 24 * 4).map(lambda quarter: quarter / 4),
        st.integers(1, 40).map(lambda quarter: quarter * 15),
        st.integers(0, 4),
        st.frozensets(st.integers(1, 8)),
    ),
    max_size=10,
).map(
    lambda rows: [
        ShiftToFill(
            shift_id=number,
            starts_at=START + timedelta(hours=at),
            ends_at=START + timedelta(hours=at, minutes=minutes),
            wanted=wanted,
            eligible=eligible,
        )
        for number, (at, minutes, wanted, eligible) in enumerate(rows, 100)
    ]
)
promised_strategy = st.lists(
    st.tuples(st.integers(0, 13 * 24), st.integers(1, 300)).map(
        lambda pair: (START + timedelta(hours=pair[0]), START + timedelta(hours=pair[0], minutes=pair[1]))
    ),
    max_size=4,
).map(tuple)
helpers_strategy = st.lists(
    st.builds(
        Helper,
        helper_id=st.integers(1, 8),
        limit_minutes=st.none() | st.integers(0, 1200),
        free_times=st.lists(st.sampled_from(SLOTS), max_size=12, unique=True).map(tuple),
        promised=promised_strategy,
    ),
    max_size=8,
    unique_by=lambda helper: helper.helper_id,
)


def diary(rota: Rota, helper: Helper, shifts: list[ShiftToFill]) -> list[tuple[datetime, datetime]]:
    """What the helper is proposed for."""
    by_id = {one.shift_id: one for one in shifts}
    return [
        (by_id[shift_id].starts_at, by_id[shift_id].ends_at)
        for shift_id, helper_id in rota.proposals
        if helper_id == helper.helper_id
    ]


@settings(max_examples=300)
@given(shifts_strategy, helpers_strategy)
def test_nobody_is_ever_asked_for_more_than_they_offered(
    shifts: list[ShiftToFill], helpers: list[Helper]
) -> None:
    rota = propose_rota(shifts=shifts, helpers=helpers)
    for helper in helpers:
        proposed = diary(rota, helper, shifts)
        everything = [*helper.promised, *proposed]
        for week in {
            week for begins, ends in proposed for week in weeks_touched(starts_at=begins, ends_at=ends)
        }:
            total = sum(
                minutes_in_week(starts_at=begins, ends_at=ends, day=week) for begins, ends in everything
            )
            assert total <= helper.limit
        for begins, ends in proposed:
            assert is_free(free_times=helper.free_times, starts_at=begins, ends_at=ends)
            others = list(everything)
            others.remove((begins, ends))
            assert not any(first < ends + BREAK and begins < last + BREAK for first, last in others)


@settings(max_examples=200)
@given(shifts_strategy, helpers_strategy)
def test_places_are_filled_once_by_whoever_may(shifts: list[ShiftToFill], helpers: list[Helper]) -> None:
    rota = propose_rota(shifts=shifts, helpers=helpers)
    assert len(set(rota.proposals)) == len(rota.proposals)
    for one in shifts:
        taken = [helper_id for shift_id, helper_id in rota.proposals if shift_id == one.shift_id]
        assert len(taken) <= one.wanted
        assert set(taken) <= one.eligible
        assert rota.gaps.get(one.shift_id, 0) == one.wanted - len(taken)
    assert propose_rota(shifts=shifts, helpers=list(reversed(helpers))) == rota


@given(shifts_strategy, helpers_strategy)
def test_a_gap_is_one_that_nobody_could_simply_take(shifts: list[ShiftToFill], helpers: list[Helper]) -> None:
    """Whoever could take an open place on top of what is proposed was proposed for it."""
    rota = propose_rota(shifts=shifts, helpers=helpers)
    for one in shifts:
        if not rota.gaps.get(one.shift_id):
            continue
        for helper in helpers:
            if (one.shift_id, helper.helper_id) in rota.proposals:
                continue
            alone = Helper(
                helper_id=helper.helper_id,
                limit_minutes=helper.limit,
                free_times=helper.free_times,
                promised=(*helper.promised, *diary(rota, helper, shifts)),
            )
            again = propose_rota(shifts=[one], helpers=[alone])
            assert not again.proposals


def test_the_worked_example() -> None:
    """Ann could take both, Ben only the first: Ann is moved to the second (docs/algorithms/rota.md)."""
    first = shift(1, at=34, eligible=(1, 2))
    second = shift(2, at=58, eligible=(1,))
    ann = Helper(helper_id=1, limit_minutes=120)
    ben = Helper(helper_id=2, limit_minutes=240)
    assert propose_rota(shifts=[first, second], helpers=[ann, ben]).proposals == ((1, 2), (2, 1))


def test_a_gap_is_filled_by_moving_somebody() -> None:
    wide = shift(1, at=34, wanted=1, eligible=(1, 2, 3))
    narrow = shift(2, at=34, wanted=2, eligible=(1, 2))
    people = [Helper(helper_id=number, limit_minutes=120) for number in (1, 2, 3)]
    assert not propose_rota(shifts=[wide, narrow], helpers=people).gaps


def test_who_set_no_limit_is_asked_for_six_hours_at_most() -> None:
    many = [shift(number, at=24 * number + 10, hours=3, eligible=(1,)) for number in range(5)]
    assert (
        len(propose_rota(shifts=many, helpers=[Helper(helper_id=1)]).proposals) == UNSET_LIMIT_MINUTES // 180
    )


def test_the_nearer_goes_first_where_both_have_as_much_left() -> None:
    one = shift(1, at=34, eligible=(1, 2))
    far, near = Helper(helper_id=1, km={1: 9.0}), Helper(helper_id=2, km={1: 1.0})
    assert propose_rota(shifts=[one], helpers=[far, near]).proposals == ((1, 2),)


def test_weeks_begin_on_monday_by_the_wall_clock() -> None:
    sunday_night = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)  # 23:30 in summer time
    assert week_of(day=date(2026, 3, 29)) == date(2026, 3, 23)
    begins, ends = week_span(day=date(2026, 3, 29))
    assert (ends - begins) == timedelta(hours=167), "the clocks go forward"
    until = sunday_night + timedelta(hours=2)
    assert weeks_touched(starts_at=sunday_night, ends_at=until) == (date(2026, 3, 23), date(2026, 3, 30))
    assert minutes_in_week(starts_at=sunday_night, ends_at=until, day=date(2026, 3, 29)) == 30
    assert minutes_in_week(starts_at=sunday_night, ends_at=until, day=date(2026, 3, 30)) == 90


def test_the_night_is_nobodys_free_time() -> None:
    night = datetime(2026, 4, 4, 23, 0, tzinfo=UTC)
    assert slots_touched(starts_at=night, ends_at=night + timedelta(hours=1)) == {"night"}
    assert not is_free(free_times=SLOTS, starts_at=night, ends_at=night + timedelta(hours=1))
    assert is_free(free_times=(), starts_at=night, ends_at=night + timedelta(hours=1))
