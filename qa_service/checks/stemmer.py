"""A light stemmer for English that does no harm elsewhere.

Takes folded words, one at a time; knows no text. Other languages are compared by a shared beginning
(`alike`). Search stems otherwise (`index.words`).
"""

from functools import lru_cache

IRREGULAR = {
    form: lemma
    for lemma, forms in {
        "be": "is are was were been being am",
        "have": "has had having",
        "do": "does did done doing",
        "say": "said says saying",
        "tell": "told",
        "win": "won winning",
        "lose": "lost loses losing loss losses",
        "rise": "rose risen rising",
        "fall": "fell fallen",
        "go": "went gone goes",
        "come": "came",
        "take": "took taken",
        "give": "gave given",
        "make": "made making",
        "get": "got gotten getting",
        "see": "saw seen",
        "know": "knew known",
        "think": "thought",
        "find": "found",
        "leave": "left leaving",
        "begin": "began begun beginning",
        "write": "wrote written writing",
        "speak": "spoke spoken",
        "buy": "bought",
        "sell": "sold",
        "hold": "held",
        "keep": "kept",
        "meet": "met meeting",
        "pay": "paid",
        "send": "sent",
        "build": "built",
        "lead": "led",
        "grow": "grew grown growth",
        "die": "died dies dying death deaths dead",
        "kill": "killed killing",
        "shoot": "shot shooting",
        "steal": "stole stolen",
        "break": "broke broken",
        "beat": "beaten",
        "choose": "chose chosen choice",
        "show": "shown",
        "drive": "drove driven",
        "fly": "flew flown flight",
        "fight": "fought",
        "hit": "hitting",
        "run": "ran running",
        "sing": "sang sung",
        "strike": "struck stricken",
        "swear": "swore sworn",
        "throw": "threw thrown",
        "wear": "wore worn",
        "bring": "brought",
        "teach": "taught",
        "catch": "caught",
        "become": "became",
        "draw": "drew drawn",
        "eat": "ate eaten",
        "forget": "forgot forgotten",
        "hear": "heard",
        "lie": "lay lain lying",
        "feel": "felt",
        "stand": "stood",
        "understand": "understood",
        "withdraw": "withdrew withdrawn withdrawal",
        "deny": "denied denies denial",
        "man": "men",
        "woman": "women",
        "child": "children",
        "person": "people persons",
        "foot": "feet",
        "wife": "wives",
        "life": "lives",
        "live": "lived",
        "travel": "travelled traveled travelling",
        "cancel": "cancelled canceled cancelling cancellation",
        "use": "used using",
        "spend": "spent",
        "seek": "sought",
        "set": "setting",
        "forbid": "forbade forbidden",
        "freeze": "froze frozen",
        "hide": "hid hidden",
        "rule": "ruled ruling",
        "shrink": "shrank shrunk",
        "sink": "sank sunk",
        "swim": "swam swum",
        "wake": "woke woken",
        "cut": "cutting",
        "put": "putting",
        "quit": "quitting",
        "agree": "agreed agreement",
        "arrive": "arrival",
        "approve": "approval",
        "refuse": "refusal",
        "resign": "resignation",
        "elect": "election",
        "announce": "announcement",
        "decide": "decision",
        "marry": "married marriage",
        "fail": "failure",
    }.items()
    for form in forms.split()
}


@lru_cache(maxsize=65536)
def stem(key: str) -> str:
    """Bring the forms of an English word together: "rising", "rose" and "risen" to one stem."""
    return regular(IRREGULAR.get(key, key)) if key in IRREGULAR else irregular_root(regular(key))


def irregular_root(root: str) -> str:
    """Map a stem that is itself an irregular form ("deaths" gives "death") to its verb."""
    return regular(IRREGULAR[root]) if root in IRREGULAR else root


def regular(word: str) -> str:
    """Take the regular English endings off."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and word[-2] not in "sui":
        word = word[:-1]
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 2 and word.endswith(ending):
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if len(word) > 4 and word.endswith("ie"):
        word = word[:-2] + "y"
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    return word[:-1] + "y" if len(word) > 3 and word[-1] == "i" else word


def alike(one: str, other: str) -> bool:
    """Whether two stems are forms of one word: equal, or the same beginning and a short ending."""
    if one == other:
        return True
    short, long = sorted((len(one), len(other)))
    need = max(4, (2 * long + 2) // 3)
    return short >= need and one[:need] == other[:need]
