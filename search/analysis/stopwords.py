"""Words of a question that say nothing about what is looked for. Kept when nothing else is left."""

from .normalise import key

# Compared by the keys of tokens (normalised forms): 「出来る」 covers できる, 「所」 covers ところ.
_WORDS = """
    為る する 出来る できる 有る ある 居る いる 行く 行ける 成る なる 貰う もらう 呉れる くれる 下さる ください 頂く いただく
    見る みる 知る 教える 探す さがす 欲しい ほしい 為す やる 遣る 来る くる 言う いう 思う 使う つかう 入る 受ける
    所 ところ 場所 場 事 こと 物 もの 為 ため 方 ほう 人 時 とき 何 なに 何か 何処 どこ 何処か どこか 何時 いつ 誰 誰か 此処 其処
    近い 近く ちかく 近所 付近 周辺 辺り 最寄り 良い いい 無い ない たい 様 よう 等 など 系 中 御 さん 達 たち
    辛い つらい しんどい きつい 困る 心配 不安 悩む 大変 嫌 苦手 さっぱり 全然 凄い とても もう ちょっと 少し 最近 毎日 本当
    集まり 集まる 出来れば 気軽 ゆっくり のんびり 楽しい 楽しむ
    情報 一覧 案内 詳細 検索 地域 地区 会 者 的 用 向け 向き 一緒 今 色々 是非 教室
""".split()  # noqa: SIM905
_KEYS = frozenset(key(word) for word in _WORDS)


def is_stop_word(keys: tuple[str, ...]) -> bool:
    """Whether a token with these keys can be left out of a question."""
    return any(form in _KEYS for form in keys)
