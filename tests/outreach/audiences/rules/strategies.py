"""Trees of conditions for property tests."""

from hypothesis import strategies as st

from hustings.outreach.audiences.rules.kinds import ADDRESSES, ANSWERS, CHANNELS, PURPOSES
from hustings.outreach.audiences.rules.tree import Condition, Group, Match

AREAS = ("E05999001", "E05999002", "E14999001")
_IDS = st.lists(st.integers(1, 3), min_size=1, max_size=2, unique=True)
_SINCE = st.one_of(
    st.just({}),
    st.dates().map(lambda day: {"since": day.isoformat()}),
    st.integers(1, 400).map(lambda days: {"days": days}),
)
_ANSWERS = st.lists(st.sampled_from([*ANSWERS, "party:1", "party:2"]), min_size=1, max_size=3, unique=True)

_VALUES = {
    "lives_in": st.lists(st.sampled_from(AREAS), min_size=1, max_size=2, unique=True).map(
        lambda codes: {"areas": codes}
    ),
    "agreed": st.fixed_dictionaries(
        {"channel": st.sampled_from(CHANNELS), "purpose": st.sampled_from(PURPOSES)}
    ),
    "contacted": st.tuples(_SINCE, st.sampled_from(["", "email", "door"])).map(
        lambda pair: {**pair[0], **({"channel": pair[1]} if pair[1] else {})}
    ),
    "intention": _ANSWERS.map(lambda answers: {"answers": answers}),
    "on_register": st.just({}),
    "tagged": _IDS.map(lambda ids: {"tags": ids}),
    "signed": _IDS.map(lambda ids: {"petitions": ids}),
    "raised": _IDS.map(lambda ids: {"issues": ids}),
    "has_address": st.sampled_from(ADDRESSES).map(lambda address: {"address": address}),
    "came_in": _SINCE,
    "sent": _IDS.map(lambda ids: {"mailings": ids}),
}

conditions = st.sampled_from(sorted(_VALUES)).flatmap(
    lambda kind: st.tuples(_VALUES[kind], st.booleans()).map(
        lambda pair: Condition(kind=kind, values=pair[0], is_negated=pair[1])
    )
)
groups = st.recursive(
    st.builds(Group, match=st.sampled_from(Match), members=st.lists(conditions, max_size=3).map(tuple)),
    lambda inner: st.builds(
        Group,
        match=st.sampled_from(Match),
        members=st.lists(st.one_of(conditions, inner), max_size=3).map(tuple),
    ),
    max_leaves=4,
)
