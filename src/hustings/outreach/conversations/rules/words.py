"""The few words on privacy that are said by phone and at the door, where information is collected.

Whoever collects personal data says at collection who they are, what it is for and where the whole notice stands (UK GDPR
Art. 13; ICO, "Guidance for the use of personal data in political campaigning"); a caller gives a name and address or freephone
number when asked (PECR 2003 reg. 24).
"""

from hustings.basics.refusals import gettext_noop

OPENING = {
    "call": gettext_noop("I am a volunteer, calling for {organisation}. Is now a good moment?"),
    "door": gettext_noop("I am a volunteer, here for {organisation}. Do you have a moment?"),
}
KEEPS = {
    True: gettext_noop(
        "We note what you tell us about your vote and the issues that matter to you, for our own campaign only. You need not "
        "answer, and you can ask us to stop at any time."
    ),
    False: gettext_noop(
        "We note what you tell us about your vote only if you agree to the words that I shall read to you. You need not answer, "
        "and you can ask us to stop at any time."
    ),
}
NOTICE = gettext_noop("How we look after it is written at {address}.")
WHO = {
    "call": gettext_noop("If they ask who is calling: {organisation}, {address}."),
    "door": gettext_noop("If they ask who sent you: {organisation}, {address}."),
}

#: What is asked for, word for word, by the letter that stands for it in figures (`agreements.ASKS`). A change is a new version.
ASKED = {
    "O": gettext_noop(
        "Do you agree that {organisation} keeps what you tell me about your vote and the issues that matter to you, which "
        "may show your political opinions? You can take this back at any time."
    ),
    "E": gettext_noop("May {organisation} email you news of its campaigns? You can stop that at any time."),
    "T": gettext_noop("May {organisation} text you news of its campaigns? You can stop that at any time."),
    "C": gettext_noop("May {organisation} telephone you about its campaigns? You can stop that at any time."),
    "P": gettext_noop(
        "May {organisation} send you news of its campaigns by post? You can stop that at any time."
    ),
}


def spoken_words(
    *, channel: str, address: str, notice: str, keeps_opinions: bool
) -> tuple[tuple[str, str], ...]:
    """The sentences to say, each with what fills its gap for an address: opening, what is kept, where the notice is, who we are.

    They are for translators, with gaps for `{organisation}` and `{address}`. `notice` is the address of the published privacy
    notice; its sentence is left out where that is empty. `keeps_opinions` says whether the organisation may keep political
    opinions without asking for consent.
    """
    where = (NOTICE, notice) if notice else None
    pairs = (
        (OPENING[channel], ""),
        (KEEPS[keeps_opinions], ""),
        where,
        (WHO[channel], ", ".join(address.split("\n"))),
    )
    return tuple(pair for pair in pairs if pair is not None)
