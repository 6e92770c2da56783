// The history of an article, in the pane: its versions, which one is shown, what each one changed.

import { day } from "./dates.js";
import { el, words } from "./elements.js";
import { hashOf } from "./route.js";

const WITHDRAWN = {
  removed: "Withdrawn here",
  canceled: "Withdrawn by its publisher: canceled",
  withheld: "Withdrawn by its publisher: withheld",
};
const FACTS = {
  published_known_by: "how its date is known", usable_from: "its embargo", url: "its address",
  edition: "what its publisher calls the version",
};

/** Which version is shown, and all of them behind it; null where there is only one. */
export function versionsOf({ id, versions }, shown) {
  if (versions.length < 2) return null;
  const number = versions.findLastIndex(({ version }) => version === shown) + 1;
  const current = shown === versions.at(-1).version;
  const said = current
    ? `Version ${number} of ${versions.length}, the current one`
    : `Version ${number} of ${versions.length}: the article has been revised since`;
  return el("details", { class: current ? "versions" : "versions outdated" },
    el("summary", {}, said),
    history({ id, versions }, shown));
}

/** All versions, oldest first, with what each one changed; those that may be read are links. */
export function history({ id, versions }, shown = null) {
  const gone = versions.findLastIndex(({ withdrawn }) => withdrawn);
  return el("ol", { class: "history" }, ...versions.map((revision, n) => el("li", {},
    el("p", {},
      `${n + 1} · `, el("time", { datetime: revision.arrived }, day(revision.arrived)), " · ",
      n > gone ? opener(id, revision, shown) : fate(revision)),
    ...(revision.changes ? changed(revision.changes) : []))));
}

function opener(id, { version }, shown) {
  return version === shown ? "shown here" : el("a", { href: hashOf({ place: { article: id, version } }) }, "Open this version");
}

function fate({ withdrawn, status }) {
  return withdrawn ? WITHDRAWN[status] ?? "Withdrawn" : "no longer shown";
}

function changed({ added, removed, facts }) {
  const named = facts.map((name) => FACTS[name] ?? name).join(", ");
  return [
    ...removed.map(({ quote }) => el("p", { class: "change" }, "Removed: ", words("del", quote))),
    ...added.map(({ quote }) => el("p", { class: "change" }, "Added: ", words("ins", quote))),
    named ? el("p", { class: "change" }, `Also changed: ${named}`) : null,
  ].filter(Boolean);
}
