// One question and what becomes of it on the page: passages, claims one by one, then the answer.

import { sourceEntry, wordsOf } from "./citations.js";
import { claimText, leftOut } from "./claims.js";
import { announce, el, words } from "./elements.js";
import { footnote, restriction } from "./notes.js";
import { passageList, passagesFound } from "./passages.js";

const NOT_FOUND = "The articles here do not answer this.";

/** One turn of the conversation; `node` goes on the page, the methods take what arrives. */
export class Turn {
  constructor(question, filters = {}) {
    this.question = question;
    this.answer = null;
    this.claims = [];
    this.citations = new Map();
    this.status = el("p", { class: "status" }, "Looking through the articles…");
    this.text = el("div", { class: "answer-text", "aria-live": "polite", "aria-relevant": "additions" });
    this.sources = el("ol", { class: "sources", "aria-label": "Sources of this answer" });
    this.rest = el("div", { class: "rest" });
    this.read = el("div", { class: "found" });
    this.node = el("section", { class: "turn" },
      words("h2", question, { class: "question" }),
      restriction(filters), this.status, this.text, this.rest, this.sources, this.read);
  }

  /** Take one event of the stream. */
  take({ event, data }) {
    if (event === "passages") this.#passages(data.hits);
    if (event === "claim") this.#claim(data);
    if (event === "answer") this.settle(data);
  }

  /** Show the whole answer; claims that are already on the page stay as they are. */
  settle(answer) {
    const shown = JSON.stringify(this.claims);
    this.answer = answer;
    this.claims = answer.claims;
    this.citations = new Map(answer.citations.map((citation) => [citation.number, citation]));
    if (shown !== JSON.stringify(this.claims)) this.text.replaceChildren(...this.#standing().map((claim) => this.#text(claim)));
    this.#showSources();
    this.rest.replaceChildren(...this.#remarks(answer));
    this.#end(answer.status === "not_found" ? this.#notFound(answer) : "");
    this.node.append(footnote(answer));
  }

  /** Say what went wrong; `again` asks once more. */
  fail(problem, again) {
    const { retryAfter: seconds } = problem;
    const waiting = seconds && !problem.message.includes(seconds) ? `Try again in ${seconds} seconds.` : null;
    this.rest.append(el("div", { class: "problem", role: "alert" },
      problem.title ? el("p", { class: "label" }, problem.title) : null,
      el("p", {}, problem.message),
      waiting && el("p", { class: "note" }, waiting),
      problem.instance && el("p", { class: "note" }, `Instance: ${problem.instance}`),
      again && el("button", { type: "button", class: "quiet", onclick: again }, "Ask again")));
    this.#end("");
  }

  /** The reader had enough: what is shown stays, and says that it is not all. */
  stop(again) {
    this.rest.append(el("div", { class: "problem" }, el("p", {}, "Stopped before the answer was complete."),
      el("button", { type: "button", class: "quiet", onclick: again }, "Ask again")));
    announce("Stopped.");
    this.#end("");
  }

  #passages(hits) {
    this.status.textContent = hits.length ? "Reading the passages found…" : "No passage found; checking…";
    if (hits.length) this.read.replaceChildren(passagesFound(hits));
    announce(`${hits.length} passages found.`);
  }

  #claim({ claim, citations }) {
    this.claims.push(claim);
    for (const citation of citations) this.citations.set(citation.number, citation);
    this.status.textContent = "Checking each sentence against its source…";
    if (claim.verdict !== "unsupported") this.text.append(this.#text(claim));
    this.#showSources();
  }

  #text(claim) {
    return claimText(claim, (number) => this.citations.get(number));
  }

  #standing() {
    return this.claims.filter((claim) => claim.verdict !== "unsupported");
  }

  #showSources() {
    this.sources.replaceChildren(...[...this.citations.values()].map(sourceEntry));
  }

  #notFound({ related, related_withdrawn: withdrawn }) {
    if (related?.length) this.read.replaceChildren(el("p", { class: "label" }, "The nearest passages"), passageList(related));
    if (withdrawn) this.read.append(el("p", { class: "note" }, `Withdrawn since, and no longer shown: ${withdrawn}.`));
    return NOT_FOUND + (related?.length ? " What comes nearest is below, for you to judge." : "");
  }

  #remarks({ question, question_used: used, missing, conflicts, claims }) {
    return [
      used && used !== question ? el("p", { class: "remark" }, "Understood as: ", words("q", used)) : null,
      missing ? el("p", { class: "remark missing" }, words("span", wordsOf(missing))) : null,
      conflicts?.length
        ? el("div", { class: "conflicts" }, el("p", { class: "label" }, "The sources differ"),
          el("ul", {}, ...conflicts.map((conflict) => words("li", wordsOf(conflict)))))
        : null,
      leftOut(claims.filter((claim) => claim.verdict === "unsupported")),
    ].filter(Boolean);
  }

  #end(sentence) {
    this.status.textContent = sentence;
    this.status.classList.add("over");
    this.status.hidden = !sentence;
    this.read.querySelector("details")?.removeAttribute("open");
    if (this.answer) announce(sentence || `Answer complete, ${this.citations.size} sources.`);
  }
}
