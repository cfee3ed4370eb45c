"""What the demo's entries are like, kind by kind. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """How entries of one category are named and described. `{nick}` and `{town}` are filled in."""

    code: str
    names: tuple[str, ...]
    kana: tuple[str, ...]
    summary: str
    description: str = ""
    plain: str = ""
    audiences: tuple[str, ...] = ("everyone",)
    fees: tuple[int | None, ...] = (0, 100, 200)
    joins: tuple[str, ...] = ("open", "open", "reservation")
    schedules: tuple[str, ...] = ()
    bring: str = ""
    weight: int = 1


WEEKDAY_MORNING = (
    "毎週火曜日 10:00〜11:30 祝日は休み",
    "毎週金曜日 10:00〜12:00 祝日は休み",
    "第2・第4木曜日 13:30〜15:30 祝日は休み",
    "第1・第3月曜日 10:00〜12:00 祝日は休み",
    "第1・第3水曜日 13:30〜15:30",
    "毎月第4金曜日 13:30〜15:00 祝日の場合は前週",
    "最終木曜日 10:00〜12:00",
)
WEEKEND = (
    "第4土曜日 11:30〜14:00",
    "第2日曜日 12:00〜14:00",
    "第1・第3土曜日 11:30〜13:30",
    "最終土曜日 11:00〜13:00",
    "第3日曜日 10:00〜12:00",
)
EVENING = ("毎週水曜日 17:30〜19:30 祝日は休み", "第2・第4金曜日 17:00〜19:00", "毎月12日 17:00〜19:00")
DAILY = ("平日 9:00〜17:00 年末年始は休み", "毎週月・水・金曜日 10:00〜16:00 祝日は休み")

KINDS: tuple[Kind, ...] = (
    Kind(
        "salon",
        ("ふれあいサロン{nick}", "{town}いきいきサロン", "{nick}のお茶の間"),
        ("ふれあいさろん{nick}", "{town}いきいきさろん", "{nick}のおちゃのま"),
        "お茶を飲みながら、ゆっくりおしゃべりする集まりです。はじめての方も、お一人の方もどうぞ。",
        "季節の歌や手あそび、かんたんな体操もします。途中から来ても、途中で帰っても大丈夫です。",
        "お茶を飲んで、話をします。だれでも来てください。",
        ("older", "everyone"),
        (100, 100, 0, 200),
        schedules=WEEKDAY_MORNING,
        weight=3,
    ),
    Kind(
        "community_cafe",
        ("{nick}カフェ{town}", "まちのえんがわ{nick}", "コミュニティカフェ{nick}"),
        ("{nick}かふぇ{town}", "まちのえんがわ{nick}", "こみゅにてぃかふぇ{nick}"),
        "コーヒーを飲みながら、だれでもおしゃべりできる場所です。途中から来ても、すぐ帰っても大丈夫です。",
        "子どもからお年寄りまで、近所の人が集まります。麻雀や囲碁の台もあります。",
        "コーヒーが飲めます。だれでも来てください。",
        fees=(100, 200, 300),
        schedules=(*WEEKDAY_MORNING, *WEEKEND),
        weight=2,
    ),
    Kind(
        "childrens_cafeteria",
        ("{town}子ども食堂", "みんなの食堂{nick}", "こども食堂{nick}"),
        ("{town}こどもしょくどう", "みんなのしょくどう{nick}", "こどもしょくどう{nick}"),
        "子どもも大人も、いっしょに晩ごはんを食べます。子どもは無料です。一人で来てもかまいません。",
        "食物アレルギーのある方は、申込みのときにお知らせください。",
        "みんなで ごはんを食べます。子どもは お金が いりません。",
        ("children", "parents", "everyone"),
        (0, 300, 300),
        ("reservation", "open"),
        (*WEEKEND, *EVENING),
        weight=2,
    ),
    Kind(
        "exercise",
        ("{town}いすの体操", "だれでも体操{nick}", "朝のラジオ体操{town}"),
        ("{town}いすのたいそう", "だれでもたいそう{nick}", "あさのらじおたいそう{town}"),
        "いすに座ったままできる、ゆっくりした体操です。ひざや腰に不安のある方もどうぞ。",
        "リハビリの専門職が、年に数回ようすを見に来ます。",
        "いすに すわって 体を うごかします。",
        ("older", "everyone"),
        (0, 0, 100),
        schedules=(*WEEKDAY_MORNING, "毎日 6:30〜6:40"),
        bring="飲み物、動きやすい服",
        weight=2,
    ),
    Kind(
        "dementia_cafe",
        ("オレンジカフェ{nick}", "もの忘れカフェ{town}"),
        ("おれんじかふぇ{nick}", "ものわすれかふぇ{town}"),
        "もの忘れが気になる方と、そのご家族のためのお茶の時間です。専門職に相談もできます。",
        audiences=("older", "carers"),
        fees=(100, 200),
        schedules=WEEKDAY_MORNING,
    ),
    Kind(
        "childcare_plaza",
        ("{town}親子ひろば", "おでかけひろば{nick}"),
        ("{town}おやこひろば", "おでかけひろば{nick}"),
        "小さいお子さんと保護者の方が、自由に遊べる場所です。身長や体重も測れます。",
        audiences=("infants", "parents"),
        fees=(0,),
        schedules=(*DAILY, "毎週火・木曜日 10:00〜15:00 祝日は休み"),
        bring="お子さんの飲み物、着替え",
    ),
    Kind(
        "child_salon",
        ("赤ちゃんサロン{nick}", "子育てサロン{town}"),
        ("あかちゃんさろん{nick}", "こそだてさろん{town}"),
        "赤ちゃんと保護者の集まりです。先輩のお母さん、お父さんがお手伝いします。",
        audiences=("infants", "parents"),
        fees=(0, 100),
        schedules=WEEKDAY_MORNING,
    ),
    Kind(
        "food_pantry",
        ("フードパントリー{nick}", "{town}食のおすそわけ"),
        ("ふーどぱんとりー{nick}", "{town}しょくのおすそわけ"),
        "お米や缶づめなどの食べものを、必要な方にお渡しします。理由はお聞きしません。",
        audiences=("hardship", "everyone"),
        fees=(0,),
        joins=("reservation", "referral"),
        schedules=("第3土曜日 10:00〜12:00", "奇数月の第2日曜日 13:00〜15:00"),
        bring="エコバッグ",
    ),
    Kind(
        "learning_support",
        ("無料塾{nick}", "{town}まなびの部屋"),
        ("むりょうじゅく{nick}", "{town}まなびのへや"),
        "学生や地域の大人が、宿題や受験の勉強を手伝います。",
        audiences=("children", "teens"),
        fees=(0,),
        joins=("reservation",),
        schedules=EVENING,
        bring="教科書、ノート",
    ),
    Kind(
        "free_space",
        ("フリースペース{nick}", "{town}みんなの居場所"),
        ("ふりーすぺーす{nick}", "{town}みんなのいばしょ"),
        "何もしなくてもよい場所です。本を読む、ゲームをする、ただいる。どれでもかまいません。",
        audiences=("youth", "teens", "everyone"),
        fees=(0,),
        schedules=(*DAILY, "毎週水曜日 13:00〜17:00"),
    ),
    Kind(
        "hobby",
        ("健康マージャン{nick}", "囲碁と将棋の会{town}", "歌声ひろば{nick}", "手芸と編み物{town}"),
        (
            "けんこうまーじゃん{nick}",
            "いごとしょうぎのかい{town}",
            "うたごえひろば{nick}",
            "しゅげいとあみもの{town}",
        ),
        "好きなことをいっしょに楽しむ集まりです。はじめての方には、やさしく教えます。",
        audiences=("older", "everyone"),
        fees=(200, 300, 0),
        schedules=(*WEEKDAY_MORNING, "第2・第4日曜日 13:00〜16:00"),
        weight=2,
    ),
    Kind(
        "meal_gathering",
        ("お昼ごはん会{town}", "{nick}会食会"),
        ("おひるごはんかい{town}", "{nick}かいしょくかい"),
        "手づくりのお昼ごはんを、みんなで食べる会です。",
        audiences=("older",),
        fees=(400, 500),
        joins=("reservation",),
        schedules=("第2火曜日 11:30〜13:30", "第4水曜日 11:30〜13:00 祝日は翌週"),
    ),
    Kind(
        "mini_day",
        ("支えあいミニデイ{nick}",),
        ("ささえあいみにでい{nick}",),
        "高齢の方が、昼食をはさんで一日ゆっくり過ごします。血圧も測ります。",
        audiences=("older",),
        fees=(500, 600),
        joins=("reservation",),
        schedules=("第1・第3木曜日 10:00〜15:00 祝日は休み",),
    ),
    Kind(
        "shopping",
        ("移動販売{nick}号 {town}", "{town}お買い物バス"),
        ("いどうはんばい{nick}ごう {town}", "{town}おかいものばす"),
        "野菜や日用品を積んだ車が来ます。重い物は玄関まで運びます。",
        audiences=("older", "everyone"),
        fees=(0,),
        schedules=("毎週木曜日 10:30〜11:00", "毎週火曜日 14:00〜14:30 年末年始は休み"),
    ),
    Kind(
        "course",
        ("スマホなんでも教室{town}", "やさしい筆ペン講座{nick}"),
        ("すまほなんでもきょうしつ{town}", "やさしいふでぺんこうざ{nick}"),
        "ゆっくり、何度でも聞ける教室です。ご自分の機械を持ってきてください。",
        audiences=("older", "everyone"),
        fees=(0, 300),
        joins=("reservation",),
        schedules=("第3火曜日 14:00〜16:00", "隔週土曜日 10:00〜12:00"),
    ),
    Kind(
        "farm",
        ("{town}みんなの農園", "花づくりの会{nick}"),
        ("{town}みんなののうえん", "はなづくりのかい{nick}"),
        "土にさわり、季節の野菜や花を育てます。水やりだけの参加も歓迎です。",
        fees=(0, 500),
        schedules=("第1・第3土曜日 9:00〜11:00 8月は休み", "毎週日曜日 8:00〜9:30"),
        bring="軍手、帽子、飲み物",
    ),
    Kind(
        "disability_activity",
        ("ボッチャの会{nick}", "地域活動の部屋{town}"),
        ("ぼっちゃのかい{nick}", "ちいきかつどうのへや{town}"),
        "障害のある方もない方も、いっしょに楽しむ活動です。付き添いの方もどうぞ。",
        audiences=("disabled", "everyone"),
        fees=(0, 100),
        schedules=("第2土曜日 13:30〜15:30", "毎週木曜日 10:00〜12:00 祝日は休み"),
    ),
    Kind(
        "carers",
        ("介護家族会{nick}", "介護者のつどい{town}"),
        ("かいごかぞくかい{nick}", "かいごしゃのつどい{town}"),
        "家族の介護をしている方が、気持ちを話し合う会です。ここで聞いたことは外に出しません。",
        audiences=("carers",),
        fees=(0, 100),
        schedules=("第4火曜日 13:30〜15:30", "偶数月の第3水曜日 18:30〜20:00"),
    ),
    Kind(
        "multicultural",
        ("日本語ひろば{nick}", "世界のお茶会{town}"),
        ("にほんごひろば{nick}", "せかいのおちゃかい{town}"),
        "日本語を学びたい方と、地域の人が話をする場所です。",
        plain="日本語で 話します。日本語が 少しでも だいじょうぶです。",
        audiences=("foreign", "everyone"),
        fees=(0, 100),
        schedules=("毎週土曜日 14:00〜16:00", "第1・第3木曜日 18:30〜20:00"),
    ),
    Kind(
        "volunteering",
        ("傾聴ボランティア募集{nick}", "送迎ボランティア募集{town}"),
        ("けいちょうぼらんてぃあぼしゅう{nick}", "そうげいぼらんてぃあぼしゅう{town}"),
        "月に1回から活動できます。はじめての方には、先輩がいっしょに付きます。",
        audiences=("seeking",),
        fees=(0,),
        joins=("reservation",),
        schedules=("予約・相談のうえ",),
    ),
    Kind(
        "watch_over",
        ("{town}見守りの会",),
        ("{town}みまもりのかい",),
        "登下校の見守りと、ひとり暮らしの方への声かけをしています。",
        audiences=("everyone", "seeking"),
        fees=(0,),
        schedules=("平日 7:40〜8:20",),
    ),
    Kind(
        "room",
        ("{town}みんなの部屋", "会議室の開放{nick}"),
        ("{town}みんなのへや", "かいぎしつのかいほう{nick}"),
        "地域の活動に使える部屋です。机といすがあります。",
        audiences=("everyone",),
        fees=(0, 500),
        joins=("reservation",),
        schedules=DAILY,
    ),
    Kind(
        "counselling",
        ("くらしの相談{nick}", "仕事とお金の相談室{town}"),
        ("くらしのそうだん{nick}", "しごととおかねのそうだんしつ{town}"),
        "お金、仕事、住まいの困りごとを、いっしょに考えます。秘密は守ります。",
        audiences=("hardship", "everyone"),
        fees=(0,),
        joins=("reservation", "open"),
        schedules=("平日 9:00〜17:00 年末年始は休み", "第2水曜日 13:00〜16:00"),
    ),
    Kind(
        "childrens_hall",
        ("{town}こどもの館",),
        ("{town}こどものやかた",),
        "18歳までの人が、自由に遊べる施設です。",
        audiences=("children", "teens", "infants"),
        fees=(0,),
        schedules=("毎週月曜から土曜 10:00〜18:00 祝日・年末年始は休み",),
    ),
    Kind(
        "disaster_prevention",
        ("防災カフェ{nick}", "{town}防災の会"),
        ("ぼうさいかふぇ{nick}", "{town}ぼうさいのかい"),
        "災害のときに助け合えるように、ふだんから顔を合わせる会です。",
        fees=(0, 100),
        schedules=("第3日曜日 10:00〜11:30", "年4回 不定期"),
    ),
    Kind(
        "shelter",
        ("{town}避難所運営訓練",),
        ("{town}ひなんじょうんえいくんれん",),
        "大きな地震のときに開く避難所の、年に1度の訓練です。",
        fees=(0,),
        schedules=("不定期",),
    ),
)
