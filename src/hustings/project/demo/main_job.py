"""The main job from end to end, against the real servers: sign, confirm, match, object, clear, send, bounce, record."""

from datetime import timedelta
from pathlib import Path

from hustings.basics.clock import clock
from hustings.platform.progress import bar
from hustings.project.demo.browser import Browser
from hustings.project.demo.build import DemoHome
from hustings.project.demo.calls_step import ring_them
from hustings.project.demo.cover_step import cover_a_place
from hustings.project.demo.gifts_step import keep_the_gifts
from hustings.project.demo.mail_server import MailServer
from hustings.project.demo.mailing_step import (
    check_who_got_it,
    let_some_bounce,
    let_some_object,
    read_the_record,
    send_the_mailing,
)
from hustings.project.demo.matching_step import match_everybody
from hustings.project.demo.month_step import sign_over_a_month
from hustings.project.demo.petition_step import let_them_sign, office_of, open_the_petition
from hustings.project.demo.poll_step import call_to_vote
from hustings.project.demo.record_step import fill_and_verify_the_record
from hustings.project.demo.signing import wait_until
from hustings.project.demo.story import Story


def run_main_job(
    *, demo: DemoHome, mail: MailServer, base: str, folder: Path, story: Story, is_check: bool, is_quiet: bool
) -> None:
    """Do everything that the product exists for, once, and hold every figure against the others.

    With `is_check` residents sign through the web server, now; else over the month before, through the same use cases.
    """

    def answers() -> bool:
        try:
            with Browser(base=base) as browser:
                return browser.get("/").status == 200
        except OSError:
            return False

    is_up = wait_until(answers, seconds=60)
    story.tell("The web server and the worker start")
    story.claim("the public site answers", holds=is_up)
    opened_at = clock().now() - timedelta(days=0 if is_check else 32)
    petition = open_the_petition(demo=demo, now=opened_at, story=story)
    office = office_of(petition=petition, base=base)
    if is_check:
        let_them_sign(demo=demo, petition=petition, office=office, mail=mail, folder=folder, story=story)
    else:
        with bar(title="The petition", is_shown=not is_quiet) as progress:
            sign_over_a_month(demo=demo, petition=petition, office=office, story=story, progress=progress)
    match_everybody(demo=demo, petition=petition, story=story)
    objected = let_some_object(demo=demo, petition=petition, base=base, story=story)
    mailing = send_the_mailing(demo=demo, mail=mail, story=story)
    check_who_got_it(demo=demo, mail=mail, objected=objected, story=story)
    let_some_bounce(mailing=mailing, mail=mail, folder=folder, story=story)
    read_the_record(mailing=mailing, base=base, story=story)
    call_to_vote(demo=demo, mail=mail, folder=folder, story=story)
    ring_them(demo=demo, now=clock().now(), story=story)
    keep_the_gifts(demo=demo, folder=folder, story=story)
    cover_a_place(users=demo.users, folder=folder, now=clock().now(), story=story)
    fill_and_verify_the_record(demo=demo, base=base, story=story)
