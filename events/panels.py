"""The edit screen of an event, in the order a person thinks."""

from __future__ import annotations

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

from directory.panels import contacts_panel

from .admin_event_form import EventForm
from .panels_schedule import EventSchedulePanel

WHAT = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("title", required_on_save=True),
                FieldPanel("kana"),
                FieldPanel("kind", widget=forms.RadioSelect),
            ],
            heading=_("題名と種類"),
        ),
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("body")], heading=_("紹介")),
        FieldPanel("organization"),
        FieldPanel("resource"),
        MultiFieldPanel([FieldPanel("partners")], heading=_("いっしょに開く団体"), classname="collapsed"),
        MultiFieldPanel([FieldPanel("categories")], heading=_("テーマ"), classname="collapsed"),
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
        EventSchedulePanel(
            "schedules",
            heading=_("日時"),
            label=_("日時"),
            help_text=_("1回だけの中止・変更は、画面の上の「中止・変更・お知らせ」から登録します。"),
        )
    ],
    heading=_("いつ"),
)

WHERE = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("attendance_mode", widget=forms.RadioSelect),
                FieldPanel("venue"),
                FieldPanel("place_note"),
                FieldPanel("district"),
                FieldPanel("place_visibility", widget=forms.RadioSelect),
            ],
            heading=_("会場"),
        ),
        MultiFieldPanel([FieldPanel("areas_served")], heading=_("対象の地域"), classname="collapsed"),
        FieldPanel("joining_text"),
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
            ],
            heading=_("だれが来られる"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("fee_kind", widget=forms.RadioSelect),
                FieldRowPanel([FieldPanel("fee"), FieldPanel("fee_note")]),
                FieldPanel("bring"),
            ],
            heading=_("費用と持ち物"),
        ),
    ],
    heading=_("だれが・費用"),
)

SIGNUP = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("signup_policy", widget=forms.RadioSelect),
                FieldPanel("signup_unit", widget=forms.RadioSelect),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("max_party")]),
                FieldPanel("has_waiting_list"),
                FieldRowPanel([FieldPanel("signup_opens_at"), FieldPanel("signup_closes_at")]),
                FieldPanel("closes_days_before"),
                FieldPanel("signup_url"),
            ],
            heading=_("申込み"),
        ),
        MultiFieldPanel(
            [FieldPanel("needs_asked"), FieldPanel("sends_reminder"), FieldPanel("erase_after_days")],
            heading=_("申し込んだ人のこと"),
        ),
    ],
    heading=_("申込み"),
)

CONTACT = ObjectList(
    [
        contacts_panel(),
        MultiFieldPanel(
            [
                HelpPanel(content=_("会議のあと、公開してよい要約をここに書きます。")),
                FieldPanel("minutes"),
            ],
            heading=_("会議の要約"),
            classname="collapsed",
        ),
    ],
    heading=_("連絡先・要約"),
)

EVENT = TabbedInterface([WHAT, WHEN, WHERE, WHO, SIGNUP, CONTACT], base_form_class=EventForm)
