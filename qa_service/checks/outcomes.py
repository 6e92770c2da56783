"""Who won, lost, died or resigned: the source must say so near the cited words.

Asked who won, a model names whoever is near: one of two teams that, says a preview, "take on" each
other for the title. The other words of a question may stand anywhere in the article.
"""

from qa_service.answers import Issue
from qa_service.checks.cited import Cited
from qa_service.checks.words import lemmas, tokens

SAID = {  # what tells of the outcome beside the words themselves
    "win won winner": "victory victor victorious beat beaten defeat champion crown clinch triumph "
    "title trophy prevail award earn claim claimed secure best gold medal medalist honor elected "
    "reelected landslide topple oust edge sweep swept snag receive topped home bag scoop recipient "
    "laureate prize",
    "lose lost loser": "defeat beaten beat fall fell drop forfeit miss shed cost concede win won",
    "die died death": "dead kill killed fatal body bodies deceased passed late mourn funeral toll "
    "obituary drown murder shot assassinate perish victim",
    "runner": "second silver runners trail behind",  # -up
    "resign resigned resignation": "quit step stepped leave left oust exit depart replace down",
}
GROUPS = [(lemmas(words), lemmas(f"{words} {others}")) for words, others in SAID.items()]


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the outcome that the claim tells and nothing near the cited sentences does."""
    if (cited.language or "en") != "en":
        return []
    there = {t.stem for t in tokens(cited.told)}
    for token in tokens(claim):
        if any(token.stem in words and not telling & there for words, telling in GROUPS):
            return [Issue("content", f"The source does not say “{token.text}” there.")]
    return []
