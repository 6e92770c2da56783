// The small card that shows a quote while its number is hovered, focused or tapped.

import { attribution, byline, copyButton, quotation, remarks, standing } from "./citations.js";
import { byId, el, words } from "./elements.js";
import { goTo, placeOf } from "./route.js";

const LINGER_MS = 220; // long enough to move the pointer from the number into the card
const MARGIN = 8;

const card = byId("card");
let owner = null; // the number whose quote is shown
let leaving = 0;
let hushed = false;

/** Show the citation's card whenever its number is hovered, focused or tapped. */
export function showCardOn(link, citationOf) {
  let openBefore = false;
  const open = () => show(link, citationOf());
  link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && open());
  link.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
  link.addEventListener("pointerdown", () => { openBefore = owner === link; });
  link.addEventListener("focus", () => hushed || open());
  link.addEventListener("blur", leave);
  link.addEventListener("click", (event) => {
    if (event.pointerType === "touch" && !openBefore) {
      event.preventDefault(); // the first tap reads, the next opens
      open();
    } else {
      hideCard();
    }
  });
}

/** Put the card away; true if there was one. */
export function hideCard() {
  clearTimeout(leaving);
  if (!owner) return false;
  owner = null;
  card.hidePopover();
  return true;
}

/** Give focus to a number without its card springing up again. */
export function focusQuietly(node) {
  hushed = true;
  node.focus();
  hushed = false;
}

function show(link, citation) {
  clearTimeout(leaving);
  if (owner === link || !citation) return;
  owner = link;
  byId("card-words").replaceChildren(
    quotation(citation), byline(citation),
    ...(citation.article.title ? [words("p", citation.article.title, { class: "title" })] : []),
    ...remarks(citation), ...[standing(citation)].filter(Boolean));
  byId("card-actions").replaceChildren(
    el("button", { type: "button", class: "quiet", onclick: () => openFrom(link, citation) }, "Open article"),
    ...(citation.quote ? [copyButton("Copy with attribution", () => attribution(citation))] : []));
  if (!card.matches(":popover-open")) card.showPopover();
  place(link.getBoundingClientRect());
}

function openFrom(link, citation) {
  focusQuietly(link); // where focus comes back to when the article is closed
  hideCard();
  goTo(placeOf(citation));
}

function place(anchor) {
  const { width, height } = card.getBoundingClientRect();
  const left = Math.min(Math.max(anchor.left - 24, MARGIN), innerWidth - width - MARGIN);
  const below = anchor.bottom + MARGIN;
  const fits = below + height <= innerHeight - MARGIN || anchor.top < height + 2 * MARGIN;
  card.style.left = `${left}px`;
  card.style.top = `${fits ? below : anchor.top - height - MARGIN}px`;
}

function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    if (!card.matches(":hover, :focus-within")) hideCard();
  }, LINGER_MS);
}

card.addEventListener("pointerenter", () => clearTimeout(leaving));
card.addEventListener("pointerleave", leave);
card.addEventListener("focusout", leave);
document.addEventListener("scroll", (event) => {
  if (!card.contains(event.target)) hideCard();
}, { capture: true, passive: true });
document.addEventListener("pointerdown", (event) => {
  if (!card.contains(event.target) && !owner?.contains(event.target)) hideCard();
});
