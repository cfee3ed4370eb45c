"""The edit screens of the register, in the order a person thinks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from .admin_forms import OrganizationForm, ResourceForm, VenueForm
from .japanese_dates import plain_date
from .panels_schedule import SchedulePanel


class KnownPanel(FieldPanel):
    """A value to look at; what is not there yet is said in words, not as None."""

    def format_value_for_display(self, value: Any) -> str:
        if value in (None, ""):
            return str(_("まだありません"))
        return plain_date(value) if isinstance(value, date) else super().format_value_for_display(value)


def contacts_panel() -> InlinePanel:
    """The list of contacts, the same wherever there is one."""
    return InlinePanel(
        "contacts",
        heading=_("連絡先"),
        label=_("連絡先"),
        help_text=_("「見せる相手」が「職員だけ」の連絡先は、公開のページには出ません。"),
        panels=[
            FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("fax"), FieldPanel("hours")]),
            FieldRowPanel([FieldPanel("email"), FieldPanel("line_url"), FieldPanel("url")]),
            FieldPanel("audience", widget=forms.RadioSelect),
        ],
    )


def _features() -> InlinePanel:
    return InlinePanel(
        "feature_answers",
        heading=_("設備・行きやすさ"),
        label=_("項目"),
        help_text=_(
            "「ない」と「わかりません」は別のことです。確かめたものだけ「ある」「ない」を選んでください。"
        ),
        panels=[FieldRowPanel([FieldPanel("feature"), FieldPanel("answer"), FieldPanel("note")])],
    )


WHAT = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("name", required_on_save=True),
                FieldPanel("kana"),
                FieldPanel("categories", required_on_save=False),
            ],
            heading=_("名前と種類"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("summary"),
                FieldPanel("description"),
                FieldPanel(
                    "plain_description",
                    help_text=_("短い文で、漢字を少なく。公開のページで切りかえられます。"),
                ),
                FieldPanel("website"),
                FieldPanel("tags"),
            ],
            heading=_("紹介"),
        ),
        FieldPanel("organization"),
        InlinePanel(
            "photos",
            heading=_("写真"),
            label=_("写真"),
            help_text=_("写っている人の同意がない写真は、公開されません。"),
            panels=[FieldPanel("photo"), FieldPanel("caption")],
        ),
    ],
    heading=_("なに"),
)

WHEN = ObjectList(
    [
        SchedulePanel(
            "schedules",
            heading=_("開催日時"),
            label=_("開催日時"),
            help_text=_(
                "曜日や時間がちがうものは、分けて入力してください。1日だけの中止は「1日だけの変更」から登録します。"
            ),
        )
    ],
    heading=_("いつ"),
)

WHERE = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("venue"),
                FieldPanel("district"),
                FieldPanel(
                    "place_visibility",
                    widget=forms.RadioSelect,
                    help_text=_("個人宅は「地区だけ公開」、避難先は「公開しない」を選んでください。"),
                ),
                FieldPanel("is_online"),
            ],
            heading=_("場所"),
        ),
        _features(),
        MultiFieldPanel([FieldPanel("areas_served")], heading=_("対象の地域"), classname="collapsed"),
    ],
    heading=_("どこで"),
)

WHO = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
                FieldRowPanel([FieldPanel("min_age"), FieldPanel("max_age")]),
                FieldPanel("who_may_come"),
                FieldPanel("languages"),
            ],
            heading=_("だれが来られる"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("join_policy", widget=forms.RadioSelect),
                FieldPanel("join_note"),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("capacity_state")]),
                FieldRowPanel([FieldPanel("pickup"), FieldPanel("pickup_note")]),
                FieldPanel("bring"),
                FieldPanel("meals_note"),
            ],
            heading=_("参加のしかた"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("fee_kind", widget=forms.RadioSelect),
                FieldRowPanel(
                    [FieldPanel("fee_adult"), FieldPanel("fee_high_school"), FieldPanel("fee_junior_high")]
                ),
                FieldRowPanel([FieldPanel("fee_elementary"), FieldPanel("fee_infant")]),
                FieldPanel("fee_note"),
                FieldPanel("gives_points"),
            ],
            heading=_("費用(1回、円)"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("is_for_everyone"),
                FieldPanel("is_low_cost"),
                FieldPanel("needs_no_purpose"),
                FieldPanel("has_host"),
            ],
            heading=_("まちの縁側の4つの条件"),
            classname="collapsed",
        ),
    ],
    heading=_("だれが・費用"),
)

CONTACT = ObjectList([contacts_panel()], heading=_("連絡先と公開"))

STATE = ObjectList(
    [
        MultiFieldPanel(
            [FieldPanel("life_status", widget=forms.RadioSelect), FieldPanel("paused_note")],
            heading=_("状態"),
        ),
        MultiFieldPanel(
            [FieldPanel("notice"), FieldRowPanel([FieldPanel("notice_from"), FieldPanel("notice_until")])],
            heading=_("臨時のお知らせ"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(content=_("確認の記録は、画面の上の「確認を記録」から行います。")),
                KnownPanel("verified_on", read_only=True),
                KnownPanel("verified_by", read_only=True),
            ],
            heading=_("確認"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("source_name"),
                FieldPanel("source_url"),
                FieldPanel("source_licence"),
                KnownPanel("source_key", read_only=True),
            ],
            heading=_("情報源"),
        ),
    ],
    heading=_("状態と情報源"),
)

RESOURCE = TabbedInterface([WHAT, WHEN, WHERE, WHO, CONTACT, STATE], base_form_class=ResourceForm)

ORGANIZATION = TabbedInterface(
    [
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("name", required_on_save=True),
                        FieldPanel("kana"),
                        FieldPanel("legal_form"),
                    ],
                    heading=_("名前"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("description"),
                        FieldPanel("plain_description"),
                        FieldPanel("website"),
                        FieldPanel("sns_links"),
                        FieldPanel("logo"),
                    ],
                    heading=_("紹介"),
                ),
                FieldPanel("areas"),
            ],
            heading=_("どんな団体"),
        ),
        ObjectList([contacts_panel()], heading=_("連絡先と公開")),
        ObjectList(
            [
                FieldPanel("status", widget=forms.RadioSelect),
                FieldPanel("consented_on"),
                FieldPanel("corporate_number"),
                FieldPanel("council_number"),
                FieldPanel("parent"),
            ],
            heading=_("状態と登録"),
        ),
    ],
    base_form_class=OrganizationForm,
)

VENUE = TabbedInterface(
    [
        ObjectList(
            [
                MultiFieldPanel([FieldPanel("name"), FieldPanel("kana")], heading=_("名前")),
                MultiFieldPanel(
                    [
                        FieldPanel("address"),
                        FieldRowPanel(
                            [FieldPanel("building"), FieldPanel("floor"), FieldPanel("postal_code")]
                        ),
                        FieldPanel("district"),
                        FieldRowPanel([FieldPanel("lat"), FieldPanel("lng")]),
                        FieldPanel("access_note"),
                        FieldPanel("visibility", widget=forms.RadioSelect),
                    ],
                    heading=_("住所"),
                ),
                _features(),
            ],
            heading=_("どこ"),
        ),
        ObjectList(
            [
                FieldPanel("is_lendable"),
                FieldRowPanel(
                    [FieldPanel("lend_capacity"), FieldPanel("lend_fee"), FieldPanel("lend_hours")]
                ),
                FieldPanel("lend_rules"),
            ],
            heading=_("活用できる場"),
        ),
    ],
    base_form_class=VenueForm,
)
