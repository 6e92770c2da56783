// Passages as a reader sees them: where they stand, and what they say.

import { byline } from "./citations.js";
import { el, words } from "./elements.js";
import { hashOf, placeOf } from "./route.js";

/** A list of passages, each a link to its place in its article. */
export function passageList(hits) {
  return el("ol", { class: "passages" }, ...hits.map(passage));
}

/** The passages that were found, to fold away once there is an answer. */
export function passagesFound(hits) {
  const label = hits.length === 1 ? "1 passage found" : `${hits.length} passages found`;
  return el("details", { class: "read", open: true }, el("summary", {}, label), passageList(hits));
}

function passage(hit) {
  return el("li", {},
    el("a", { href: hashOf({ place: placeOf(hit) }) }, words("span", hit.article.title || "Untitled")),
    byline(hit),
    words("p", hit.text.trim(), { class: "extract" }));
}
