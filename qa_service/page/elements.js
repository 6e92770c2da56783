// Building the page. Strings become text nodes and nothing else, so that no article and no model
// can put markup here; knows nothing of questions or answers.

/** Make an element; `on…` attributes are listeners, and null children are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Words from an article or a model: they bring their own direction of writing. */
export function words(tag, text, attributes = {}) {
  return el(tag, { dir: "auto", ...attributes }, text ?? "");
}

/** A link out of here, for http and https only; anything else is left out. */
export function outside(url, label) {
  if (!isWebAddress(url)) return null;
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** Whether this is an address that may become a link. */
export function isWebAddress(url) {
  try {
    return ["http:", "https:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

/** The element of that id, which index.html has. */
export function byId(id) {
  return document.getElementById(id);
}

/** Say something to those who do not see it happen. */
export function announce(text) {
  byId("announcer").textContent = text;
}
