"""Split gifts: precision and recall by kind on a year of 50,000, the one it was tuned on and one it was not; seconds; a peer.

The peer is what a careful spreadsheet does: sum by exactly equal name and postcode within twelve months.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench._gifts_planted import PlantedYear
from bench._gifts_tuned import tuned_year
from bench._gifts_unseen import unseen_year
from hustings.money.rules.splitting.flags import Flag, Settings, find_flags

GIFTS, SPLITTERS = 50_000, 20
SETTINGS = Settings(floor_pence=50_000, report_pence={2025: 1_118_000})


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Precision by kind of flag (right, all) and recall by kind of splitter (found, planted)."""

    precision: Mapping[str, tuple[int, int]]
    recall: Mapping[str, tuple[int, int]]

    @property
    def total_precision(self) -> float:
        """Share of flags that are of one splitter."""
        right, every = (sum(pair[place] for pair in self.precision.values()) for place in (0, 1))
        return right / every if every else 1.0

    @property
    def total_recall(self) -> float:
        """Share of splitters found."""
        found, planted = (sum(pair[place] for pair in self.recall.values()) for place in (0, 1))
        return found / planted if planted else 1.0


def measure(*, year: PlantedYear, groups: Iterable[tuple[str, Sequence[int]]]) -> Measured:
    """Hold flagged groups of gifts against the truth: a flag is right where most of its gifts are one splitter's, a splitter
    is found where some flag holds at least half of its gifts and is right about it.
    """
    source_of = {gift_id: source for source, ids in year.splitters.items() for gift_id in ids}
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    found: set[str] = set()
    for kind, gift_ids in groups:
        every[kind] += 1
        counts = Counter(source_of.get(gift_id, "") for gift_id in gift_ids)
        source, size = counts.most_common(1)[0]
        if source and 2 * size > len(gift_ids):
            right[kind] += 1
            if 2 * size >= len(year.splitters[source]):
                found.add(source)
    recall: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for source in year.splitters:
        kind = source.rpartition(" ")[0]
        recall[kind][0] += source in found
        recall[kind][1] += 1
    return Measured(
        precision={kind: (right[kind], every[kind]) for kind in sorted(every)},
        recall={kind: (pair[0], pair[1]) for kind, pair in recall.items()},
    )


def by_grade(*, flags: Iterable[Flag], grades: frozenset[str]) -> list[tuple[str, Sequence[int]]]:
    """The groups of gifts of the flags of some grades."""
    return [(flag.kind, flag.gift_ids) for flag in flags if flag.grade in grades]


def spreadsheet(*, year: PlantedYear) -> list[tuple[str, Sequence[int]]]:
    """The peer: sums of gifts up to £500 by name and postcode exactly as written, above £500 in the year."""
    sums: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for gift in year.gifts:
        if gift.amount_pence <= 50_000:
            sums[gift.name, gift.postcode].append((gift.gift_id, gift.amount_pence))
    return [
        ("sum", [gift_id for gift_id, _ in parts])
        for parts in sums.values()
        if sum(amount for _, amount in parts) > 50_000
    ]


def run() -> None:
    """Print everything."""
    for title, make in (("tuned on", tuned_year), ("never tuned on", unseen_year)):
        year = make(gifts=GIFTS, splitters=SPLITTERS, seed=20_250_607)
        started, used = time.perf_counter(), time.process_time()
        flags = find_flags(gifts=year.gifts, settings=SETTINGS)
        seconds, used = time.perf_counter() - started, time.process_time() - used
        print(
            f"\n{title}: {len(year.gifts):,} gifts, {len(year.splitters)} splitters; {seconds:.2f} s ({used:.2f} s of the "
            f"processor), {len(flags):,} flags"
        )
        questions = measure(year=year, groups=by_grade(flags=flags, grades=frozenset({"question"})))
        _print("questions", questions)
        both = measure(year=year, groups=by_grade(flags=flags, grades=frozenset({"question", "notice"})))
        print(f"  with notices: precision {both.total_precision:.1%}, recall {both.total_recall:.1%}")
        peer = measure(year=year, groups=spreadsheet(year=year))
        print(
            f"  spreadsheet:  precision {peer.total_precision:.1%}, recall {peer.total_recall:.1%}; ours has "
            f"{questions.total_precision / max(peer.total_precision, 1e-9):.1f} times the precision and "
            f"{questions.total_recall / max(peer.total_recall, 1e-9):.1f} times the recall"
        )


def _print(title: str, found: Measured) -> None:
    print(f"  {title}: precision {found.total_precision:.1%}, recall {found.total_recall:.1%}")
    for kind, (right, every) in found.precision.items():
        print(f"    precision of {kind:28} {right:4} of {every:4}  {right / every:7.1%}")
    for kind, (hit, planted) in found.recall.items():
        print(f"    recall of {kind:31} {hit:4} of {planted:4}  {hit / planted:7.1%}")
