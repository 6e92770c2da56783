// The conversation: the form, the thread of turns, and the address. What things look like is elsewhere.

import { ask, Problem, storedAnswer } from "./api.js";
import { hideCard } from "./card.js";
import { byId } from "./elements.js";
import { chosenFilters, startFilters } from "./filters.js";
import { closePane, openPane } from "./pane.js";
import { goTo, route, settleRoute } from "./route.js";
import { Turn } from "./turn.js";

const REMEMBERED_TURNS = 4; // a follow-up refers to what was just said; older turns only cost prompt tokens

const thread = byId("thread");
const question = byId("question");
let turns = [];
let running = null; // the AbortController of the question under way

async function put(words) {
  if (running || !words) return;
  const filters = chosenFilters();
  const history = remembered();
  const turn = add(new Turn(words, filters));
  const again = () => { drop(turn); put(words); };
  begin();
  try {
    for await (const message of ask({ question: words, ...filters, ...(history.length && { history }) }, running.signal)) {
      turn.take(message);
    }
    settleRoute({ answer: turn.answer.id });
  } catch (error) {
    if (error.name === "AbortError") turn.stop(again);
    else turn.fail(asProblem(error), again);
  } finally {
    finish();
  }
}

function remembered() {
  return turns.filter(({ answer }) => answer).slice(-REMEMBERED_TURNS)
    .map(({ answer }) => ({ question: answer.question, answer: answer.text }));
}

function add(turn) {
  document.body.classList.remove("first-visit");
  for (const id of ["welcome", "examples"]) byId(id).hidden = true;
  byId("new").hidden = false;
  question.placeholder = "Ask a follow-up";
  turns.push(turn);
  thread.append(turn.node);
  turn.node.scrollIntoView({ block: "start" });
  return turn;
}

function drop(turn) {
  turns = turns.filter((other) => other !== turn);
  turn.node.remove();
}

function begin() {
  running = new AbortController();
  question.value = "";
  byId("ask").hidden = true;
  byId("stop").hidden = false;
}

function finish() {
  const stopHadFocus = document.activeElement === byId("stop") || document.activeElement === document.body;
  running = null;
  byId("stop").hidden = true;
  byId("ask").hidden = false;
  if (stopHadFocus) question.focus({ preventScroll: true });
}

function asProblem(error) {
  if (error instanceof Problem) return error;
  console.error(error);
  return new Problem({ title: "The page could not show this", detail: "Something here broke. Reload the page and ask again." });
}

async function followAddress() {
  const { answer, place } = route();
  if (place) openPane(place);
  else closePane();
  if (answer && !turns.some((turn) => turn.answer?.id === answer)) await reopen(answer);
}

async function reopen(id) {
  try {
    const answer = await storedAnswer(id);
    const asOf = answer.as_of?.slice(0, 10) === answer.created?.slice(0, 10) ? null : answer.as_of; // today needs no saying
    add(new Turn(answer.question, { ...answer.filters, as_of: asOf })).settle(answer);
  } catch (error) {
    add(new Turn("A stored answer")).fail(asProblem(error), null);
  }
}

function startAfresh() {
  location.assign(location.pathname); // nothing of the old conversation is left behind
}

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  put(question.value.trim());
});
question.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  put(question.value.trim());
});
for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => put(example.textContent.trim()));
}
byId("stop").addEventListener("click", () => running?.abort());
byId("new").addEventListener("click", startAfresh);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !byId("key-dialog").open && (hideCard() || closePane())) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { place } = route(event.target.closest?.('a[href^="#article="]')?.hash ?? "");
  if (!place) return;
  event.preventDefault();
  goTo(place);
});
window.addEventListener("hashchange", followAddress);
startFilters();
followAddress();
