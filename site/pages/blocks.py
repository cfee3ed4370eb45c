"""Blocks editors build texts from. Few, plain, each readable aloud and printable."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "link", "document-link", "ol", "ul"]
path_on_site = RegexValidator(r"^/(?!/)\S*$", _("「/」で始まる、このサイトの中の住所を入力してください。"))
phone_number = RegexValidator(
    r"^[0-9+][0-9-]{8,15}$", _("03-0000-0000 のように、数字とハイフンで入力してください。")
)


class HeadingBlock(blocks.StructBlock):
    """A heading inside a text."""

    text = blocks.CharBlock(label=_("見出し"), max_length=80)
    level = blocks.ChoiceBlock(label=_("大きさ"), choices=[("2", _("大")), ("3", _("中"))], default="2")

    class Meta:
        icon = "title"
        label = _("見出し")
        template = "pages/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    """A picture with words for those who do not see it."""

    image = ImageChooserBlock(label=_("写真"))
    alt = blocks.CharBlock(label=_("写真の説明(読み上げ用)"), max_length=150)
    caption = blocks.CharBlock(label=_("写真の下のことば"), required=False, max_length=150)

    class Meta:
        icon = "image"
        label = _("写真")
        template = "pages/blocks/picture.html"


class NoticeBlock(blocks.StructBlock):
    """A frame around what must not be overlooked."""

    kind = blocks.ChoiceBlock(
        label=_("種類"), choices=[("info", _("案内")), ("warning", _("注意"))], default="info"
    )
    title = blocks.CharBlock(label=_("見出し"), required=False, max_length=80)
    text = blocks.TextBlock(label=_("本文"))

    class Meta:
        icon = "warning"
        label = _("お知らせの枠")
        template = "pages/blocks/notice.html"


class PhoneBlock(blocks.StructBlock):
    """Whom to call, and when somebody answers."""

    name = blocks.CharBlock(label=_("窓口の名前"), max_length=60)
    number = blocks.CharBlock(label=_("電話番号"), validators=[phone_number])
    hours = blocks.CharBlock(label=_("受付時間"), required=False, max_length=60)
    fax = blocks.CharBlock(label=_("FAX番号"), required=False, validators=[phone_number])

    class Meta:
        icon = "mobile-alt"
        label = _("電話の窓口")
        template = "pages/blocks/phone.html"


class FaqBlock(blocks.StructBlock):
    """A question that opens to its answer."""

    question = blocks.CharBlock(label=_("質問"), max_length=120)
    answer = blocks.RichTextBlock(label=_("答え"), features=TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("よくある質問")
        template = "pages/blocks/faq.html"


class TableBlock(blocks.StructBlock):
    """A table with a caption; wide ones scroll inside their own frame."""

    caption = blocks.CharBlock(label=_("表の題"), max_length=100)
    table = TypedTableBlock([("text", blocks.CharBlock(label=_("文字"), required=False))], label=_("表"))

    class Meta:
        icon = "table"
        label = _("表")
        template = "pages/blocks/table.html"


class BodyBlock(blocks.StreamBlock):
    """The text of a page."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(label=_("文章"), icon="pilcrow", features=TEXT_FEATURES)
    picture = PictureBlock()
    list = blocks.ListBlock(
        blocks.CharBlock(label=_("項目")),
        label=_("箇条書き"),
        icon="list-ul",
        template="pages/blocks/list.html",
    )
    notice = NoticeBlock()
    phone = PhoneBlock()
    faq = FaqBlock()
    table = TableBlock()


class ExampleBlock(blocks.StructBlock):
    """A word people often look for, and the question it asks."""

    word = blocks.CharBlock(label=_("ことば"), max_length=30)
    query = blocks.CharBlock(
        label=_("検索することば"), required=False, max_length=60, help_text=_("空なら同じことばで。")
    )

    class Meta:
        icon = "search"
        label = _("ことば")


class MenuWordBlock(blocks.StructBlock):
    """A word of the main menu and where it leads on this site."""

    word = blocks.CharBlock(label=_("ことば"), max_length=12)
    url = blocks.CharBlock(
        label=_("行き先"), max_length=200, validators=[path_on_site], help_text=_("例:/guide/")
    )

    class Meta:
        icon = "link"
        label = _("ことば")
