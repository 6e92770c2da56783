"""Words that say the same: one sense for each side of a pair of opposites, and some synonyms."""

from qa_service.checks.opposites import OPPOSITES
from qa_service.checks.words import FUNCTION, Token, lemma

SYNONYMS = (
    "kill die dead death fatality fatalities perish murdered",
    "injure wound hurt injury injuries",
    "say tell declare remark announce",
    "beat defeat overcome thrash edge",
    "car vehicle",
    "film movie",
)


def senses() -> dict[str, str]:
    """Map the stem of each word of the tables to the name of its sense."""
    table: dict[str, str] = {}
    for number, line in enumerate(OPPOSITES.strip().splitlines()):
        for side, words in zip("+-", line.split("|"), strict=True):
            for word in words.split():
                table.setdefault(lemma(word), f"{number}{side}")
    for number, words in enumerate(SYNONYMS):
        for word in words.split():
            table.setdefault(lemma(word), f"s{number}")
    return table


SENSES = senses()


def sense(stem: str) -> str:
    """The sense of a stem where the tables know one, else the stem itself."""
    return SENSES.get(stem, stem)


def opposite(meaning: str) -> str | None:
    """The contrary of a sense: "3+" for "3-"; None for a word that has none here."""
    if len(meaning) > 1 and meaning[-1] in "+-" and meaning[:-1].isdigit():
        return meaning[:-1] + ("-" if meaning[-1] == "+" else "+")
    return None


def directed(token: Token) -> str | None:
    """The sense of a word that has an opposite."""
    meaning = SENSES.get(token.stem)
    return meaning if meaning and opposite(meaning) else None


def content_or_directed(token: Token) -> bool:
    """Whether a word counts for its meaning although it is a small one ("up", "against")."""
    return token.is_word and (token.key not in FUNCTION or directed(token) is not None)
