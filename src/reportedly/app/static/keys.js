// Keys that work on every page, the list of keys, and where a person changes them or switches single letters off
// (WCAG 2.1.4). Keys are off inside fields. A key does what the page's element with that `data-key` does, or what the
// review screen does for the act that the key stands for.

const OFF = "reportedly.keys.off";
const OWN = "reportedly.keys.own";

/** The acts of the review screen, each with its key and words: as they come, or as the config file has them. */
const ACTS = JSON.parse(document.documentElement.dataset.acts);

const own = () => { try { return JSON.parse(localStorage.getItem(OWN) ?? "{}"); } catch { return {}; } };
const keyOf = (act) => own()[act] ?? ACTS[act][0];
const off = () => localStorage.getItem(OFF) === "1";
const inField = (target) => target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
const named = (event) => (event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key);

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const key = named(event);
  if (off() && key !== "?") return;
  if (key === "Enter" && event.target.closest("a, button, summary, [type=checkbox]")) return;
  const act = Object.keys(ACTS).find((one) => keyOf(one) === key);
  const digit = /^[1-9]$/.test(key) ? Number(key) : 0;
  if (act || digit) {
    const told = new CustomEvent("reportedly:act", { detail: { act, digit }, cancelable: true });
    if (!document.dispatchEvent(told)) { event.preventDefault(); return; }
  }
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input")) target.focus();
  else target.click();
}

// ------------------------------------------------------------------------------------------ the list of keys

function row(act) {
  const made = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = ACTS[act][1];
  const cell = document.createElement("td");
  const input = document.createElement("input");
  input.value = keyOf(act);
  input.size = 12;
  input.setAttribute("aria-label", `Key for: ${ACTS[act][1]}`);
  input.addEventListener("keydown", (event) => {
    if (["Tab", "Escape", "Shift"].includes(event.key)) return;
    event.preventDefault();
    const key = named(event);
    const taken = Object.keys(ACTS).find((one) => one !== act && keyOf(one) === key);
    if (taken) { input.setCustomValidity(`“${key}” is ${ACTS[taken][1]}`); input.reportValidity(); return; }
    input.setCustomValidity("");
    input.value = key;
    localStorage.setItem(OWN, JSON.stringify({ ...own(), [act]: key }));
  });
  cell.append(input);
  made.append(head, cell);
  return made;
}

function list() {
  let dialog = document.getElementById("keys");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.id = "keys";
    dialog.setAttribute("aria-labelledby", "keys-head");
    dialog.innerHTML = '<h2 id="keys-head">Keys</h2><p>Press a key in a field to change it. <kbd>/</kbd> search, <kbd>?</kbd> this list, <kbd>1</kbd>–<kbd>9</kbd> set a common event type, <kbd>v</kbd> second coder, <kbd>o</kbd> open at publisher.</p><table><tbody></tbody></table><p><label><input type="checkbox" id="keys-off"> Switch single keys off</label></p><p><button type="button" id="keys-reset">As they came</button> <button type="button" id="keys-close">Close</button></p>';
    document.body.append(dialog);
    dialog.querySelector("#keys-close").addEventListener("click", () => dialog.close());
    dialog.querySelector("#keys-reset").addEventListener("click", () => { localStorage.removeItem(OWN); dialog.close(); list(); });
    const box = dialog.querySelector("#keys-off");
    box.checked = off();
    box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "1" : "0"));
  }
  dialog.querySelector("tbody").replaceChildren(...Object.keys(ACTS).map(row));
  dialog.showModal();
}

for (const button of document.querySelectorAll('[data-key="?"]')) button.addEventListener("click", list);
document.addEventListener("keydown", press);
document.querySelector("header.top nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
document.documentElement.classList.add("scripted");
