"""Further commands of the archive: coding, targeting, campaigners, our own ads, the study, and fetching."""

import csv
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, cast

import typer

from hustings.adwatch.models import CodingRound, OwnAd
from hustings.adwatch.queries.as_json import spend
from hustings.adwatch.queries.campaigners import likely_unregistered, registrations_by_year
from hustings.adwatch.queries.coding import EXPORT, export_rows, state_of_round
from hustings.adwatch.queries.faults import spend_words
from hustings.adwatch.queries.own import own_ads_against_archive
from hustings.adwatch.queries.targeting import What, targeting
from hustings.adwatch.rules.campaigner_numbers import numbers_by_poll
from hustings.adwatch.rules.suggesting import codebook as all_codes
from hustings.adwatch.rules.thresholds import NoThreshold
from hustings.adwatch.usecases.fetch_ads import CannotFetch, Question, fetch_ads
from hustings.adwatch.usecases.keep_token import NotAToken, keep_token
from hustings.adwatch.usecases.link_registers import link_registers
from hustings.adwatch.usecases.note_own_ad import AdBuy, CannotNote, note_own_ad
from hustings.adwatch.usecases.suggest_codes import suggest_codes
from hustings.basics.clock import clock
from hustings.basics.money import NotAnAmount, parse_pounds
from hustings.clearance.models import Material
from hustings.platform.commands import print_json, refuse, report_of
from hustings.platform.progress import bar
from hustings.platform.words import number, percent, pounds

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")]
_To = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")]


def codebook(is_json: _Json = False) -> None:
    """Print what each code means and how to decide."""
    if is_json:
        print_json([{"code": one.code, "means": one.means, "decide": one.decide} for one in all_codes()])
        return
    for one in all_codes():
        typer.echo(f"{one.code}\n    {one.means}\n    {one.decide}")


def code_export(
    round_: Annotated[
        int | None, typer.Argument(metavar="[ROUND]", help="A round; without one, list them.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="Write the CSV there instead of to standard output.")
    ] = None,
    is_json: _Json = False,
) -> None:
    """Write a round of coding as CSV, or its rows and agreement as JSON; without a round, list the rounds."""
    if round_ is None:
        rows = [
            {"round": one.pk, "title": one.title, "drawn": one.how_drawn} for one in CodingRound.objects.all()
        ]
        if is_json:
            print_json(rows)
        else:
            for row in rows:
                typer.echo(f"{row['round']:>4}  {row['title']} ({row['drawn']})")
        return
    found = CodingRound.objects.filter(pk=round_).first()
    if found is None:
        raise refuse(f"There is no round {round_}. `hustings adwatch code-export` lists them.")
    state = state_of_round(round=found)
    if is_json:
        print_json(
            {
                "round": found.title,
                "drawn": found.how_drawn,
                "alpha": state.agreement.alpha,
                "coded_twice": state.agreement.units,
                "agreeing": state.agreement.agreeing,
                "suggestions_alpha": state.suggestions.alpha,
                "suggestions_agreeing": state.suggestions.share,
                "rows": list(export_rows(state=state)),
            }
        )
        return
    out = to.open("w", newline="", encoding="utf-8") if to else sys.stdout
    try:
        writer = csv.DictWriter(out, fieldnames=list(EXPORT))
        writer.writeheader()
        writer.writerows(export_rows(state=state))
    finally:
        if to:
            out.close()


def look_up(is_json: _Json = False) -> None:
    """Look every advertiser up in the registers again, after a newer one came in."""
    found = link_registers(entity_ids=None, now=clock().now())
    looked_at = suggest_codes(entity_ids=None)
    if is_json:
        print_json({"entities": looked_at, "new_links": found})
    else:
        typer.echo(f"{number(looked_at)} entities looked up, {number(found)} new links.")


def targeting_(
    by: Annotated[str, typer.Option(help="age, gender or region.")] = "age",
    page: Annotated[str, typer.Option(help="Part of a page's or payer's name.")] = "",
    from_: _From = None,
    to: _To = None,
    is_json: _Json = False,
) -> None:
    """Print who saw the ads: shares from the least to the most possible, and where the archive is silent."""
    if by not in {"age", "gender", "region"}:
        raise typer.BadParameter("--by is one of age, gender, region.")
    found = targeting(
        what=cast(What, by),
        page=page,
        first_on=from_.date() if from_ else None,
        last_on=to.date() if to else None,
    )
    if is_json:
        print_json(
            {
                "by": by,
                "ads": found.ads,
                "silent_ads": found.silent_ads,
                "silent_impressions_low": found.silent_shown.low,
                "silent_impressions_high": found.silent_shown.high,
                "groups": [
                    {
                        "group": one.group,
                        "share_low": one.share.low,
                        "share_high": one.share.high,
                        "impressions_low": one.shown_low,
                        "impressions_high": one.shown_high,
                    }
                    for one in found.groups
                ],
            }
        )
        return
    for one in found.groups:
        typer.echo(
            f"{one.group:12} {percent(one.share.low, places=1)} to {percent(one.share.high, places=1)}"
        )
    typer.echo(
        f"{number(found.ads)} ads say something, {number(found.silent_ads)} say nothing about who saw them."
    )


def campaigners(
    poll_date: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Polling day of a general election.")
    ],
    has_others: Annotated[
        bool, typer.Option("--others", help="Charities, companies and others too.")
    ] = False,
    is_json: _Json = False,
) -> None:
    """List campaigners that may have spent above the threshold and for whom no registration is found."""
    codes = ("campaigner", "charity", "company", "other") if has_others else ("campaigner",)
    try:
        found = likely_unregistered(poll_on=poll_date.date(), codes=codes)
    except NoThreshold as problem:
        raise refuse(str(problem)) from problem
    by_year = registrations_by_year()
    if is_json:
        print_json(
            {
                "poll_on": poll_date.date().isoformat(),
                "period": [found.threshold.first_on.isoformat(), found.threshold.last_on.isoformat()],
                "threshold_pence": found.threshold.pence,
                "threshold_entry": found.threshold.entry.id,
                "no_registration_found": [
                    {
                        "entity_id": one.entity.pk,
                        "entity": one.entity.name,
                        "ads": one.ads,
                        **spend(one.spend),
                        "reading": one.reading,
                        "coded_by_people": one.is_coded,
                        "other_entries": [f"{link.register} {link.number}" for link in one.links],
                    }
                    for one in found.found
                ],
                "cautions": list(found.cautions),
                "registered_campaigners": [
                    {
                        "poll": poll,
                        "registered": entry.integer(),
                        "status": entry.status,
                        "in_register": by_year.get(int(poll)),
                    }
                    for poll, entry in numbers_by_poll()
                ],
            }
        )
        return
    typer.echo(
        f"Threshold {pounds(found.threshold.pence)}, {found.threshold.first_on} to {found.threshold.last_on}"
    )
    for one in found.found:
        typer.echo(
            f"{one.entity.name}: {spend_words(one.spend.low, one.spend.high)}, {one.reading}; no registration found"
        )
    for caution in found.cautions:
        typer.echo(f"Careful: {caution}")


def own(is_json: _Json = False) -> None:
    """Hold our own ads against the archives; exit code 1 where one differs."""
    found = own_ads_against_archive(ads=list(OwnAd.objects.select_related("material")))
    if is_json:
        print_json(
            [
                {
                    "id": one.ad.pk,
                    "ad": str(one.ad),
                    "ad_id": one.ad.ad_id,
                    "snapshot": one.snapshot.pk if one.snapshot else None,
                    "differences": [{"kind": d.kind, "sentence": d.sentence} for d in one.differences],
                }
                for one in found
            ]
        )
    else:
        for one in found:
            words = " ".join(d.sentence for d in one.differences) or (
                "agrees" if one.snapshot else "no snapshot of single ads covers it yet"
            )
            typer.echo(f"{one.ad}: {words}")
    if any(one.differences for one in found):
        raise typer.Exit(1)


def note_ad(
    material: Annotated[int, typer.Argument(help="The material, by the number in its address on the desk.")],
    platform: Annotated[str, typer.Option(help="meta or google.")],
    page: Annotated[str, typer.Option(help="Page or account it ran under.")],
    disclaimer: Annotated[str, typer.Option(help="Who paid, as the disclaimer should say it.")],
    spent: Annotated[str, typer.Option(help="What we paid, in pounds, like 120.50.")],
    from_: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    to: _To = None,
    ad_id: Annotated[str, typer.Option(help="Its id in the archive, once known.")] = "",
    corrects: Annotated[
        int | None, typer.Option(help="The ad buy noted before that this puts right.")
    ] = None,
    is_json: _Json = False,
) -> None:
    """Note an ad that we placed, or correct what was noted, to be held against the archive (`hustings adwatch own`)."""
    chosen = Material.objects.filter(pk=material).first()
    if chosen is None:
        raise refuse(f"There is no material {material}.")
    before = OwnAd.objects.filter(pk=corrects).first() if corrects is not None else None
    if corrects is not None and before is None:
        raise refuse(f"There is no ad buy {corrects}. `hustings adwatch own --json` lists them.")
    try:
        made = note_own_ad(
            buy=AdBuy(
                material=chosen,
                platform=platform,
                page=page,
                disclaimer=disclaimer,
                placed_on=from_.date(),
                ended_on=to.date() if to else None,
                spent_pence=parse_pounds(spent),
                ad_id=ad_id,
            ),
            by=None,
            now=clock().now(),
            corrects=before,
        )
    except (CannotNote, NotAnAmount) as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json({"id": made.pk, "material": made.material_id, "spent_pence": made.spent_pence})
    else:
        typer.echo(f"Noted as ad buy {made.pk}.")


def token() -> None:
    """Store the token of the Meta Ad Library, read from standard input; it is encrypted and never shown again."""
    entered = typer.prompt("Token", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    try:
        keep_token(token=entered, by=None, now=clock().now())
    except NotAToken as problem:
        raise refuse(str(problem)) from problem
    typer.echo("The token is stored.")


def fetch(
    terms: Annotated[str, typer.Option(help="Words in the ads.")] = "",
    page_id: Annotated[list[str] | None, typer.Option(help="A page by its id; may be repeated.")] = None,
    from_: _From = None,
    to: _To = None,
    limit: Annotated[int, typer.Option(min=10, max=1000, help="Ads a page of the answer.")] = 250,
    is_json: _Json = False,
) -> None:
    """Fetch ads from the Meta Ad Library and import them; broken off, the same command goes on where it stood."""
    try:
        with bar(title="Meta Ad Library", is_shown=sys.stderr.isatty()) as progress:
            run, imported = fetch_ads(
                question=Question(
                    terms=terms,
                    page_ids=tuple(page_id or ()),
                    first_on=from_.date() if from_ else None,
                    last_on=to.date() if to else None,
                    limit=limit,
                ),
                now=clock().now(),
                progress=progress,
            )
    except CannotFetch as problem:
        raise refuse(str(problem)) from problem
    if is_json:
        print_json(
            {
                "run": run.pk,
                "pages": run.pages,
                "ads": run.ads,
                "import": report_of(run=imported) if imported else None,
            }
        )
        return
    typer.echo(f"{number(run.ads)} ads on {number(run.pages)} pages fetched.")


def add_to(app: typer.Typer) -> None:
    """Hang these commands onto the archive's group."""
    app.command("codebook")(codebook)
    app.command("code-export")(code_export)
    app.command("look-up")(look_up)
    app.command("targeting")(targeting_)
    app.command("campaigners")(campaigners)
    app.command("own")(own)
    app.command("note-ad")(note_ad)
    app.command("token")(token)
    app.command("fetch")(fetch)
