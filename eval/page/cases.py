"""One case as a reader of the report sees it. Knows no summary."""

from collections.abc import Callable

from eval.cases import Gold
from eval.page.markup import Html, join, tag
from eval.replies import Quoted
from eval.scoring import METRICS, Scored
from eval.summary import number
from qa_service.answers import Claim, Verdict

FOLDED = {"search", "cost"}  # groups whose scores a reader of one case rarely looks for


def case_kind(one: Scored) -> str:
    """Name what became of the case, for the filter."""
    if one.reply.error is not None:
        return "error"
    if not one.case.answerable:
        return "answered, absent" if one.reply.answered else "refused, absent"
    if not one.reply.answered:
        return "refused although present"
    if "right" not in one.scores:
        return "answered"
    return "right" if one.scores["right"].value == 1 else "wrong"


def status_of(one: Scored) -> Html:
    """Name what became of the case, in the colour of it."""
    kind = case_kind(one)
    colour = "good" if kind in {"right", "refused, absent"} else "bad"
    return tag("span", kind, class_="soft" if kind == "answered" else colour)


def show_case(at: int, one: Scored) -> Html:
    """Write the question, the answer with claims and quotes, the gold, every score with why."""
    reply = one.reply
    parts = [
        tag("p", reply.text or reply.error or "Not found."),
        *(_claim(claim) for claim in reply.claims),
        *(_quote(quote) for quote in reply.quotes),
        tag("p", f"Right would be: {', '.join(one.case.answers) or 'not found'}", class_="soft"),
        *(_gold(gold) for gold in one.case.gold),
        _scores(one, lambda group: group not in FOLDED),
        tag("details", tag("summary", "search and cost"), _scores(one, FOLDED.__contains__)),
    ]
    heading = tag("summary", one.case.question, " ", status_of(one))
    as_of = f"as of {one.case.as_of}; " if one.case.as_of else ""
    about = f"{one.case.id}; {as_of}confidence {_confidence(one)}; {reply.model}"
    return tag("details", heading, tag("p", about, class_="soft"), *parts, id=f"case-{at}")


def _confidence(one: Scored) -> str:
    return "not given" if one.reply.confidence is None else number(one.reply.confidence)


def _claim(claim: Claim) -> Html:
    supported = claim.verdict is Verdict.SUPPORTED
    numbers = " ".join(f"[{n}]" for n in claim.citations) or "no citation"
    issues = "; ".join(f"{issue.kind}: {issue.detail}" for issue in claim.issues)
    how = [name for name in ("moved", "verbatim") if getattr(claim, name)]
    verdict = tag(
        "span", ", ".join((claim.verdict.value, *how)), class_="good" if supported else "bad"
    )
    return tag("p", verdict, f" {claim.text} {numbers} ", tag("span", issues, class_="soft"))


def _quote(quote: Quoted) -> Html:
    where = f"[{quote.number}] {quote.title} ({quote.published or 'no date'}), "
    place = f"{quote.article_id}, {quote.start} to {quote.end}"
    exact = "" if quote.quote == quote.stored else f" NOT what is stored: {quote.stored!r}"
    return join(
        tag("blockquote", quote.quote),
        tag("p", where, place, tag("strong", exact, class_="bad"), class_="soft"),
    )


def _gold(gold: Gold) -> Html:
    where = gold.article_id or gold.url or gold.file or "any article"
    return tag("p", f"Gold: {where} ", tag("q", gold.quote) if gold.quote else "", class_="soft")


def _scores(one: Scored, shown: Callable[[str], bool]) -> Html:
    names = [metric.name for metric in METRICS if shown(metric.group) and metric.name in one.scores]
    return tag("dl", *(_score(name, one) for name in names))


def _score(name: str, one: Scored) -> Html:
    score = one.scores[name]
    return join(tag("dt", name), tag("dd", f"{number(score.value)}: {score.reason}"))
