// A citation in words: its byline, its standing, and how it is copied.

import { day } from "./dates.js";
import { announce, el, isWebAddress, outside, words } from "./elements.js";
import { hashOf, linkTo, placeOf } from "./route.js";

const STANDINGS = {
  verified: "✓ Verified, word for word",
  moved: "Verified, but moved: the article was revised, and the same words now stand elsewhere in it",
  changed: "Changed since: the article no longer says this",
  withdrawn: "Withdrawn: the article was taken back, and its words are no longer shown",
  mismatch: "Mismatch: these words do not stand in the article",
};

/** Where the words come from: source, date, author, page, speaker. */
export function byline({ article, page, speaker }) {
  const parts = [
    words("cite", article.source ?? "Source unknown", { class: "source" }),
    article.published ? published(article) : "undated",
    article.updated ? el("span", {}, "updated ", el("time", { datetime: article.updated }, day(article.updated))) : null,
    article.author ? words("span", `by ${article.author}`) : null,
    page ? `page ${page}` : null,
    speaker ? words("span", `said by ${speaker}`, { class: "speaker" }) : null,
  ].filter(Boolean);
  return el("p", { class: "byline" }, ...parts.flatMap((part, n) => (n ? [" · ", part] : [part])));
}

function published({ published: date, published_known_by: knownBy }) {
  const time = el("time", { datetime: date }, day(date));
  return knownBy === "guess" ? el("span", { class: "guess" }, time, " (a guess)") : time;
}

/** How the citation stands today, with where the words or the nearest to them stand now. */
export function standing({ standing: name, now, article }) {
  if (!STANDINGS[name]) return null;
  const there = now && article ? hashOf({ place: { article: article.id, start: now.start, end: now.end } }) : null;
  return el("div", { class: `standing ${name}` },
    el("p", {}, STANDINGS[name]),
    name === "changed" && now?.quote
      ? el("p", { class: "now" }, "The nearest sentence now: ", words("q", now.quote))
      : null,
    there ? el("p", {}, el("a", { href: there }, name === "moved" ? "Where they stand now" : "See it in the current version")) : null);
}

/** The quote, or the plain statement that there is none any more. */
export function quotation(citation) {
  return citation.quote
    ? words("blockquote", citation.quote, { class: "quote" })
    : el("p", { class: "note" }, "The quote is no longer shown.");
}

/** What else belongs to a citation: context that a check used, a correction, the same story elsewhere. */
export function remarks({ context, notice, edition, also_in: alsoIn }) {
  const before = (context ?? []).map(wordsOf).filter(Boolean);
  const elsewhere = (alsoIn ?? []).map(nameOf).filter(Boolean);
  return [
    ...before.map((text) => el("p", { class: "remark" }, "Read together with: ", words("q", text))),
    notice ? el("p", { class: "remark notice" }, "Notice: ", words("span", wordsOf(notice))) : null,
    edition ? el("p", { class: "remark" }, "Its publisher calls this version ", words("span", edition)) : null,
    elsewhere.length ? el("p", { class: "remark" }, "Also in: ", words("span", elsewhere.join("; "))) : null,
  ].filter(Boolean);
}

/** The citation as one would paste it into a text of one's own. */
export function attribution({ quote, article, start, end }) {
  const address = isWebAddress(article.url) ? article.url : linkTo(placeOf({ article, start, end }));
  const from = [article.source, day(article.published)].filter(Boolean).join(", ");
  return `“${quote}”\n— ${[article.title, from].filter(Boolean).join(". ")}. ${address}`;
}

/** A button that copies what `text()` gives, and says that it did. */
export function copyButton(label, text) {
  const button = el("button", { type: "button", class: "quiet", onclick: async () => {
    const said = (await copy(text())) ? "Copied" : "Could not copy";
    announce(said);
    button.textContent = said;
    setTimeout(() => { button.textContent = label; }, 1600);
  } }, label);
  return button;
}

/** One entry of the list of sources under an answer. */
export function sourceEntry(citation) {
  const { article, number } = citation;
  return el("li", { class: "source-entry", value: number, "data-number": number },
    quotation(citation),
    byline(citation),
    article.title
      ? el("p", { class: "title" }, words("a", article.title, { href: hashOf({ place: placeOf(citation) }) }))
      : null,
    ...remarks(citation),
    el("div", { class: "actions" },
      standing(citation),
      citation.quote ? copyButton("Copy with attribution", () => attribution(citation)) : null,
      outside(article.url, "Original article")));
}

/** The reader's words of something that is a string or an object with words in it. */
export function wordsOf(thing) {
  return typeof thing === "string" ? thing : thing?.quote ?? thing?.text ?? thing?.detail ?? null;
}

function nameOf(thing) {
  if (typeof thing === "string") return thing;
  const { source, title, published } = thing?.article ?? thing ?? {};
  return [source ?? title, day(published)].filter(Boolean).join(", ");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers give the clipboard to secure pages only; on a plain-http address this still works.
    const field = el("textarea", { class: "unseen", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
