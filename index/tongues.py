"""The words of a text in other languages than English, brought to forms that can be compared.

No dictionary and no grammar: endings and the Arabic article are cut off, and of scripts written
without spaces each two characters that are neighbours are a word. Knows no index and no question.
"""

import unicodedata
from functools import lru_cache

from index.words import ASKING, UNSPACED_CHARACTER, WORD, pieces

# Letters that two forms of a word share, by script: "пассажиров" and "пассажира" share five. More
# would part the cases of a noun, fewer would bring different words together.
SHARED = {"CYRILLIC": 5, "ARABIC": 4}
SHARED_LATIN = 6
# What Arabic writes together with the word that follows: "and the", "by the", "the", "and" …
JOINED = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف")
LEAST = 3  # letters that have to be left of a word without them

# What questions are asked with and what every sentence has. By them a language is told, too.
SMALL: dict[str, frozenset[str]] = {
    "en": ASKING,
    "de": frozenset(
        """der die das den dem des ein eine einen einem einer eines und oder nicht ist sind war
        waren wird werden wurde wurden hat haben hatte im am zum zur von vom mit nach aus bei auf
        für über unter durch sich es sie er wir ihr als wie dass was wer wen wem wo wann warum
        welche welcher welches welchen wieviel viele viel hoch lange laut seit bis in an ab
        zu""".split()
    ),
    "fr": frozenset(
        """le la les l un une des du de d et ou ne pas est sont était a ont avait dans sur sous avec
        pour par en au aux ce cette ces il elle ils elles on se sa son ses que qui quoi quel quelle
        quels quelles quand où comment pourquoi combien selon t encore y c s qu n à""".split()
    ),
    "es": frozenset(
        """el la los las un una unos unas y o no es son fue eran ha han había del al de con por para
        en su sus se lo le sin que qué quién quiénes cuál cuáles cuándo dónde cómo cuánto cuánta
        cuántos cuántas según más a""".split()
    ),
    "ru": frozenset(
        """и в во на с со к по из за от до о об у не но а что как это он она они его ее её их был
        была было были для кто чем чём где когда почему зачем какой какая какое какие каком сколько
        ли же во при над под""".split()
    ),
    "ar": frozenset(
        """في من إلى الى على عن مع أن ان إن هو هي هم ما ماذا متى أين اين كم كيف لماذا هل أي اي التي
        الذي كان كانت قد لم لن لا حتى بعد قبل""".split()
    ),
}
# Letters and signs that the others of these languages do not write.
OWN = {"de": "äöüß", "fr": "çœêèàùû", "es": "ñ¿¡íóú"}
# Characters of Chinese and Japanese questions and of their grammar.
SMALL_CHARACTERS = frozenset(
    "的了是在和与或吗呢么什谁哪几多少怎为何时候有于将被把也都就这那其のはがをにへとでもかどこなに"
)
SCRIPTS = {
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CYRILLIC": "ru",
    "ARABIC": "ar",
    "THAI": "th",
}


@lru_cache(maxsize=4096)
def language_of(text: str) -> str:
    """Return the language of a question, by its script and its small words; in doubt English."""
    words = WORD.findall(text.casefold())
    scripts = [script_of(word) for word in words if word[0].isalpha()]
    foreign = [script for script in scripts if script in SCRIPTS]
    if len(foreign) * 2 > len(scripts):
        has_kana = any(script_of(c) in ("HIRAGANA", "KATAKANA") for c in text if c.isalpha())
        return "ja" if has_kana else SCRIPTS[max(foreign, key=foreign.count)]
    scores = {
        language: sum(word in small for word in words)
        + sum(sign in text.casefold() for sign in OWN.get(language, ""))
        for language, small in SMALL.items()
    }
    most = max(scores, key=lambda language: scores[language])  # English, where others have as much
    return most if scores[most] >= 2 else "en"


def comparable(text: str, language: str) -> set[str]:
    """Return the words of a text but the small ones, in the forms in which they are compared.

    `language` is that of the question, for every text that is compared with it.
    """
    found = {piece for piece in pieces(text) if not is_small(piece, language)}
    return {form(piece) for piece in found}


def is_small(piece: str, language: str) -> bool:
    """Whether a word or a pair of characters tells nothing of what a question is about."""
    if UNSPACED_CHARACTER.match(piece):
        return bool(SMALL_CHARACTERS.intersection(piece))
    return piece in SMALL.get(language, ())


@lru_cache(maxsize=65536)
def form(word: str) -> str:
    """Return what the forms of a word have in common; figures and pairs stay as they are."""
    script = script_of(word)
    if script == "ARABIC":
        word = without_joined(word)
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if bare[0].isdigit() or UNSPACED_CHARACTER.match(bare):
        return bare
    if script == "LATIN" and len(bare) > LEAST:
        bare = bare.removesuffix("s")
    return bare[: SHARED.get(script, SHARED_LATIN)]


def without_joined(word: str) -> str:
    """Return an Arabic word without the article, conjunction or preposition written with it."""
    for prefix in JOINED:
        if word.startswith(prefix) and len(word) - len(prefix) >= LEAST:
            return word.removeprefix(prefix)
    return word


def script_of(word: str) -> str:
    """Return the script of a word's first character: "LATIN", "CYRILLIC", "CJK", "DIGIT"."""
    return unicodedata.name(word[0], "").split(" ")[0]
