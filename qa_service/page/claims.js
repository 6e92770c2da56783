// Claims on the page: those that stand, with their numbers, and those that were left out.

import { showCardOn } from "./card.js";
import { day } from "./dates.js";
import { el, words } from "./elements.js";
import { hashOf, placeOf } from "./route.js";

const SINCE = { changed: ", changed since", withdrawn: ", withdrawn since", mismatch: ", not in the article" };

/** A claim and the numbers of what it rests on; `citationOf(number)` finds each. */
export function claimText(claim, citationOf) {
  if (claim.verdict === "withdrawn") {
    return el("span", { class: "claim gone" }, "[A sentence rested on an article that has been withdrawn.] ");
  }
  return el("span", { class: "claim" },
    words("span", claim.verbatim ? `“${claim.text}”` : claim.text), ...claim.citations.map((number) => numberLink(number, citationOf)), " ");
}

/** The claims that could not be verified, folded, each with why. */
export function leftOut(claims) {
  if (!claims.length) return null;
  const label = claims.length === 1 ? "1 sentence" : `${claims.length} sentences`;
  return el("details", { class: "left-out" },
    el("summary", {}, `${label} left out: could not be verified`),
    el("ul", {}, ...claims.map((claim) => el("li", {},
      words("p", claim.text, { class: "doubted" }),
      ...(claim.issues ?? []).map((issue) => words("p", issue.detail ?? issue.kind, { class: "issue" }))))));
}

function numberLink(number, citationOf) {
  const citation = citationOf(number);
  if (!citation) return `[${number}]`; // never dropped in silence
  const from = [citation.article.source, day(citation.article.published)].filter(Boolean).join(", ");
  const today = SINCE[citation.standing] ?? "";
  const link = el("a", {
    class: `number ${citation.standing ?? ""}`,
    href: hashOf({ place: placeOf(citation) }),
    "aria-label": `${number}: quote from ${from || "an article"}${today}`,
    "aria-describedby": "card-words",
  }, String(number));
  showCardOn(link, () => citationOf(number));
  return link;
}
