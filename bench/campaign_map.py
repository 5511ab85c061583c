"""The campaign map: an answer over 650 real seats, beside the same rows read through Django's model instances.

Times are of the processor. Needs the public data folder.
"""

import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROUNDS = 25


def run() -> None:
    """Import 2019, 2024, centres and postcodes; ask from five places; print times and ratios."""
    import django

    from hustings.project import environment, keys

    keys.make_keys(folder=environment.keys_folder())
    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    _load(Path(os.environ["HUSTINGS_DATA"]))
    from hustings.elections.models import Contest
    from hustings.website.campaign_map import queries

    board = queries.board(key="parl.2024-07-04")
    places = ("M1 1AE", "SW1A 0AA", "TR1 1EB", "EH1 1BB", "CF10 1EP")

    def ask(party: str) -> None:
        for place in places:
            queries.answer(board=board, party=party, origin=queries.origin_of_postcode(postcode=place))

    def through_models() -> None:
        for _place in places:
            rows = Contest.objects.filter(election="parl.2024-07-04").select_related(
                "first_party", "second_party"
            )
            for contest in rows.prefetch_related("candidacies__party"):
                max(contest.candidacies.all(), key=lambda each: each.votes or 0)

    client = Client()
    ours = {party: _ms(partial(ask, party)) / len(places) for party in ("", "LD")}
    peer = _ms(through_models) / len(places)
    page = _ms(lambda: client.post("/map/", {"postcode": "M1 1AE"}))
    print(
        f"   first to second {ours['']:.1f} ms, a party's own gap {ours['LD']:.1f} ms, the whole page {page:.1f} ms"
    )
    print(f"   reading the rows through models alone {peer:.1f} ms: {peer / ours['LD']:.1f} times as long")


def _ms(act: Callable[[], object]) -> float:
    act()
    taken = []
    for _round in range(ROUNDS // 5):
        begun = time.process_time()
        act()
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken)


def _load(data: Path) -> None:
    from hustings.basics.clock import clock
    from hustings.platform.importing.importer import Options
    from hustings.platform.importing.run_import import run_import

    for name in (
        "elections/ge2024_results_by_constituency.csv",
        "elections/ge2024_results_by_candidate.csv",
        "elections/ge2019_results_by_candidate.csv",
        "geography/pcon2024_centroids.csv",
        "geography/postcodes_gb_codepoint_open.csv.gz",
    ):
        run_import(path=data / name, now=clock().now(), options=Options())
