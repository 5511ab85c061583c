"""What a caller promises before the first call."""

from hustings.basics.refusals import gettext_noop

PROMISE: tuple[str, ...] = (
    gettext_noop("I ring only people whom this page shows me, and I say for whom I ring."),
    gettext_noop("I note only what the page asks for, and keep no list, recording or note of my own."),
    gettext_noop(
        "I am polite to everybody. Whoever asks not to be called again is not: I press that button."
    ),
    gettext_noop(
        "Nobody is pressed to say how they vote, and what they say stays between them and the campaign."
    ),
    gettext_noop("If somebody is in danger, I ring 999, and then tell whoever runs the phone bank."),
)
