"""What is known of somebody, by which channel they are to be reached, and what for."""

from enum import IntFlag, StrEnum


class Fact(IntFlag):
    """What is known of a person for one channel and purpose."""

    ERASED = 1 << 0
    MERGED = 1 << 1  # joined to another record, which is the one to write to
    SUPPRESSED = 1 << 2  # asked for no contact at all by this channel
    OBJECTED = 1 << 3  # objected to marketing by this channel or by all
    DOUBTFUL = 1 << 4  # may be someone who objected: nobody has looked yet
    HAS_ADDRESS = 1 << 5
    ADDRESS_VERIFIED = 1 << 6
    ADDRESS_FAILING = 1 << 7  # letters or messages came back for good
    CONSENTED = 1 << 8  # opted in to this channel and purpose
    PREFERENCE_LISTED = 1 << 9  # on the telephone or mailing preference service
    DECEASED = 1 << 10
    GONE_AWAY = 1 << 11
    UNDER_13 = 1 << 12
    UNDER_16 = 1 << 13
    UNDER_18 = 1 << 14
    FROM_REGISTER = 1 << 15  # we may reach them only because the register gives us name and address
    REGISTER_LAPSED = 1 << 16  # our entitlement to that register has ended
    OPINION_CONSENTED = 1 << 17  # explicit consent to use of political opinions
    TOO_OFTEN = 1 << 18  # the organisation's own limit of contacts is reached
    OPINION_OBJECTED = 1 << 19  # took that consent back, or gave notice to stop
    UNSCREENED = 1 << 20  # a number of theirs was not looked up at the preference service in time
    ANONYMOUS = 1 << 21  # an anonymous entry on the register: a number without name and address
    AGE_UNCLEAR = (
        1 << 22
    )  # a register of a nation that votes from 16 gives a day ahead: of the 16th or the 18th birthday


class Channel(StrEnum):
    """How a message reaches a person."""

    EMAIL = "email"
    SMS = "sms"
    CALL = "call"
    AUTOMATED_CALL = "automated-call"
    POST = "post"
    FREEPOST = "freepost"
    DOOR = "door"
    LEAFLET = "leaflet"


class Purpose(StrEnum):
    """What a message is for. `SERVICE` and `ACCOUNT` carry no appeal; the other three are marketing."""

    ACCOUNT = "account"
    SERVICE = "service"
    CAMPAIGN = "campaign"
    FUNDRAISING = "fundraising"
    VOLUNTEERING = "volunteering"

    @property
    def is_marketing(self) -> bool:
        """Whether the law on direct marketing holds."""
        return self in {Purpose.CAMPAIGN, Purpose.FUNDRAISING, Purpose.VOLUNTEERING}


SPOKEN = frozenset(
    {Channel.CALL, Channel.DOOR}
)  # a conversation: a script is good, but not the law's material
