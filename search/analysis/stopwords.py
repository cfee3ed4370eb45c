"""Words of a question that say nothing about what is looked for. Kept when nothing else is left."""

from .normalise import key

# Compared by the keys of tokens (normalised forms): 「出来る」 covers できる, 「所」 covers ところ.
_WORDS = """
    為る する 出来る できる 有る ある 居る いる 行く 行ける 成る なる 貰う もらう 呉れる くれる 下さる ください 頂く いただく
    見る みる 知る 教える 探す さがす 欲しい ほしい 為す やる 遣る 来る くる 言う いう 思う 使う つかう 入る 受ける
    所 ところ 場所 場 事 こと 物 もの 為 ため 方 ほう 人 時 とき 何 なに 何か 何処 どこ 何処か どこか 何時 いつ 誰 誰か 此処 其処
    近い 近く ちかく 近所 付近 周辺 辺り 最寄り 良い いい 無い ない たい 様 よう 等 など 系 中 御 さん 達 たち
    辛い つらい しんどい きつい 困る 心配 不安 悩む 大変 嫌 苦手 さっぱり 全然 凄い とても もう ちょっと 少し 最近 毎日 本当
    侭 集まり 集まる 出来れば 気軽 ゆっくり のんびり 楽しい 楽しむ
    情報 一覧 案内 詳細 検索 地域 地区 会 者 的 用 向け 向き 一緒 今 色々 是非 教室
""".split()  # noqa: SIM905
_KEYS = frozenset(key(word) for word in _WORDS)


# What any gathering is called and anybody wants to do there. Beside a more telling word they only raise.
_GENERAL_WORDS = """
    交流 みんな 皆 私 わたし 主人 旦那 夫 妻 嫁 母 父 息子 娘 孫 弟 妹 兄 姉 年
    無い 集まり 集い つどい 集う 集まる サークル クラブ グループ 団体 仲間 活動 参加 開催 イベント 催し 催し物 行事 企画 サービス 利用
    体験 仕組み しくみ 取り組み 話す 話せる 聞く 聞ける 習う 習える 学ぶ 学べる 過ごす 過ごせる 楽しむ 楽しめる 通う 通える 始める
    教わる 覚える 受け入れる 開く 開ける 会う 会える 食べる 持つ 入れる 困る 悩む 選ぶ 作る 頼む 頼める 相手 毎週 毎月 定期 定期的
    夫婦 家族 自分 初めて 普段 気軽 手軽 簡単 すぐ 直ぐ 無理 大丈夫 限界 もう いつも どんな そんな 一番 本当 最近 沢山 たくさん ちょっと
    少し とても 凄い すごく 全部 全然 さっぱり 暇 ひま 感じ 気 お勧め おすすめ 人気 有名 駅 駅前 駅近 徒歩 募集 前 後
""".split()  # noqa: SIM905
_GENERAL_KEYS = frozenset(key(word) for word in _GENERAL_WORDS)


def is_general(keys: tuple[str, ...]) -> bool:
    """Whether a token with these keys says little beside any other: 集まり, 活動, 話す."""
    return any(form in _GENERAL_KEYS for form in keys)


def is_stop_word(keys: tuple[str, ...]) -> bool:
    """Whether a token with these keys can be left out of a question."""
    return any(form in _KEYS for form in keys)
