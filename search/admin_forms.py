"""Forms of the staff's screens of the dictionary."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from .analysis.synonyms import WordGroup, shipped_groups
from .dictionary import dictionary_without
from .models import SynonymGroup
from .word_checks import is_said_already, lines_of, mistakes_in, wide_words

_LONGEST = 2_000


def _words_field(label: Any, help_text: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("言葉を入力してください。1行に1つです。")},
    )


class SynonymForm(WagtailAdminModelForm):
    """A group of words. Nothing typed is changed but the way words are parted."""

    words = _words_field(
        _("言葉"), _("1行に1つ書いてください。住民の方が実際に打ちそうな書き方で入れます。"), required=True
    )
    finds = _words_field(
        _("見つかる言葉"),
        _("向きが「左の言葉で、右の言葉も見つかる」のときだけ書きます。1行に1つです。"),
        required=False,
    )
    is_wide_meant = forms.BooleanField(
        label=_("広い言葉でもよい"),
        help_text=_(
            "「相談」「活動」のような、多くの登録に出てくる言葉を、わかったうえで使うときに印をつけます。"
        ),
        required=False,
    )
    shipped = forms.CharField(label=_("直すもとの言葉"), required=False, widget=forms.HiddenInput)

    def clean_words(self) -> str:
        return self._checked("words")

    def clean_finds(self) -> str:
        return self._checked("finds")

    def clean_shipped(self) -> str:
        """Only the name of a group there is; anything else means none."""
        name = str(self.cleaned_data.get("shipped") or "")
        return name if any(group.name == name for group in shipped_groups()) else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            self._check_direction(cleaned)
        if not self.errors and cleaned.get("active"):
            self._check_meaning(cleaned)
        return cleaned

    def _checked(self, name: str) -> str:
        words = lines_of(str(self.cleaned_data.get(name) or ""))
        for sentence in mistakes_in(words):
            self.add_error(name, sentence)
        return "\n".join(words)

    def _check_direction(self, cleaned: dict[str, Any]) -> None:
        words, finds = lines_of(cleaned["words"]), lines_of(cleaned["finds"])
        if cleaned["direction"] == SynonymGroup.Direction.SAME:
            if finds:
                self.add_error(
                    "finds",
                    _("「たがいに見つかる」では使いません。上の「言葉」に書くか、向きを変えてください。"),
                )
            elif len(words) < 2:
                self.add_error("words", _("2つ以上の言葉を、1行に1つずつ書いてください。"))
        elif not finds:
            self.add_error("finds", _("見つかる言葉を、1行に1つずつ書いてください。"))
        else:
            for sentence in list(mistakes_in([*words, *finds]))[:1]:
                self.add_error("finds", sentence)

    def _check_meaning(self, cleaned: dict[str, Any]) -> None:
        group = WordGroup(
            cleaned["kind"], tuple(lines_of(cleaned["words"])), tuple(lines_of(cleaned["finds"]))
        )
        if is_said_already(group, dictionary_without(self.instance.pk, cleaned.get("shipped", ""))):
            self.add_error(None, _("この組み合わせは、もう辞書に入っています。加えなくても見つかります。"))
        wide = wide_words(group)
        if wide and not cleaned.get("is_wide_meant"):
            message = _(
                "「%(words)s」は多くの登録に出てくる言葉です。関係のないものまで見つかります。"
                "もっと具体的な言葉にするか、「広い言葉でもよい」に印をつけてください。"
            )
            self.add_error("is_wide_meant", message % {"words": "」「".join(wide)})

    class Meta:
        model = SynonymGroup
        fields = ["kind", "direction", "words", "finds", "note", "active", "shipped"]
