"""What runs by the clock, in one file: the jobs of every app with how often and why."""

from collections.abc import Sequence
from datetime import timedelta

from hustings.actions import jobs as actions_jobs
from hustings.adwatch import jobs as adwatch_jobs
from hustings.clearance import jobs as clearance_jobs
from hustings.contacts import jobs as contacts_jobs
from hustings.money import jobs as money_jobs
from hustings.openness import jobs as openness_jobs
from hustings.outreach import jobs as outreach_jobs
from hustings.people import jobs as people_jobs
from hustings.platform.schedule import ScheduledTask
from hustings.postroom.jobs import tend_the_outbox
from hustings.register import jobs as register_jobs
from hustings.support import jobs as support_jobs
from hustings.volunteers import jobs as volunteers_jobs
from hustings.volunteers.hosting import jobs as hosting_jobs
from hustings.website import jobs as website_jobs

#: What runs by the clock.
SCHEDULE: Sequence[ScheduledTask] = (
    ScheduledTask(
        name="tend the outbox",
        task=tend_the_outbox,
        every=timedelta(minutes=1),
        meaning="Settle what a killed worker left, wake messages that are due again, finish sendings that have ended.",
    ),
    ScheduledTask(
        name="tend cover",
        task=support_jobs.tend_all_cover,
        every=timedelta(minutes=1),
        meaning="Take the next step of every call-out for cover, and lay out rotas further ahead.",
    ),
    ScheduledTask(
        name="tend care",
        task=support_jobs.tend_all_care,
        every=timedelta(minutes=1),
        meaning="Remind teams of steps and follow-ups that are due; open a case for whoever did not check out.",
    ),
    ScheduledTask(
        name="delete cases on their day",
        task=support_jobs.delete_cases_on_their_day,
        every=timedelta(hours=1),
        meaning="Delete every case of somebody who was helped, once its day has come.",
    ),
    ScheduledTask(
        name="send scheduled mailings",
        task=outreach_jobs.send_scheduled_mailings,
        every=timedelta(minutes=1),
        meaning="Start the mailings whose moment has come.",
    ),
    ScheduledTask(
        name="close phone banks",
        task=outreach_jobs.close_phone_banks,
        every=timedelta(minutes=5),
        meaning="Close the phone banks whose moment has come.",
    ),
    ScheduledTask(
        name="watch linked imprints",
        task=clearance_jobs.watch_linked_imprints,
        every=timedelta(hours=6),
        meaning="Look at every page that holds the imprint of a material in use.",
    ),
    ScheduledTask(
        name="sign the record",
        task=openness_jobs.sign_and_ask_witnesses,
        every=timedelta(minutes=1),
        meaning="Sign entries that are not signed yet, and send the checkpoint to the witnesses.",
    ),
    ScheduledTask(
        name="mark materials",
        task=openness_jobs.mark_materials,
        every=timedelta(days=1),
        meaning="Mark the words of materials recorded before there were marks, so that copies of them are found.",
    ),
    ScheduledTask(
        name="forget unconfirmed signatures",
        task=actions_jobs.forget_unconfirmed_signatures,
        every=timedelta(hours=6),
        meaning="Erase signatures that nobody confirmed in 30 days.",
    ),
    ScheduledTask(
        name="forget answered signatures",
        task=actions_jobs.forget_answered_signatures,
        every=timedelta(days=1),
        meaning="Empty the signatures of petitions that were answered a year ago; they stay in the count.",
    ),
    ScheduledTask(
        name="forget old answers",
        task=contacts_jobs.forget_what_is_old,
        every=timedelta(days=1),
        meaning="Delete what people said about their vote before the last two rounds of elections.",
    ),
    ScheduledTask(
        name="recount petitions",
        task=actions_jobs.recount_petitions,
        every=timedelta(days=1),
        meaning="Hold every petition's count against its signatures.",
    ),
    ScheduledTask(
        name="destroy expired register copies",
        task=register_jobs.destroy_expired_register_copies,
        every=timedelta(days=1),
        meaning="Destroy register copies whose entitlement ended four weeks ago.",
    ),
    ScheduledTask(
        name="close unconfirmed requests",
        task=people_jobs.close_unconfirmed_requests,
        every=timedelta(days=1),
        meaning="Close requests about one's own data that nobody confirmed in 60 days.",
    ),
    ScheduledTask(
        name="remind of shifts",
        task=volunteers_jobs.remind_of_shifts,
        every=timedelta(minutes=15),
        meaning="Remind volunteers of their shifts, and write to those who came to what is over.",
    ),
    ScheduledTask(
        name="remind of courses",
        task=volunteers_jobs.remind_of_courses,
        every=timedelta(days=1),
        meaning="Tell volunteers whose course soon no longer counts.",
    ),
    ScheduledTask(
        name="forget unconfirmed offers to help",
        task=volunteers_jobs.forget_unconfirmed_offers,
        every=timedelta(hours=6),
        meaning="Erase offers to help that nobody confirmed in 30 days, and links that have run out.",
    ),
    ScheduledTask(
        name="remind of return deadlines",
        task=money_jobs.remind_of_deadlines,
        every=timedelta(hours=12),
        meaning="Tell agents what is due for their returns in a fortnight, a week, three days, tomorrow, today, and since.",
    ),
    ScheduledTask(
        name="look for split gifts",
        task=money_jobs.look_for_split_gifts,
        every=timedelta(days=1),
        meaning="Look through every campaign's gifts for parts of one gift; a person decides about what is found.",
    ),
    ScheduledTask(
        name="look advertisers up in registers",
        task=adwatch_jobs.look_everybody_up,
        every=timedelta(days=1),
        meaning="Look whoever advertises up in the registers of parties, campaigners and companies that were taken in.",
    ),
    ScheduledTask(
        name="match everybody to the register",
        task=register_jobs.match_everybody_again,
        every=timedelta(days=1),
        meaning="Hold everybody against the register, for those who came in by a list or moved.",
    ),
    ScheduledTask(
        name="match travellers and hosts",
        task=hosting_jobs.match_travellers,
        every=timedelta(hours=6),
        meaning="Propose beds to travellers who have none, to both sides by email.",
    ),
    ScheduledTask(
        name="ask after stays",
        task=hosting_jobs.ask_after_stays,
        every=timedelta(minutes=15),
        meaning="Remind travellers who have not checked in, and tell the organisers of a check-in that was missed.",
    ),
    ScheduledTask(
        name="delete old stays",
        task=hosting_jobs.delete_old_stays,
        every=timedelta(days=1),
        meaning="Delete everything about stays 30 days after them, unless a report about them is open.",
    ),
    ScheduledTask(
        name="read other installations' feeds",
        task=website_jobs.read_neighbour_feeds,
        every=timedelta(hours=1),
        meaning="Read the public events and needs of other installations for the campaign map.",
    ),
)
