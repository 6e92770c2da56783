// The filters of the next question, as the reader set them.

import { listSources } from "./api.js";
import { shifted } from "./dates.js";
import { byId, el, words } from "./elements.js";

const panel = byId("filters");
const opener = byId("show-filters");
let sourcesAsked = false;

/** The filters that are set, by their names in the API; what is not set is not there. */
export function chosenFilters() {
  const sources = [...panel.querySelectorAll("#sources input:checked")].map((box) => box.value);
  const [from, to, asOf] = ["from", "to", "as-of"].map((id) => byId(id).value);
  return {
    ...(from && { published_from: from }),
    // "to 4 September" means that day too; the service's upper bound is half-open
    ...(to && { published_to: shifted(to, 1) }),
    ...(asOf && { as_of: asOf }),
    ...(sources.length && { sources }),
  };
}

/** Make the panel open, close, clear and say how many filters are on. */
export function startFilters() {
  opener.addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    opener.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden && !sourcesAsked) fillSources();
  });
  panel.addEventListener("change", tell);
  byId("clear-filters").addEventListener("click", () => {
    for (const input of panel.querySelectorAll("input")) {
      input.checked = false;
      if (input.type === "date") input.value = "";
    }
    tell();
    opener.focus();
  });
}

function tell() {
  const count = Object.keys(chosenFilters()).length;
  opener.textContent = count ? `Filters (${count} on)` : "Filter by date and source";
  byId("clear-filters").hidden = !count;
}

async function fillSources() {
  sourcesAsked = true;
  const list = byId("sources");
  try {
    const { sources } = await listSources();
    const named = sources.filter(({ source }) => source !== null);
    list.replaceChildren(...(named.length ? named.map(tick) : [el("p", { class: "note" }, "No article names its source.")]));
  } catch (problem) {
    sourcesAsked = false; // opening the panel again tries again
    list.replaceChildren(el("p", { class: "note" }, problem.message));
  }
}

function tick({ source, articles }) {
  return el("label", {}, el("input", { type: "checkbox", value: source }), " ",
    words("span", source), " ", el("span", { class: "note" }, String(articles)));
}
