// Words of the text as offsets: what the reader has selected, and selecting by keyboard. Offsets count code points, as
// everywhere in the program; a stretch always begins and ends with something that is no white space.

const text = document.getElementById("text");
const number = document.getElementById("desk").dataset.number;
const say = (words) => { document.getElementById("announce").textContent = words; };

let source = null;
/** The document's text as code points, fetched once. */
export async function letters() {
  source ??= (async () => [...(await (await fetch(`/documents/${number}.json`)).json()).text])();
  return source;
}

/** How many code points stand in the first `units` UTF-16 units of a string. */
const points = (string, units) => [...string.slice(0, units)].length;

const firstIn = (element) => element.closest("[data-s]") ?? element.querySelector("[data-s]");

/** The offset in the document of a place in the page, null outside the text. */
function offset(node, at) {
  const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement.closest("[data-s]") : null;
  if (holder) return Number(holder.dataset.s) + points(node.data, at);
  let after = node.nodeType === Node.TEXT_NODE ? node : node.childNodes[at] ?? null;
  while (after && !(after instanceof Element)) after = after.nextSibling;
  const next = after && firstIn(after);
  if (next) return Number(next.dataset.s);
  const last = node instanceof Element ? [...node.querySelectorAll("[data-s]")].at(-1) ?? node.closest("[data-s]") : [...text.querySelectorAll("[data-s]")].at(-1);
  return last ? Number(last.dataset.s) + points(last.textContent, last.textContent.length) : null;
}

/** The place in the page of an offset: a text node and UTF-16 units into it. */
function place(at) {
  const pieces = text.querySelectorAll("[data-s]");
  let low = 0, high = pieces.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (Number(pieces[middle].dataset.s) <= at) low = middle; else high = middle - 1;
  }
  const node = pieces[low].firstChild;
  const all = [...node.data];
  return [node, all.slice(0, Math.min(all.length, at - Number(pieces[low].dataset.s))).join("").length];
}

/** What is selected in the text, null where nothing is. */
export function selected() {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (!range || range.collapsed || !text.contains(range.commonAncestorContainer)) return null;
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

/** Select a stretch of the text and bring it into view. */
export function select({ start, end }) {
  const range = document.createRange();
  range.setStart(...place(start));
  range.setEnd(...place(end));
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
}

export const unselect = () => getSelection().removeAllRanges();

/** A stretch with its words, as the contract writes it. */
export async function span(range) {
  const all = await letters();
  let { start, end } = range;
  while (start < end && /\s/u.test(all[start])) start += 1;
  while (end > start && /\s/u.test(all[end - 1])) end -= 1;
  return { start, end, quote: all.slice(start, end).join("") };
}

// ------------------------------------------------------------------------------------------ by keyboard

const inWord = (letter) => letter !== undefined && /[\p{L}\p{N}’'-]/u.test(letter);

/** The word that begins at or after a place, or (`by` -1) ends before it; null at either end of the text. */
function word(all, at, by) {
  let i = by > 0 ? at : at - 1;
  while (i >= 0 && i < all.length && !inWord(all[i])) i += by;
  if (i < 0 || i >= all.length) return null;
  let start = i, end = i + 1;
  while (inWord(all[start - 1])) start -= 1;
  while (inWord(all[end])) end += 1;
  return { start, end };
}

/** The first word of the sentence after a place, or of the one before it. */
function sentence(all, at, by) {
  const starts = [0];
  for (let i = 1; i < all.length; i += 1) if (/[.!?\n]/u.test(all[i - 1]) && /\s/u.test(all[i])) starts.push(i);
  const found = by > 0 ? starts.find((one) => one > at) : starts.filter((one) => (word(all, one, 1)?.start ?? 0) < at).at(-1);
  return found === undefined ? null : word(all, found, 1);
}

/** What a key makes of the selected stretch. */
function moved(all, now, event) {
  const by = event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : -1;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") return sentence(all, now.start, by);
  if (event.altKey) return { start: now.start, end: Math.max(now.start + 1, Math.min(all.length, now.end + by)) };
  if (event.shiftKey) {
    const end = by > 0 ? word(all, now.end, 1)?.end : word(all, word(all, now.end, -1)?.start ?? 0, -1)?.end;
    return end === undefined || end <= now.start ? now : { start: now.start, end };
  }
  if (event.ctrlKey) {
    const start = by < 0 ? word(all, now.start, -1)?.start : word(all, word(all, now.start, 1)?.end ?? now.end, 1)?.start;
    return start === undefined || start >= now.end ? now : { start, end: now.end };
  }
  return word(all, by > 0 ? now.end : now.start, by);
}

let waiting = null;

/** Go to the text to choose words, from `near` on; `taken` is told what Enter takes, `left` that Escape was pressed. */
export async function choose(near, taken, left) {
  waiting = { taken, left };
  const all = await letters();
  text.focus({ preventScroll: true });
  select(near && near.end > near.start ? near : word(all, near?.start ?? 0, 1) ?? { start: 0, end: all.length });
  say("Choose words: arrow keys move, with Shift they widen, Enter takes, Escape leaves.");
}

text.addEventListener("keydown", async (event) => {
  if (event.key.startsWith("Arrow") && !event.metaKey) {
    event.preventDefault();
    const all = await letters();
    const next = moved(all, selected() ?? { start: 0, end: 0 }, event);
    if (!next) return;
    select(next);
    say(all.slice(next.start, next.end).join(""));
  } else if ((event.key === "Enter" || event.key === "Escape") && waiting) {
    event.preventDefault();
    event.stopPropagation();
    const { taken, left } = waiting;
    const range = event.key === "Enter" ? selected() : null;
    waiting = null;
    const found = range ? await span(range) : null;
    unselect();
    if (found) taken(found); else left();
  }
});
