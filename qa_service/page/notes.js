// The small print of an answer: what it was restricted to, how sure it is, how it was made.

import { copyButton } from "./citations.js";
import { day, shifted } from "./dates.js";
import { el, words } from "./elements.js";
import { hashOf } from "./route.js";

/** "Only articles from BBC, published from 1 September 2023"; null where nothing was restricted. */
export function restriction(filters) {
  const only = [
    filters.sources?.length ? `from ${filters.sources.join(", ")}` : null,
    filters.authors?.length ? `by ${filters.authors.join(", ")}` : null,
    filters.languages?.length ? `in ${filters.languages.join(", ")}` : null,
    filters.published_from ? `published from ${day(filters.published_from)}` : null,
    // the service's upper bound is half-open: the day before is the last one that counts
    filters.published_to ? `published to ${day(shifted(filters.published_to, -1))}` : null,
  ].filter(Boolean);
  const said = [
    filters.as_of ? `As of ${day(filters.as_of)}` : null,
    only.length ? `Only articles ${only.join(", ")}` : null,
  ].filter(Boolean);
  return said.length ? words("p", said.join(". "), { class: "restriction" }) : null;
}

/** The foot of an answer. */
export function footnote({ id, status, confidence, model, timings_ms: timings, created }) {
  const of = status === "not_found" ? "Confidence that there is an answer" : "Confidence";
  const said = [
    typeof confidence === "number" ? `${of} ${Math.round(confidence * 100)} %` : null,
    timings?.total ? `${(timings.total / 1000).toFixed(1)} s` : null,
    model ? `Written by ${model}` : null,
    created ? day(created) : null,
  ].filter(Boolean);
  return el("footer", { class: "footnote" },
    el("span", {}, said.join(" · ")),
    id ? copyButton("Copy link to this answer", () => `${location.origin}${location.pathname}${hashOf({ answer: id })}`) : null);
}
