"""What was refused, said in a whole sentence that can be translated later."""

from collections.abc import Callable


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translators and return it unchanged; `Refusal.told` looks the translation up."""
    return sentence


class Refusal(ValueError):
    """Something entered cannot be taken; `str()` is a sentence in English that says what to do next.

    `code` is a short stable word for programs, `sentence` the untranslated sentence with `{named}` gaps and
    `details` what fills them. This layer knows no language setting, so pages translate with
    `refusal.told(gettext)`.
    """

    def __init__(self, code: str, sentence: str, **details: object) -> None:
        self.code = code
        self.sentence = sentence
        self.details = details
        super().__init__(self.told(str))

    def told(self, translate: Callable[[str], str]) -> str:
        """The whole sentence in the language that `translate` speaks."""
        return translate(self.sentence).format(**self.details)
