// The API key, where the service asks for one. Kept for the life of the tab and sent nowhere else.

import { byId } from "./elements.js";

const NAME = "qa-api-key";
let asking = null;

/** The headers that a call needs. */
export function keyHeaders() {
  const key = sessionStorage.getItem(NAME);
  return key ? { Authorization: `Bearer ${key}` } : {};
}

/** Ask the reader for a key, once for all calls that wait for it; false if they would rather not. */
export function askForKey() {
  asking ??= openDialog().finally(() => { asking = null; });
  return asking;
}

function openDialog() {
  const dialog = byId("key-dialog");
  const field = byId("key");
  if (sessionStorage.getItem(NAME)) {
    byId("key-note").textContent = "That key was not accepted. Check it and try again.";
  }
  field.value = "";
  dialog.showModal();
  field.focus();
  return new Promise((settle) => {
    const over = new AbortController();
    const end = (given) => {
      over.abort();
      dialog.close();
      settle(given);
    };
    const listen = (node, type, act) => node.addEventListener(type, act, { signal: over.signal });
    listen(byId("key-cancel"), "click", () => end(false));
    listen(dialog, "cancel", () => end(false));
    listen(byId("key-form"), "submit", (event) => {
      event.preventDefault();
      if (!/^[\x21-\x7e]+$/.test(field.value.trim())) return; // no header can carry anything else
      sessionStorage.setItem(NAME, field.value.trim());
      end(true);
    });
  });
}
