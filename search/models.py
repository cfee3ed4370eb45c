"""Tables of the embedded engine and the outbox. Apps never touch them: they call `enqueue` and `search`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .analysis.normalise import key
from .analysis.synonyms import WordGroup
from .querysets import UnansweredQuestionQuerySet


class OutboxEntry(models.Model):
    """An object whose place in the index must be looked at again. Written in the transaction of the change."""

    engine = models.CharField(max_length=40, default="database")
    type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=100)
    created = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    # Applied to the live index, kept because a rebuild is under way and must hear of it before the swap.
    applied = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("検索への反映待ち")
        verbose_name_plural = _("検索への反映待ち")
        ordering = ["pk"]
        indexes = [models.Index(fields=["engine", "applied", "not_before"], name="search_outbox_due")]

    def __str__(self) -> str:
        return f"{self.type}:{self.object_id}"


class IndexState(models.Model):
    """Which index is asked, which is being built beside it. One row an engine; its lock orders all index writes."""

    engine = models.CharField(max_length=40, unique=True)
    live = models.CharField(max_length=60)
    analysis = models.CharField(max_length=120)
    built = models.DateTimeField(null=True)
    building = models.CharField(max_length=60, blank=True)
    building_since = models.DateTimeField(null=True)
    # Who may write to an engine outside the database just now; it has no transaction to hold a lock in.
    writer = models.CharField(max_length=60, blank=True)
    writer_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("検索の索引")
        verbose_name_plural = _("検索の索引")

    def __str__(self) -> str:
        return f"{self.engine}: {self.live}"


class IndexedDocument(models.Model):
    """One document in one index of the database engine: what is shown of it, and its texts, folded, to read up."""

    index = models.CharField(max_length=60)
    type = models.CharField(max_length=40)
    document_id = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=32)
    title = models.TextField()
    sort_key = models.TextField()
    card = models.JSONField(default=dict)
    # Folded texts, one field a line; the first line is the title. Variants of one field are separated by tabs.
    plain = models.TextField()
    readings = models.TextField()

    class Meta:
        verbose_name = _("検索の文書")
        verbose_name_plural = _("検索の文書")
        constraints = [
            models.UniqueConstraint(fields=["index", "type", "document_id"], name="search_document_key"),
        ]

    def __str__(self) -> str:
        return f"{self.type}:{self.document_id}"


class IndexedBlock(models.Model):
    """Some documents of one index, in the order of their row ids. `engines.blocks` writes them, `mirror` reads them."""

    id = models.BigIntegerField(primary_key=True)  # random: never given twice
    index = models.CharField(max_length=60)
    first = models.BigIntegerField()  # lowest row id; blocks of an index are ordered by it
    stamp = models.BigIntegerField()  # random, another one whenever `gone` changes
    documents = models.PositiveIntegerField()
    rows = models.BinaryField()  # row ids, eight bytes each
    gone = models.BinaryField()  # one bit a document: removed since; empty for none
    columns = models.BinaryField()  # `engines.columns`

    class Meta:
        verbose_name = _("検索の区画")
        verbose_name_plural = _("検索の区画")
        indexes = [models.Index(fields=["index", "first"], name="search_block_order")]

    def __str__(self) -> str:
        return f"{self.index}: {self.first}"


class IndexedPosting(models.Model):
    """Which documents of a block hold a token: their places in it (`engines.postings`)."""

    pk = models.CompositePrimaryKey("block", "token")
    block = models.BigIntegerField()
    token = models.CharField(max_length=500)  # 60 characters, each of which may be written as its number
    places = models.BinaryField()

    class Meta:
        verbose_name = _("検索の語")
        verbose_name_plural = _("検索の語")

    def __str__(self) -> str:
        return self.token


class IndexedCompletion(models.Model):
    """A form of a document's title by which it is offered while somebody types."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    document = models.ForeignKey(IndexedDocument, models.CASCADE, related_name="completions", db_index=False)
    form = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("検索の入力候補")
        verbose_name_plural = _("検索の入力候補")
        constraints = [
            models.UniqueConstraint(fields=["document", "form"], name="search_completion_once"),
        ]
        indexes = [models.Index(fields=["form", "document"], name="search_completion_form")]

    def __str__(self) -> str:
        return self.form


class SynonymGroup(models.Model):
    """Words that staff add to the shipped dictionary, or (`active` off) a shipped group they switch off."""

    class Direction(models.TextChoices):
        """Which of the words finds which."""

        SAME = "same", _("どの言葉でも、たがいに見つかる")
        FINDS = "finds", _("左の言葉で、右の言葉も見つかる")

    class Kind(models.TextChoices):
        """What sort of other word it is."""

        PLACE = "place", _("場所・活動の種類")
        AUDIENCE = "audience", _("対象の人")
        WORRY = "worry", _("困りごと・くらしの言葉")
        OLD_TERM = "old", _("古い言い方・新しい言い方")
        ABBREVIATION = "short", _("略した言い方")
        SPELLING = "spelling", _("書き方のちがい")
        OTHER = "other", _("そのほか")

    kind = models.CharField(_("種類"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    direction = models.CharField(_("向き"), max_length=8, choices=Direction.choices, default=Direction.SAME)
    words = models.TextField(_("言葉"), max_length=2_000, help_text=_("1行に1つ書いてください。"))
    finds = models.TextField(_("見つかる言葉"), max_length=2_000, blank=True)
    note = models.CharField(_("メモ"), max_length=200, blank=True)
    # `WordGroup.name` of the shipped group this row stands in for: corrected, or switched off.
    shipped = models.CharField(max_length=100, blank=True)
    active = models.BooleanField(_("使う"), default=True)
    updated = models.DateTimeField(_("更新"), auto_now=True)

    class Meta:
        verbose_name = _("同じ意味の言葉")
        verbose_name_plural = _("同じ意味の言葉")
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        words = self.words.splitlines()
        return "、".join(words[:5]) + ("…" if len(words) > 5 else "")

    @property
    def group(self) -> WordGroup | None:
        """The words as the dictionary takes them; None where the row has too few."""
        words, finds = word_lines(self.words), word_lines(self.finds)
        if self.direction == self.Direction.SAME:
            return WordGroup(self.kind, words) if len(words) > 1 else None
        return WordGroup(self.kind, words, finds) if words and finds else None


def word_lines(text: str) -> tuple[str, ...]:
    """Words one a line, each once however it is spelt."""
    words: dict[str, str] = {}
    for line in text.splitlines():
        words.setdefault(key(line), line.strip())
    return tuple(word for form, word in words.items() if form)


class UnansweredQuestion(models.Model):
    """How often words were asked that found nothing: normalised words, a place and a day, never who or from where."""

    words = models.CharField(_("言葉"), max_length=200)
    area = models.CharField(_("地区"), max_length=200, blank=True)
    day = models.DateField(_("日"))
    count = models.PositiveIntegerField(_("回数"), default=0)

    objects = UnansweredQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("見つからなかった言葉")
        verbose_name_plural = _("見つからなかった言葉")
        constraints = [
            models.UniqueConstraint(fields=["words", "area", "day"], name="search_unanswered_once"),
        ]
        indexes = [models.Index(fields=["day"], name="search_unanswered_day")]

    def __str__(self) -> str:
        return self.words


class QuestionNote(models.Model):
    """What staff made of words that find nothing: something the place lacks, or settled."""

    class State(models.TextChoices):
        """How it stands. What was settled comes back when it is asked again after that day."""

        GAP = "gap", _("足りないものとして記録した")
        SETTLED = "settled", _("対応した・対応しない")

    words = models.CharField(_("言葉"), max_length=200)
    area = models.CharField(_("地区"), max_length=200, blank=True)
    state = models.CharField(_("扱い"), max_length=8, choices=State.choices, default=State.GAP)
    note = models.CharField(_("メモ"), max_length=200, blank=True)
    day = models.DateField(_("日"))

    class Meta:
        verbose_name = _("見つからなかった言葉のメモ")
        verbose_name_plural = _("見つからなかった言葉のメモ")
        constraints = [models.UniqueConstraint(fields=["words", "area"], name="search_note_once")]

    def __str__(self) -> str:
        return self.words
