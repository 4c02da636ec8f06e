// Keys that work on every page: `/` goes to the search field, `?` shows the keys, `g` and a digit goes to a page.
// Off inside fields, and off altogether where the reader has switched single keys off (WCAG 2.1.4).
const SWITCH = "reportedly.keys.off";

const inField = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
  if (localStorage.getItem(SWITCH) === "1" && event.key !== "?") return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input")) target.focus();
  else target.click();
}

document.addEventListener("keydown", press);
