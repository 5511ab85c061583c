"""`hustings materials`: written, checked, approved, withdrawn; what the agent sets aside."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from django.core.files.uploadedfile import SimpleUploadedFile

from hustings.accounts.access import EVERYTHING, Right, Scope
from hustings.accounts.commands import acting_in, done_now
from hustings.clearance import making_commands
from hustings.clearance.access import materials_for
from hustings.clearance.models import About, Material, Medium, Nation, Publisher
from hustings.clearance.pages.forms import MaterialForm, ReasonForm
from hustings.clearance.pages.words import kept_findings
from hustings.clearance.rules.findings import Finding, has_passed
from hustings.clearance.usecases import (
    approve_material,
    override_finding,
    withdraw_material,
    write_material,
)
from hustings.platform.commands import checked, print_json, read_text, refuse

app = typer.Typer(
    no_args_is_help=True, help="Materials: what goes out, its imprint, its checks, its approval."
)
app.command("leaflet")(making_commands.leaflet)
app.command("card")(making_commands.card)
app.command("link-imprint")(making_commands.link)
app.command("unlink-imprint")(making_commands.unlink)

_Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
_By = Annotated[str, typer.Option(help="The email address of the login that acts; it must hold the right.")]
_Which = Annotated[int, typer.Argument(help="The material's number, from `hustings materials list`.")]
_Reason = Annotated[Path, typer.Argument(help="A file with the reason; “-” reads standard input.")]


@app.command("list")
def list_materials(is_json: _Json = False) -> None:
    """List every material, the newest first, with where it stands."""
    rows = [
        {
            "id": one.pk,
            "title": one.title,
            "medium": one.medium,
            "state": one.state,
            "area": one.area_id,
            "promoter": one.promoter.name if one.promoter else None,
        }
        for one in materials_for(scope=EVERYTHING).order_by("-made_at", "-pk")
    ]
    if is_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['id']:>6}  {row['title']} ({row['medium']}, {row['state']})")
    if not rows:
        typer.echo("Nothing has been written yet. `hustings materials write FILE` begins.")


@app.command("show")
def show(material: _Which, is_json: _Json = False) -> None:
    """Show what the checklist said of a material, and its approved copies."""
    found = _material(material, EVERYTHING)
    _told(found, kept_findings(found.checks), is_json)


@app.command("write")
def write(
    by: _By,
    words: Annotated[
        Path | None, typer.Argument(help="A file with the words, in Markdown; “-” reads standard input.")
    ] = None,
    material: Annotated[
        int | None, typer.Option(help="The number of the one to change; left out: a new one.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="For yourselves, and for the public record.")] = None,
    medium: Annotated[str | None, typer.Option(help=f"What it is: {', '.join(Medium.values)}.")] = None,
    purpose: Annotated[
        str | None, typer.Option(help="What it is for: campaign, fundraising, volunteering, …")
    ] = None,
    subject: Annotated[str | None, typer.Option(help="The subject line of an email.")] = None,
    adds_imprint: Annotated[
        bool | None, typer.Option("--add-imprint/--no-imprint", help="Write the imprint under the words.")
    ] = None,
    upload: Annotated[
        Path | None, typer.Option(help="A PDF, picture, film or sound instead of words, at most 10 MB.")
    ] = None,
    is_imprint_seen: Annotated[
        bool | None, typer.Option("--seen/--not-seen", help="Whether you found the imprint in the file.")
    ] = None,
    transcript: Annotated[
        Path | None, typer.Option(help="A file with the words in the picture, film or sound.")
    ] = None,
    caption: Annotated[Path | None, typer.Option(help="A file with the words beside it.")] = None,
    promoter: Annotated[
        int | None, typer.Option(help="Who publishes it, by number: `hustings promoters list`.")
    ] = None,
    joint: Annotated[list[int] | None, typer.Option(help="Together with; once for each.")] = None,
    behalf: Annotated[int | None, typer.Option(help="On whose behalf, by number.")] = None,
    further_behalf: Annotated[
        list[int] | None, typer.Option(help="And on whose behalf; once for each.")
    ] = None,
    printer: Annotated[int | None, typer.Option(help="Who prints it, by number.")] = None,
    publisher: Annotated[
        str | None, typer.Option(help=f"Published by or for: {', '.join(Publisher.values)}.")
    ] = None,
    about: Annotated[str | None, typer.Option(help=f"For or against: {', '.join(About.values)}.")] = None,
    is_paid: Annotated[
        bool | None, typer.Option("--paid/--organic", help="Paid to be published as an advertisement.")
    ] = None,
    nation: Annotated[str | None, typer.Option(help=f"Aimed at: {', '.join(Nation.values)}.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the words, as en-gb.")] = None,
    election: Annotated[
        str | None, typer.Option(help="The election it bears on, from `hustings elections list`.")
    ] = None,
    area: Annotated[str | None, typer.Option(help="The GSS code of the place it belongs to.")] = None,
    targeting: Annotated[str | None, typer.Option(help="Whom it is meant for, in words.")] = None,
    use_from: Annotated[
        str | None, typer.Option(help="May go out from this moment, as 2026-05-01T10:00; UK time.")
    ] = None,
    use_until: Annotated[str | None, typer.Option(help="May go out until this moment.")] = None,
    cost: Annotated[str | None, typer.Option(help="What it costs, in pounds, as 120.50.")] = None,
    campaign: Annotated[
        list[int] | None, typer.Option(help="In whose books the cost goes, by number; once for each.")
    ] = None,
    assessment: Annotated[str | None, typer.Option(help="Where several share it: why so.")] = None,
    is_json: _Json = False,
) -> None:
    """Write a material, or change one, and check it at once; what is left out stays. An approved copy stays as it is."""
    user, scope = acting_in(email=by, right=Right.EDIT_MATERIALS)
    held = Material() if material is None else _material(material, scope)
    given = {
        "title": title,
        "medium": medium,
        "purpose": purpose,
        "subject": subject,
        "body": _text(words),
        "adds_imprint": adds_imprint,
        "is_imprint_seen": is_imprint_seen,
        "transcript": _text(transcript),
        "caption": _text(caption),
        "promoter": promoter,
        "joint_promoters": joint,
        "on_behalf_of": behalf,
        "further_principals": further_behalf,
        "printer": printer,
        "publisher": publisher,
        "about": about,
        "is_paid": is_paid,
        "nation": nation,
        "language": language,
        "election": election,
        "area": area,
        "targeting": targeting,
        "use_from": use_from,
        "use_until": use_until,
        "cost": cost,
        "campaigns": campaign,
        "cost_assessment": assessment,
    }
    files = None if upload is None else {"file": _upload(upload)}
    form = checked(MaterialForm, given=given, files=files, instance=held, scope=scope)
    written = form.described(user=user)
    findings = done_now(
        write_material,
        material=written,
        joint_promoters=form.cleaned_data["joint_promoters"],
        further_principals=form.cleaned_data["further_principals"],
        campaigns=form.cleaned_data["campaigns"],
        by=user,
    )
    _told(written, findings, is_json)


@app.command("approve")
def approve(material: _Which, by: _By, is_json: _Json = False) -> None:
    """Approve a material: its exact bytes are kept, never changed, and stand in the public record at once."""
    user, scope = acting_in(email=by, right=Right.APPROVE_MATERIALS)
    copy = done_now(approve_material, material=_material(material, scope), by=user)
    if is_json:
        print_json({"id": material, "copy": copy.pk, "sha256": copy.sha256, "imprint": copy.imprint})
    else:
        typer.echo(f"“{copy.title}” is approved as copy {copy.pk}.")


@app.command("withdraw")
def withdraw(material: _Which, reason: _Reason, by: _By, is_json: _Json = False) -> None:
    """Withdraw every copy of a material. The reason stands in the public record: name nobody in it."""
    user, scope = acting_in(email=by, right=Right.APPROVE_MATERIALS)
    held = _material(material, scope)
    copies = done_now(withdraw_material, material=held, reason=_reason(reason), by=user)
    if is_json:
        print_json({"id": material, "state": held.state, "copies": [copy.pk for copy in copies]})
    else:
        typer.echo(f"“{held.title}” is withdrawn; nothing of it goes out any more.")


@app.command("override")
def override(
    material: _Which,
    code: Annotated[str, typer.Argument(help="The finding's code, from `hustings materials show`.")],
    reason: _Reason,
    by: _By,
    is_json: _Json = False,
) -> None:
    """Set one finding aside, as the election agent alone may; it holds for exactly these words."""
    user, scope = acting_in(email=by, right=Right.OVERRIDE)
    held = _material(material, scope)
    kept = done_now(override_finding, material=held, code=code, reason=_reason(reason), by=user)
    if is_json:
        print_json({"id": material, "code": kept.rule, "sha256": kept.sha256})
    else:
        typer.echo(f"{kept.rule} is set aside for these words.")


def _material(pk: int, scope: Scope) -> Material:
    return making_commands.material_of(pk=pk, scope=scope)


def _text(file: Path | None) -> str | None:
    return None if file is None else read_text(file=file)


def _reason(file: Path) -> str:
    return str(checked(ReasonForm, given={"reason": read_text(file=file)}).cleaned_data["reason"])


def _upload(file: Path) -> SimpleUploadedFile:
    try:
        return SimpleUploadedFile(file.name, file.read_bytes())
    except OSError as problem:
        raise refuse(f"The file {file} cannot be read: {problem.strerror}.") from problem


def _told(material: Material, findings: Sequence[Finding], is_json: bool) -> None:
    report: dict[str, Any] = {
        "id": material.pk,
        "title": material.title,
        "state": material.state,
        "may_be_approved": bool(findings) and has_passed(findings),
        "findings": [
            {"id": one.id, "code": one.code, "level": str(one.level), "message": one.message}
            for one in findings
        ],
        "copies": [
            {"id": copy.pk, "sha256": copy.sha256, "withdrawn_at": copy.withdrawn_at}
            for copy in material.copies.order_by("pk")
        ],
    }
    if is_json:
        print_json(report)
        return
    typer.echo(f"{material.pk}  {material.title} ({material.get_state_display()})")
    for one in report["findings"]:
        typer.echo(f"    {one['level']:5} {one['code']}: {one['message']}")
    typer.echo("It may be approved." if report["may_be_approved"] else "It cannot be approved yet.")
