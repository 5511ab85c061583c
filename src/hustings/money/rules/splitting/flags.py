"""Flags: what a treasurer should look at, each said in one sentence. Nothing here rejects a gift.

A flag is a `question` where the pattern is one that splitting makes, and a `notice` where a check is due although the pattern is
an ordinary one (a standing order that passes £500 in a year; a couple with one account). See docs/algorithms/split_gifts.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from hustings.basics.money import format_pence
from hustings.money.rules.splitting.gifts import GiftFacts
from hustings.money.rules.splitting.linking import Linked, Sharing, Source, link_gifts

Kind = Literal["parts", "payers", "just_under", "report_parts", "in_step"]
Grade = Literal["question", "notice"]

KIND_WORDS: Mapping[Kind, str] = {
    "parts": "parts of one sum",
    "payers": "several payers behind one account",
    "just_under": "a run just under a threshold",
    "report_parts": "parts below the reporting threshold",
    "in_step": "strangers in step",
}
_METHOD_WORDS = {
    "token": "the same card or bank account under names that may be one person's",
    "email": "the same mailbox under names that may be one person's",
    "address": "the same house and names that may be one person's",
    "company": "a company number, or a person who controls the company",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What may be tuned. `floor_pence` is the sum above which a gift is a donation in law (£500; £50 for a candidate);
    `report_pence` the sum above which a source is reported, by calendar year; days are lengths of windows. Smaller parts than
    `least_part_share` of the floor are not what somebody splits a sum into. `most_chance` is the chance of one false flag of
    strangers in step in a whole ledger.
    """

    floor_pence: int
    report_pence: Mapping[int, int] = field(default_factory=dict)
    days_of_one_act: int = 31
    days_when_disguised: int = 92
    days_of_a_year: int = 365
    just_under_share: float = 0.9
    least_in_a_run: int = 3
    days_in_step: int = 4
    least_in_step: int = 4
    step_pence: int = 1000
    most_chance: float = 0.05
    least_part_share: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One thing to look at. `gift_ids` in the order of the days; `evidence` says by what method the gifts were joined;
    `amount_pence` is their sum, `threshold_pence` what it is held against.
    """

    kind: Kind
    grade: Grade
    gift_ids: tuple[int, ...]
    sentence: str
    evidence: tuple[str, ...]
    amount_pence: int
    threshold_pence: int


def find_flags(*, gifts: Sequence[GiftFacts], settings: Settings) -> list[Flag]:
    """Find every flag in a ledger, questions first."""
    linked = link_gifts(gifts=gifts)
    by_id = {gift.gift_id: gift for gift in gifts}
    flags: list[Flag] = []
    for source in linked.sources:
        if len(source.gift_ids) > 1:
            flags.extend(_of_source(source, by_id, settings))
    for sharing in linked.sharings:
        flags.extend(_of_sharing(sharing, by_id, settings))
    flags.extend(_in_step(gifts, linked, settings))
    unique = {(flag.kind, flag.gift_ids): flag for flag in flags}
    return sorted(unique.values(), key=lambda flag: (flag.grade != "question", flag.gift_ids))


def _of_source(source: Source, by_id: Mapping[int, GiftFacts], settings: Settings) -> Iterator[Flag]:
    gifts = sorted((by_id[gift_id] for gift_id in source.gift_ids), key=_order)
    evidence = tuple(_METHOD_WORDS[method] for method in sorted(source.methods))
    small = [gift for gift in gifts if gift.amount_pence <= settings.floor_pence]
    yield from _parts(small, evidence, settings)
    yield from _run(small, evidence, settings.floor_pence, settings)
    yield from _below_report(gifts, evidence, settings)


def _parts(small: Sequence[GiftFacts], evidence: tuple[str, ...], settings: Settings) -> Iterator[Flag]:
    loose = [gift for gift in small if not gift.is_standing]
    is_disguised = len({(gift.name.casefold(), gift.organisation) for gift in loose}) > 1
    days = settings.days_when_disguised if is_disguised else settings.days_of_one_act
    least = settings.least_part_share * settings.floor_pence
    if window := _heaviest(
        [gift for gift in loose if gift.amount_pence >= least], days, settings.floor_pence
    ):
        names = _names(window)
        whose = f"{len(names)} names ({', '.join(names)})" if len(names) > 1 else names[0]
        yield _flag(
            "parts",
            "question",
            window,
            settings.floor_pence,
            evidence,
            f"{len(window)} gifts of at most {format_pence(settings.floor_pence)} from {whose} within "
            f"{_days(window)} add up to {_sum(window)}.",
        )
        return
    window = _heaviest(small, settings.days_of_a_year, settings.floor_pence)
    if window and not all(gift.is_checked for gift in window):
        regular = " Most are instalments of a standing order." if _mostly_standing(window) else ""
        yield _flag(
            "parts",
            "notice",
            window,
            settings.floor_pence,
            evidence,
            f"{len(window)} gifts of at most {format_pence(settings.floor_pence)} from {_names(window)[0]} within twelve months "
            f"add up to {_sum(window)}, and not every one was checked.{regular}",
        )


def _run(
    small: Sequence[GiftFacts], evidence: tuple[str, ...], threshold: int, settings: Settings
) -> Iterator[Flag]:
    near = [
        gift
        for gift in small
        if gift.amount_pence >= settings.just_under_share * threshold and not gift.is_standing
    ]
    window = _longest(near, settings.days_of_a_year)
    if len(window) < settings.least_in_a_run:
        return
    yield _flag(
        "just_under",
        "question",
        window,
        threshold,
        evidence,
        f"{len(window)} gifts from {_names(window)[0]} lie between {format_pence(round(settings.just_under_share * threshold))} "
        f"and {format_pence(threshold)}, just under the threshold; together {_sum(window)}.",
    )


def _below_report(
    gifts: Sequence[GiftFacts], evidence: tuple[str, ...], settings: Settings
) -> Iterator[Flag]:
    by_year: dict[int, list[GiftFacts]] = defaultdict(list)
    for gift in gifts:
        if gift.amount_pence > settings.floor_pence:
            by_year[gift.received_on.year].append(gift)
    for year, items in by_year.items():
        threshold = settings.report_pence.get(year)
        if threshold is None or len(items) < 2 or any(gift.amount_pence > threshold for gift in items):
            continue
        names = _names(items)
        near = [gift for gift in items if gift.amount_pence >= settings.just_under_share * threshold]
        if sum(gift.amount_pence for gift in items) > threshold:
            several = len(names) > 1
            yield _flag(
                "report_parts",
                "question" if several or len(near) > 1 else "notice",
                items,
                threshold,
                evidence,
                f"{len(items)} donations in {year}, none above {format_pence(threshold)}, add up to {_sum(items)}"
                + (f", under {len(names)} names ({', '.join(names)})." if several else f" from {names[0]}."),
            )


def _of_sharing(sharing: Sharing, by_id: Mapping[int, GiftFacts], settings: Settings) -> Iterator[Flag]:
    gifts = sorted((by_id[gift_id] for gift_id in sharing.gift_ids), key=_order)
    small = [gift for gift in gifts if gift.amount_pence <= settings.floor_pence and not gift.is_standing]
    days = settings.days_of_one_act if sharing.is_household else settings.days_when_disguised
    window = _heaviest(small, days, settings.floor_pence)
    names = _names(window)
    if len(names) < 2:
        return
    is_one_home = sharing.is_household and len(names) == 2
    what = "card or bank account" if sharing.method == "token" else "email address"
    where = ", all at one address," if sharing.is_household else ""
    yield _flag(
        "payers",
        "notice" if is_one_home else "question",
        window,
        settings.floor_pence,
        (f"one {what} under names that cannot be one person's",),
        f"One {what} stands behind {len(window)} gifts in the names of {len(names)} payers{where} within {_days(window)}; "
        f"together {_sum(window)}, each at most {format_pence(settings.floor_pence)}.",
    )


def _in_step(gifts: Sequence[GiftFacts], linked: Linked, settings: Settings) -> Iterator[Flag]:
    """Gifts of nearly one amount just under the threshold, from payers nothing joins, closer in time than chance makes likely.

    The chance is binomial: how often the ledger as a whole has gifts of that amount, among the gifts of those days; times the
    number of windows looked at.
    """
    # A second to import: only where it is needed.
    from scipy.stats import binom

    source_of = {gift_id: source.gift_ids[0] for source in linked.sources for gift_id in source.gift_ids}
    day_counts: dict[int, int] = defaultdict(int)
    bands: dict[int, list[GiftFacts]] = defaultdict(list)
    least = settings.just_under_share * settings.floor_pence
    step = max(1, settings.step_pence * settings.floor_pence // 50_000)
    looked_at = 0
    for gift in gifts:
        day_counts[gift.received_on.toordinal()] += 1
        if least <= gift.amount_pence <= settings.floor_pence and not gift.is_standing:
            bands[gift.amount_pence // step].append(gift)
            looked_at += 1
    for band in bands.values():
        ordered = sorted(band, key=_order)
        taken = -1
        for start, first in enumerate(ordered):
            if start <= taken:
                continue
            until = first.received_on + timedelta(days=settings.days_in_step)
            window = [gift for gift in ordered[start:] if gift.received_on < until]
            sources = {source_of[gift.gift_id] for gift in window}
            if len(sources) < settings.least_in_step:
                continue
            day = first.received_on.toordinal()
            among = sum(day_counts[day + number] for number in range(settings.days_in_step))
            # The rate outside the window: else a cluster would excuse itself.
            share = (len(band) - len(window) + 1) / max(1, len(gifts) - among)
            chance = float(binom.sf(len(sources) - 1, among, min(1.0, share))) * looked_at
            if chance > settings.most_chance:
                continue
            taken = start + len(window) - 1
            low, high = min(g.amount_pence for g in window), max(g.amount_pence for g in window)
            amounts = format_pence(low) if low == high else f"{format_pence(low)} to {format_pence(high)}"
            yield _flag(
                "in_step",
                "question",
                window,
                settings.floor_pence,
                (f"amount and days alone: chance {chance:.2g}, allowing for every window looked at",),
                f"{len(window)} gifts of {amounts} from {len(sources)} payers came within {_days(window)}; the ledger's own rate "
                f"would bring {among * share:.1f}.",
            )


def _heaviest(gifts: Sequence[GiftFacts], days: int, above: int) -> list[GiftFacts]:
    """The window of so many days with the largest sum, if that is above a sum and has two gifts at least."""
    best: list[GiftFacts] = []
    best_sum, total, start = above, 0, 0
    for end, gift in enumerate(gifts):
        total += gift.amount_pence
        while (gift.received_on - gifts[start].received_on).days >= days:
            total -= gifts[start].amount_pence
            start += 1
        if total > best_sum and end > start:
            best_sum, best = total, list(gifts[start : end + 1])
    return best


def _longest(gifts: Sequence[GiftFacts], days: int) -> list[GiftFacts]:
    best: list[GiftFacts] = []
    start = 0
    for end, gift in enumerate(gifts):
        while (gift.received_on - gifts[start].received_on).days >= days:
            start += 1
        if end + 1 - start > len(best):
            best = list(gifts[start : end + 1])
    return best


def _flag(
    kind: Kind,
    grade: Grade,
    gifts: Sequence[GiftFacts],
    threshold: int,
    evidence: tuple[str, ...],
    sentence: str,
) -> Flag:
    return Flag(
        kind=kind,
        grade=grade,
        gift_ids=tuple(gift.gift_id for gift in gifts),
        sentence=sentence,
        evidence=evidence,
        amount_pence=sum(gift.amount_pence for gift in gifts),
        threshold_pence=threshold,
    )


def _names(gifts: Iterable[GiftFacts]) -> list[str]:
    return list(dict.fromkeys(gift.name for gift in gifts))


def _days(gifts: Sequence[GiftFacts]) -> str:
    days = (gifts[-1].received_on - gifts[0].received_on).days + 1
    return "one day" if days == 1 else f"{days} days"


def _sum(gifts: Iterable[GiftFacts]) -> str:
    return format_pence(sum(gift.amount_pence for gift in gifts))


def _mostly_standing(gifts: Sequence[GiftFacts]) -> bool:
    return 2 * sum(gift.is_standing for gift in gifts) > len(gifts)


def _order(gift: GiftFacts) -> tuple[int, int]:
    return gift.received_on.toordinal(), gift.gift_id
