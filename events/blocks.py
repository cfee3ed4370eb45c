"""Blocks a report is built from. Groups use paragraphs; staff the others too."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

_TEXT_FEATURES = ["bold", "link", "ol", "ul"]


class PictureBlock(blocks.StructBlock):
    """A photo inside a text. Shown only while the photo itself may be."""

    image = ImageChooserBlock(label=_("写真"))
    alt = blocks.CharBlock(label=_("写真の説明(読み上げ用)"), max_length=150)
    caption = blocks.CharBlock(label=_("写真の下のことば"), required=False, max_length=150)

    class Meta:
        icon = "image"
        label = _("写真")
        template = "events/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody who was there said."""

    text = blocks.TextBlock(label=_("ことば"))
    speaker = blocks.CharBlock(label=_("だれのことばか"), required=False, max_length=60)

    class Meta:
        icon = "openquote"
        label = _("参加した人のことば")
        template = "events/blocks/quote.html"


class ReportBody(blocks.StreamBlock):
    """The text of a report."""

    paragraph = blocks.TextBlock(label=_("文"), icon="pilcrow", template="events/blocks/paragraph.html")
    heading = blocks.CharBlock(
        label=_("見出し"), max_length=80, icon="title", template="events/blocks/heading.html"
    )
    text = blocks.RichTextBlock(label=_("文(太字・リンク)"), features=_TEXT_FEATURES)
    picture = PictureBlock()
    quote = QuoteBlock()
