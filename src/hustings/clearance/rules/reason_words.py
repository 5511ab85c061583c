"""The gate's reasons in words, for whoever reads counts and lists: the code that is stored stays the same."""

from hustings.basics.refusals import gettext_noop
from hustings.clearance.rules.gate import Channel, Reason

REASON_WORDS: dict[Reason, str] = {
    Reason.ERASED: gettext_noop("Their record was erased"),
    Reason.MERGED: gettext_noop("Joined to another record"),
    Reason.SUPPRESSED: gettext_noop("Asked for no contact this way"),
    Reason.OBJECTED: gettext_noop("Objected to marketing"),
    Reason.DOUBTFUL_OBJECTION: gettext_noop("May be someone who objected: look before contacting"),
    Reason.ANONYMOUS_ENTRY: gettext_noop("Registered anonymously: never contacted from the register"),
    Reason.NO_ADDRESS: gettext_noop("No address for this channel"),
    Reason.ADDRESS_FAILING: gettext_noop("Messages to their address come back"),
    Reason.ADDRESS_UNVERIFIED: gettext_noop("Address not confirmed yet"),
    Reason.NO_CONSENT: gettext_noop("Did not agree to this channel and purpose"),
    Reason.PREFERENCE_SERVICE: gettext_noop("On the Telephone Preference Service"),
    Reason.NOT_SCREENED: gettext_noop("Number not looked up at the Telephone Preference Service in time"),
    Reason.DECEASED: gettext_noop("Has died"),
    Reason.GONE_AWAY: gettext_noop("No longer lives there"),
    Reason.UNDER_AGE: gettext_noop("Too young"),
    Reason.UNDER_16: gettext_noop("Under 16: left out by our own rule"),
    Reason.REGISTER_LAPSED: gettext_noop("Known only from a register we may no longer use"),
    Reason.NO_OPINION_CONSENT: gettext_noop("Did not agree to the use of their political opinions"),
    Reason.CHANNEL_NOT_FOR_PURPOSE: gettext_noop("This channel is not for this purpose"),
    Reason.NO_MATERIAL: gettext_noop("No approved material was chosen"),
    Reason.MATERIAL_NOT_APPROVED: gettext_noop("The material is not approved"),
    Reason.IMPRINT_MISSING: gettext_noop("The material lacks its imprint"),
    Reason.PROMOTER_UNVERIFIED: gettext_noop("The promoter is not verified"),
    Reason.WRONG_CHANNEL: gettext_noop("The material was approved for another channel"),
    Reason.WRONG_PURPOSE: gettext_noop("The material was approved for another purpose"),
    Reason.TOO_EARLY: gettext_noop("The material may not go out yet"),
    Reason.TOO_LATE: gettext_noop("The material may no longer go out"),
    Reason.TOO_OFTEN: gettext_noop("Contacted often enough lately"),
}

#: What is missing, by the channel: “no address” says little of somebody who is to be rung.
ADDRESS_WORDS: dict[Channel, str] = {
    Channel.EMAIL: gettext_noop("No email address"),
    Channel.SMS: gettext_noop("No mobile number"),
    Channel.CALL: gettext_noop("No telephone number"),
    Channel.AUTOMATED_CALL: gettext_noop("No telephone number"),
    Channel.POST: gettext_noop("No full postal address"),
    Channel.FREEPOST: gettext_noop("No full postal address"),
    Channel.DOOR: gettext_noop("No full postal address"),
}


def words_of(*, reason: str, channel: str) -> str:
    """The reason in English words, to be translated where it is shown; a missing address is named by its channel."""
    known = Reason(reason)
    if known is Reason.NO_ADDRESS:
        return ADDRESS_WORDS.get(Channel(channel), REASON_WORDS[known])
    return REASON_WORDS[known]
