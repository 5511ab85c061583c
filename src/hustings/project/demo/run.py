"""The demo from beginning to end: build, run the main job, reconcile, and serve."""

import os
import subprocess
import time
from pathlib import Path

from rich.console import Console

from hustings.basics.clock import clock
from hustings.project import serve
from hustings.project.demo.adverts_step import watch_other_peoples_ads
from hustings.project.demo.books_step import keep_the_books
from hustings.project.demo.build import build_home
from hustings.project.demo.doors_step import knock_on_doors
from hustings.project.demo.mail_server import MailServer
from hustings.project.demo.main_job import run_main_job
from hustings.project.demo.people_of_the_office import MEMBERS, PASSWORD, email_of
from hustings.project.demo.story import Story
from hustings.project.demo.travellers_step import house_travellers
from hustings.project.demo.volunteers_step import organise_volunteers


def run_demo(*, home: Path, mail_port: int, is_check: bool, is_quiet: bool) -> bool:
    """Build the borough, run the main job against the real servers, and either end with the account or go on serving."""
    console = Console(highlight=False)
    story = Story(console=console)
    address = os.environ["HUSTINGS_ADDRESS"]
    with serve.ends_kindly(), MailServer(folder=home / "mail", port=mail_port) as mail:
        # They start while the borough is built: the one takes a processor, the others the next.
        processes = serve.start(workers=2)
        try:
            demo = build_home(folder=home, now=clock().now(), story=story, is_quiet=is_quiet)
            watch_other_peoples_ads(demo=demo, folder=home, now=clock().now(), story=story)
            keep_the_books(demo=demo, now=clock().now(), story=story)
            run_main_job(
                demo=demo,
                mail=mail,
                base=address,
                folder=home,
                story=story,
                is_check=is_check,
                is_quiet=is_quiet,
            )
            organise_volunteers(demo=demo, now=clock().now(), story=story)
            knock_on_doors(demo=demo, now=clock().now(), story=story)
            house_travellers(demo=demo, now=clock().now(), story=story)
            story.write(path=home / "report.json")
            verdict = (
                "Every figure reconciles." if story.is_true else "Not every figure reconciles; see above."
            )
            console.print(f"\n[bold]{verdict}[/bold] The whole account: {home / 'report.json'}")
            if not is_check:
                _say_where(console=console, address=address, home=home)
                _wait(processes)
        finally:
            serve.stop(processes)
    return story.is_true


def _say_where(*, console: Console, address: str, home: Path) -> None:
    console.print(
        f"\nThe public site is at [bold]{address}/[/bold], the desk at [bold]{address}/desk/[/bold]."
    )
    console.print(
        f"Every login has the password [bold]{PASSWORD}[/bold]; `hustings demo code NAME` prints its second factor."
    )
    for member in MEMBERS:
        console.print(f"    {email_of(member=member):34} {member.words}")
    console.print(
        f"Mail goes nowhere: it lies in {home / 'mail' / 'messages.mbox'}. Stop everything with Ctrl+C."
    )


def _wait(processes: "list[subprocess.Popen[bytes]]") -> None:

    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return
