"""The words a new site begins with. Editors change them in the admin; nothing here is about real groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from areas.models import Area, MunicipalityProfile

Words = dict[str, str]
Block = tuple[str, Any]


def words_of(profile: MunicipalityProfile | None, municipality: Area) -> Words:
    """What this municipality calls things, for the texts below."""
    profile = profile or MunicipalityProfile(municipality=municipality)
    return {
        "site_name": profile.site_name,
        "tagline": profile.site_tagline,
        "municipality": municipality.name,
        "council": profile.council_name or "社会福祉協議会",
        "residents": profile.residents_label,
        "district": profile.district_label,
        "disability": profile.disability_word,
        "desk": profile.desk_label,
        "phone": profile.contact_phone or "03-0000-0000",
        "email": profile.contact_email or "tsunagu@example.jp",
    }


def heading(text: str) -> Block:
    return ("heading", {"text": text, "level": "2"})


def paragraph(text: str) -> Block:
    return ("paragraph", f"<p>{text}</p>")


def bullets(*items: str) -> Block:
    return ("list", list(items))


def notice(title: str, text: str) -> Block:
    return ("notice", {"kind": "info", "title": title, "text": text})


def contact(words: Words, name: str) -> Block:
    return ("phone", {"name": name, "number": words["phone"], "hours": "平日 9:00〜17:00", "fax": ""})


def faq(question: str, answer: str) -> Block:
    return ("faq", {"question": question, "answer": f"<p>{answer}</p>"})


def accessibility(words: Words) -> list[Block]:
    return [
        paragraph(
            f"「{words['site_name']}」は、年齢や{words['disability']}の有無、使う機器にかかわらず、だれもが使えることを目ざします。"
        ),
        heading("目標とする基準"),
        bullets(
            "対象:このサイトのすべてのページ(地図の背景画像をのぞく)",
            "目標:JIS X 8341-3:2016 の適合レベルAAに準拠すること。WCAG 2.2 のレベルAAもあわせて確かめます",
            "期限:公開の日から。新しい機能は、公開する前に確かめます",
        ),
        heading("使いやすくするための工夫"),
        bullets(
            "文字の大きさ、配色、ふりがなを選べます。選んだ内容は次に開いたときもそのままです",
            "キーボードだけで使えます。スクリプトが動かない環境でも、さがす・読む・申しこむことができます",
            "場所のページには、音声読み上げに向いた文章の版と、A4で1枚の印刷の版があります",
            "地図には、同じ内容の一覧があります",
        ),
        heading("例外と、わかっている問題点"),
        paragraph(
            "団体が投稿した写真の中の文字は、説明文で補います。地図の背景画像は国土地理院の地理院タイルで、対象から除きます。"
        ),
        heading("試験結果"),
        paragraph("試験の結果は、実施したあと、このページで公開します。"),
        heading("ご意見・お困りのこと"),
        paragraph(
            "使いにくいところがあれば、お知らせください。電話、メール、窓口のどれでもうけたまわります。"
        ),
        contact(words, f"{words['council']} ウェブサイト担当"),
    ]


def privacy(words: Words) -> list[Block]:
    return [
        paragraph(
            f"{words['council']}は、このサイトであつかう個人情報を、個人情報保護法にしたがって大切にあつかいます。"
        ),
        heading("集める情報と、その使いみち"),
        bullets(
            "登録や申しこみで入力いただいた内容:手続きと、ご本人への連絡のため",
            "まちがいのお知らせの連絡先(任意):確かめたことをお返事するため",
            "見えかたの設定:お使いの機器のクッキー(Cookie)にだけ保存します。だれの設定かは分かりません",
        ),
        heading("集めない情報"),
        bullets(
            "さがしたことばを、だれがさがしたかと結びつけて記録することはありません",
            "「いまいる場所の近く」で使う位置は、約100メートル単位に丸めて使い、保存しません",
            "外部の広告や解析のしくみは使っていません",
        ),
        heading("外部への通信"),
        paragraph(
            "地図を開いたときだけ、国土地理院の地図画像を読みこみます。ほかに外部への通信はありません。"
        ),
        heading("第三者への提供"),
        paragraph("法令にもとづく場合をのぞき、ご本人の同意なしに第三者に提供しません。"),
        heading("開示・訂正・削除のご相談"),
        contact(words, f"{words['council']} 個人情報の窓口"),
    ]


def about(words: Words) -> list[Block]:
    return [
        paragraph(
            f"「{words['site_name']}」は、{words['municipality']}の{words['district']}ごとに、集まりや居場所、相談窓口をさがせるサイトです。"
        ),
        heading("のせているもの"),
        bullets(
            "サロン、地域カフェ、子ども食堂、体操などの集まり",
            f"{words['desk']}などの相談窓口",
            "借りられる部屋や場所",
        ),
        heading("情報の確かさ"),
        paragraph(
            "どのページにも「いつ・だれが・どうやって確認したか」を書いています。確認が古いものには、そのことを書いています。"
        ),
        paragraph("行く前に、電話などでお確かめいただくと安心です。"),
        heading("のせていないもの"),
        paragraph("個人の家の住所など、公開しないでほしいと言われた情報はのせていません。"),
        heading("まちがいを見つけたら"),
        paragraph("各ページの「まちがいを知らせる」から教えてください。職員が確かめて直します。"),
        heading("運営"),
        contact(words, words["council"]),
    ]


def guide(words: Words) -> list[Block]:
    return [
        heading("さがしかた"),
        bullets(
            "ことばを入れて「さがす」を押します。ひらがなでもかまいません",
            "「からすやま まーじゃん 日曜」のように、場所・すること・曜日をならべると、早く見つかります",
            "「今日やっている」を押すと、今日行けるところだけが出ます",
        ),
        heading("行く前に"),
        bullets(
            "「予約はいりません」と書いてあれば、そのままお越しください",
            "初めてで心配なときは、ページの電話番号にかけて「初めてです」とお伝えください",
            "「印刷する」で、A4の紙1枚にできます",
        ),
        heading("読みにくいとき"),
        paragraph(
            '画面の上の「文字」で大きく、「ふりがな」で漢字に読みかたがつきます。<a href="/display/">表示の設定</a>で、色も選べます。'
        ),
        heading("よくある質問"),
        faq(
            "登録しないと使えませんか。",
            "登録はいりません。さがす・読む・印刷することは、どなたでもできます。",
        ),
        faq("一人で行ってもだいじょうぶですか。", "だいじょうぶです。一人で来る方がたくさんいます。"),
        faq(
            "車いすで行けますか。",
            "各ページの「行きやすさ」に、段差・トイレ・エレベーターのことを書いています。「わかりません」とあるときは、お電話ください。",
        ),
        faq("インターネットが苦手です。", f"{words['desk']}にお電話ください。いっしょにさがします。"),
        contact(words, words["council"]),
    ]


def for_groups(words: Words) -> list[Block]:
    return [
        heading("のせませんか"),
        paragraph(
            "町会・自治会、NPO、3人のボランティアの会。地域のどなたかが参加できる活動なら、無料でのせられます。"
        ),
        heading("手続きの流れ"),
        bullets(
            "1. 3つの画面に、団体・活動・連絡先のことを入力します(10分ほど。途中で休めます)",
            "2. 担当の職員が内容を確かめます(1週間ほど)",
            "3. 公開します。あとから自分たちで直せます",
            "4. 年に2回ほど「いまもこのとおりですか」とうかがいます",
        ),
        paragraph('<a href="/join/">団体を登録する</a>'),
        paragraph(
            "インターネットが苦手な方は、担当の窓口にお電話ください。職員がお話をうかがって、代わりに入力します。"
        ),
        heading("すでにのっている団体の方へ"),
        paragraph(
            "ログインすると、日時の変更やお休みを、自分たちですぐに知らせられます。まだログインできない団体は、活動のページの「この団体の方へ」から申し出てください。お電話でもうけたまわります。"
        ),
        paragraph(
            '人手や場所、物をさがしている団体、ゆずれるものがある団体は、<a href="/board/">募集・できることの掲示板</a>に書き込めます。'
        ),
        faq(
            "代表者の電話番号は公開されますか。",
            "公開するかどうかを、番号ごとに選べます。選ばなければ公開しません。",
        ),
        faq("自宅で活動しています。", f"住所は出さずに、{words['district']}の名前だけをのせられます。"),
        contact(words, f"{words['council']} 地域支援担当"),
    ]


def contact_page(words: Words) -> list[Block]:
    return [
        paragraph("電話が苦手な方は、メールや窓口でもうけたまわります。"),
        contact(words, words["council"]),
        bullets(f"メール:{words['email']}", "窓口:平日 9:00〜17:00(祝日と12月29日〜1月3日は休み)"),
        heading("場所や日時のまちがいを見つけたとき"),
        paragraph("その場所のページの一番下「まちがいを知らせる」から送ると、早く直ります。"),
        heading("くらしの困りごと"),
        paragraph(
            f'お住まいの{words["district"]}の「{words["desk"]}」へどうぞ。<a href="/desk/">担当の窓口をさがす</a>'
        ),
    ]


def coming(words: Words) -> list[Block]:
    """For a word of the menu whose part of the site is not there yet: say so, and where to go meanwhile."""
    return [
        notice("準備しています", "できあがりしだい、このページに出ます。"),
        paragraph('集まりの日にちは、<a href="/find/?open=week">今週やっている場所</a>からさがせます。'),
        contact(words, words["council"]),
    ]


#: slug → (title, summary, body)
POLICIES: dict[str, tuple[str, str, Callable[[Words], list[Block]]]] = {
    "guide": ("はじめての方へ", "3つの手順でさがせます。登録はいりません。", guide),
    "for-groups": ("団体の方へ", "活動をのせたい方、のせている方へのご案内です。", for_groups),
    "contact": ("お問い合わせ", "{council}がおうけします。", contact_page),
    "privacy": ("個人情報の取扱い", "集める情報は必要なものだけです。", privacy),
    "accessibility": ("アクセシビリティ方針", "だれもが使えるサイトにするための約束です。", accessibility),
    "open-data": ("オープンデータ", "だれでも使えるデータのご案内です。", coming),
    "about": ("このサイトについて", "{municipality}の集まりと居場所をさがすサイトです。", about),
}

#: (days ago, (slug, kind, title, summary, body)); made-up examples
ARTICLES: tuple[tuple[int, tuple[str, str, str, str, list[Block]]], ...] = (
    (
        3,
        (
            "site-opened", "news", "新しいサイトができました", "{district}ごとに、集まりや居場所をさがせます。",
            [
                paragraph("ひらがなでも、カタカナでも、話すようなことばでもさがせます。"),
                notice("ご意見をお聞かせください", "使いにくいところがあれば、お問い合わせのページからお知らせください。"),
            ],
        ),
    ),
    (
        9,
        (
            "first-visit", "guide", "初めて集まりに行くときの3つのこつ", "電話で「初めてです」と言うだけで、ずっと楽になります。",
            [
                heading("1 電話で「初めてです」と伝える"),
                paragraph("入口で待っていてくれることもあります。"),
                heading("2 途中から行く、途中で帰る"),
                paragraph("多くの集まりは、出入り自由です。"),
                heading("3 合わなかったら、別のところへ"),
                paragraph("集まりの数だけ、雰囲気があります。"),
            ],
        ),
    ),
    (
        18,
        (
            "winter-closing", "news", "年末年始のお休みについて", "12月29日から1月3日まで、多くの集まりがお休みです。",
            [
                paragraph("それぞれのページの「いつ」をごらんください。相談窓口の年末年始の受付は、窓口のページに書いています。"),
            ],
        ),
    ),
)  # fmt: skip
