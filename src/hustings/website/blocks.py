"""The few blocks of which pages of the public site are made."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

#: What a paragraph may hold: no colours, no sizes, nothing that a screen reader cannot say.
PLAIN = ["bold", "italic", "link", "document-link", "ol", "ul", "h3"]


class PictureBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A picture with the words that stand for it where it cannot be seen."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What the picture shows"),
        required=False,
        max_length=250,
        help_text=_(
            "Read aloud to people who cannot see it. Leave it empty only if the picture says nothing."
        ),
    )
    is_decoration = blocks.BooleanBlock(
        label=_("The picture says nothing; it is decoration"), required=False, default=False
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        """As a figure."""

        icon = "image"
        label = _("Picture")
        template = "website/blocks/picture.html"

    def clean(self, value: Any) -> Any:
        """Refuse a picture that has neither words nor the mark that it needs none."""
        cleaned = super().clean(value)
        if not cleaned["alt"] and not cleaned["is_decoration"]:
            raise blocks.StructBlockValidationError(
                block_errors={
                    "alt": ValidationError(
                        _("Say what the picture shows, or tick that it is decoration and says nothing.")
                    )
                }
            )
        return cleaned


class QuoteBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("Words"), max_length=1000)
    who = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        """As a quotation."""

        icon = "openquote"
        label = _("Quotation")
        template = "website/blocks/quote.html"


class NoticeBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """Something to notice before the rest."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "link"])

    class Meta:
        """As a notice."""

        icon = "warning"
        label = _("Notice")
        template = "website/blocks/notice.html"


class ButtonBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """One thing to do next: a page of this site, or an address elsewhere."""

    text = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    address = blocks.URLBlock(label=_("or an address elsewhere"), required=False)

    class Meta:
        """As a button."""

        icon = "link"
        label = _("Button")
        template = "website/blocks/button.html"

    def clean(self, value: Any) -> Any:
        """Refuse a button that leads nowhere, or to two places."""
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            raise blocks.StructBlockValidationError(
                block_errors={
                    "page": ValidationError(
                        _("Choose a page of this site or give an address elsewhere: one of the two.")
                    )
                }
            )
        return cleaned


class QuestionBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A question that opens to its answer, without any script."""

    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=PLAIN)

    class Meta:
        """As a question that opens."""

        icon = "help"
        label = _("Question and answer")
        template = "website/blocks/question.html"


class BodyBlocks(blocks.StreamBlock):  # type: ignore[misc]  # Wagtail is untyped
    """The body of every page."""

    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=120, template="website/blocks/heading.html"
    )
    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=PLAIN)
    picture = PictureBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    button = ButtonBlock()
    question = QuestionBlock()

    class Meta:
        """May be empty."""

        required = False
