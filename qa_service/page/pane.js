// The article beside the answer, opened at the quoted words.

import { getArticle, getVersions, verifyCitation } from "./api.js";
import { focusQuietly } from "./card.js";
import { attribution, byline, copyButton, remarks, standing } from "./citations.js";
import { byId, el, outside, words } from "./elements.js";
import { toUtf16Span } from "./points.js";
import { linkTo, settleRoute } from "./route.js";
import { history, versionsOf } from "./versions.js";

const GONE = 410;

const pane = byId("pane");
const body = byId("pane-body");
const covering = matchMedia("(max-width: 64rem)"); // there the pane lies over the page: see chat.css
let opener = null;
let current = 0; // the latest request; what an earlier one brings is thrown away

/** Open the article at a place; `{article, version, start, end}` with offsets in code points. */
export async function openPane(place) {
  const request = (current += 1);
  if (pane.hidden) opener = document.activeElement;
  pane.hidden = false;
  document.body.classList.add("with-pane");
  coverRest();
  body.replaceChildren(el("p", { class: "note", id: "pane-title" }, "Fetching the article…"));
  pane.focus({ preventScroll: true });
  try {
    const article = await getArticle(place.article, place.version);
    if (request === current) showArticle(article, place);
  } catch (problem) {
    if (request === current) showProblem(problem, place);
  }
}

/** Close it and give focus back to where it was; true if it was open. */
export function closePane() {
  if (pane.hidden) return false;
  current += 1;
  pane.hidden = true;
  document.body.classList.remove("with-pane");
  coverRest();
  settleRoute({ place: null });
  if (opener?.isConnected) focusQuietly(opener);
  return true;
}

function showArticle(article, place) {
  const span = toUtf16Span(article.text, place.start, place.end);
  const quote = span && article.text.slice(span.start, span.end);
  const stands = el("div", { role: "status" });
  body.replaceChildren(
    words("h2", article.title || "Untitled", { id: "pane-title", class: "headline" }),
    byline({ article }),
    el("div", { class: "actions" },
      quote ? copyButton("Copy with attribution", () => attribution({ quote, article, ...place })) : null,
      copyButton("Copy link", () => linkTo(place)),
      outside(article.url, "Original article")),
    stands,
    ...remarks({ notice: article.notice, edition: article.edition }),
    el("div", { class: "article-text", lang: article.language }, ...paragraphs(article.text, span)));
  if (place.start !== null && !span) {
    stands.append(el("p", { class: "standing mismatch" }, "The place that this link names is not in the article."));
  }
  body.querySelector("mark")?.scrollIntoView({ block: "center", behavior: "instant" });
  showVersions(stands, article);
  if (quote) showStanding(stands, article, { article_id: article.id, version: article.version, quote, start: place.start, end: place.end });
}

/** One element a line of the article, the span marked where it runs; `span` in UTF-16 units. */
function paragraphs(text, span) {
  const nodes = [];
  let at = 0;
  for (const line of text.split("\n")) {
    if (line.trim()) nodes.push(el("p", { dir: "auto" }, ...marked(line, span, at)));
    at += line.length + 1;
  }
  return nodes;
}

/** The line's characters, those within the span in a `<mark>`; the line begins at `at`. */
function marked(line, span, at) {
  const start = Math.min(Math.max((span?.start ?? 0) - at, 0), line.length);
  const end = Math.min(Math.max((span?.end ?? 0) - at, 0), line.length);
  if (start === end) return [line];
  return [line.slice(0, start), el("mark", {}, line.slice(start, end)), line.slice(end)];
}

async function showStanding(node, article, citation) {
  const request = current;
  const today = await verifyCitation(citation).catch(() => null); // the article is shown all the same
  const said = today && standing({ ...today, article });
  if (!said || request !== current) return;
  const later = today.notice === article.notice ? [] : remarks(today); // what was said of it since
  node.prepend(said, ...later);
}

async function showVersions(node, article) {
  const request = current;
  const told = await getVersions(article.id).catch(() => null);
  const versions = told && versionsOf(told, article.version);
  if (versions && request === current) node.append(versions);
}

function showProblem(problem, place) {
  const past = el("div", { class: "note" });
  body.replaceChildren(
    el("h2", { id: "pane-title", class: "headline" }, problem.title ?? "The article cannot be shown"),
    el("p", { class: "note" }, problem.message), past);
  if (problem.status === GONE) showPast(past, place.article);
}

/** When it came, was revised and withdrawn: all that is left of it. */
async function showPast(node, id) {
  const request = current;
  const told = await getVersions(id).catch(() => null);
  if (told && request === current) node.append(history(told));
}

function coverRest() {
  for (const node of document.querySelectorAll("body > header, body > main")) {
    node.inert = !pane.hidden && covering.matches;
  }
}

covering.addEventListener("change", coverRest);
byId("pane-close").addEventListener("click", closePane);
