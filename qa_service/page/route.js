// What the address says: which stored answer, and which place in which article.
// `#answer=ans_…&article=ID&version=V&start=S&end=E`, either half alone or both.

const WHOLE_NUMBER = /^\d+$/;

/** `{answer, place}` from the address; each null where it is not said. */
export function route(hash = location.hash) {
  const said = new URLSearchParams(hash.slice(1));
  const article = said.get("article");
  const number = (name) => (WHOLE_NUMBER.test(said.get(name) ?? "") ? Number(said.get(name)) : null);
  return {
    answer: said.get("answer"),
    place: article
      ? { article, version: said.get("version"), start: number("start"), end: number("end") }
      : null,
  };
}

/** The place that a citation or a passage stands at. */
export function placeOf({ article, start, end }) {
  return { article: article.id, version: article.version, start, end };
}

/** The hash that opens a place, an answer or both. */
export function hashOf({ answer = null, place = null }) {
  const given = Object.entries({ answer, ...place }).filter(([, value]) => value !== null && value !== undefined);
  return given.length ? `#${new URLSearchParams(given)}` : "";
}

/** The whole address of a place: what a reader can pass on. */
export function linkTo(place) {
  return `${location.origin}${location.pathname}${hashOf({ place })}`;
}

/** Open a place beside the answer that is shown, as a step that "back" undoes. */
export function goTo(place) {
  const hash = hashOf({ answer: route().answer, place });
  if (location.hash === hash) window.dispatchEvent(new HashChangeEvent("hashchange")); // back to the quote
  else location.hash = hash;
}

/** Change the address without a step and without anybody being told. */
export function settleRoute(change) {
  const hash = hashOf({ ...route(), ...change });
  history.replaceState(null, "", `${location.pathname}${location.search}${hash}`);
}
