"""The words in which hosts and travellers say what must hold between them.

There is no word for ethnicity, religion or belief, and no free text that a match is made by: nobody can choose by them.
"""

from collections.abc import Iterable

from hustings.basics.refusals import Refusal, gettext_noop

#: What a traveller may need and a host may offer.
OFFERS = {
    "bed": gettext_noop("a bed of one's own"),
    "step_free": gettext_noop("no steps to the door, the bed and the bathroom"),
    "no_pets": gettext_noop("no animals in the home"),
    "no_children": gettext_noop("no children in the home"),
    "no_smoking": gettext_noop("nobody smokes in the home"),
    "takes_pet": gettext_noop("a guest's animal is welcome"),
    "smoking_outside": gettext_noop("a guest may smoke outside"),
    "woman_host": gettext_noop("a woman is the host"),
}
#: What a host may ask of a guest and a traveller may say of themselves.
TRAITS = {
    "woman": gettext_noop("is a woman"),
    "man": gettext_noop("is a man"),
    "non_smoker": gettext_noop("does not smoke"),
    "without_pet": gettext_noop("brings no animal"),
    "first_aider": gettext_noop("is a trained first-aider"),
    "has_car": gettext_noop("comes by car"),
}


class UnknownCondition(Refusal):
    """A word that is not in the vocabulary of hosting."""


def mask_of(*, words: Iterable[str], known: Iterable[str]) -> int:
    """The words as bits, in the order of the vocabulary; raises `UnknownCondition`."""
    places = {word: place for place, word in enumerate(known)}
    mask = 0
    for word in words:
        if word not in places:
            raise UnknownCondition(
                "unknown_condition",
                gettext_noop("“{word}” is not a condition of hosting. There are: {known}."),
                word=word,
                known=", ".join(places),
            )
        mask |= 1 << places[word]
    return mask
