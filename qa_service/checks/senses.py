"""Words that say the same and words that say the contrary: a table, for comparing verbs.

Each line is a pair of opposites, `one side | other side`; every word of a side has one sense.
"""

from qa_service.checks.words import FUNCTION, Token, lemma

OPPOSITES = (
    """
rise increase grow climb surge jump gain soar rocket spike swell upward uptick
  | fall drop decrease decline plunge plummet tumble sink slump slide shrink dip dwindle downward
raise hike boost heighten lift | cut lower reduce slash trim
higher more greater upper larger bigger | lower fewer less smaller
up | down
above over exceed exceeded | below under
before ahead prior | after following
first | last
highest most largest biggest | lowest fewest smallest least
win victory triumph | lose
approve pass adopt endorse greenlight ratify | reject veto disapprove
accept agree | refuse decline turned
confirm acknowledge admit affirm | deny refute dispute
support back favor favour for backed | oppose against
open reopen opened | close shut closed
start begin launch commence | end stop halt finish cease conclude
buy purchase acquire bought | sell sold
hire appoint recruit employ | fire sack dismiss
arrest detain jail imprison | release free freed
guilty convict convicted | innocent acquit acquitted cleared
arrive enter | leave depart exit
join | quit resign
allow permit legalize legalise let | ban prohibit bar forbid outlaw block
include | exclude omit
import | export
lend | borrow
succeed success | fail
remember | forget
alive survive survivor living | dead die
strengthen stronger strong | weaken weaker weak
improve better best | worsen worse worst deteriorate
old older oldest elder | young younger youngest
long longer longest | short shorter shortest
early earlier earliest | late later latest
hot hotter hottest warm warmer | cold colder coldest cool cooler
fast faster quick quicker quickly | slow slower slowly
rich richer wealthy | poor poorer
male man boy | female woman girl
husband | wife
son brother father | daughter sister mother
east eastern | west western
north northern | south southern
left | right
public | private
legal lawful | illegal unlawful
possible likely | impossible unlikely
safe | dangerous unsafe
true | false untrue
positive | negative
majority | minority
maximum | minimum
advance | retreat withdraw
attack | defend
praise welcome applaud | criticize criticise condemn blast slam
profit | loss
surplus | deficit
expand | contract
tighten | loosen ease relax
employed | unemployed
married wed | divorce divorced
present | absent
morning | evening
extend lengthen | shorten curtail
delay postpone | hasten
ally friend | enemy rival foe
create build | destroy demolish
add | remove
""".replace("\n  |", " |")
    .strip()
    .splitlines()
)

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
    for number, line in enumerate(OPPOSITES):
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
