// The review screen: one decision at a time, by key or button. The server keeps everything; this file sends a decision,
// takes the new card in place of the old one, and never draws the page anew. Without it the page still works by forms.

import { blank, claimForm, warn } from "./form.js";
import { choose as chooseWords, select, selected, span, unselect } from "./words.js";

const desk = document.getElementById("desk");
const text = document.getElementById("text");
const cards = document.getElementById("cards");
const announce = document.getElementById("announce");
const token = document.querySelector('meta[name="desk-token"]').content;
const number = Number(desk.dataset.number);
const blind = desk.dataset.blind === "1";
let seen = Number(desk.dataset.seen);
const REFUSED = "That was refused.";
const CLASH = "Somebody decided otherwise meanwhile: both are kept, theirs stands.";

/** Which marks belong to a claim; kept so that a key need not search a long text. @type {Map<string, HTMLElement[]>} */
const marks = new Map();
function note(mark) {
  for (const claim of mark.dataset.claims.split(" ")) {
    if (!marks.has(claim)) marks.set(claim, []);
    marks.get(claim).push(mark);
  }
}
for (const mark of text.querySelectorAll("mark")) note(mark);

const say = (words) => { announce.textContent = words; };
const allCards = () => [...cards.querySelectorAll(".card[data-claim]")];
const shownCards = () => allCards().filter((card) => !card.hidden);
const current = () => cards.querySelector('.card[aria-current="true"]');
const cardOf = (claim) => document.getElementById(`c-${claim}`);

// ------------------------------------------------------------------------------------------ moving

let lit = [];
function choose(card, { focus = true, scroll = true } = {}) {
  if (!card) return;
  const before = current();
  if (before && before !== card) before.removeAttribute("aria-current");
  card.setAttribute("aria-current", "true");
  for (const mark of lit) mark.classList.remove("lit");
  lit = marks.get(card.dataset.claim) ?? [];
  for (const mark of lit) mark.classList.add("lit");
  if (focus) card.focus({ preventScroll: true });
  if (scroll) {
    card.scrollIntoView({ block: "nearest" });
    if (lit.length) lit[0].scrollIntoView({ block: "nearest" });
  }
  for (const other of document.querySelectorAll(".incident")) {
    other.classList.toggle("lit", other.dataset.incident === card.dataset.incident);
  }
}

function step(by) {
  const list = shownCards();
  const at = list.indexOf(current());
  choose(list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + by))]);
}

/** After a decision: the next claim that still waits, else stay. */
function onward(card) {
  const list = shownCards();
  const at = list.indexOf(card);
  const next = list.slice(at + 1).concat(list.slice(0, at)).find((one) => one.dataset.state === "proposed");
  choose(next ?? card);
}

// ------------------------------------------------------------------------------------------ deciding

/** One write after another, in the order of the keys: an undo waits for the decision that it takes back. */
let queue = Promise.resolve();
function send(path, body) {
  const mine = queue.then(() => post(path, "seen" in body ? { ...body, seen } : body));
  queue = mine;
  return mine;
}

async function post(path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-Desk-Token": token },
      body: JSON.stringify(body),
    });
  } catch {
    return { ok: false, told: { message: "The desk does not answer: is it still running? Nothing was written." } };
  }
  const told = await answer.json().catch(() => ({}));
  if (typeof told.seen === "number") seen = told.seen;
  return { ok: answer.ok || answer.status === 409, clash: answer.status === 409 && told.conflicts, told };
}

const common = (more = {}) => ({ seen, blind, ...more });

async function decide(card, act, more = {}) {
  const claim = card.dataset.claim;
  const { ok, clash, told } = await send(`/api/claims/${claim}/${act}`, common(more));
  if (!ok) { say(told.message ?? REFUSED); refused(card, told.message); return false; }
  const fresh = await refresh(claim);
  say(clash ? CLASH : `Claim ${act}ed.`);
  return fresh;
}

/** Put what the server says now into a card. Its form stays: whenever one comes or goes, browsers look at all forms of the
    page again for what they could fill in, and a long document has hundreds. */
function renew(card, fresh) {
  const kept = card.querySelector(":scope > form.acts");
  const made = fresh.querySelector(":scope > form.acts");
  for (const { name, value } of fresh.attributes) card.setAttribute(name, value);
  for (const child of [...card.childNodes]) if (child !== kept && !child.matches?.("form.edit")) child.remove();
  kept.reset();
  kept.querySelector('input[name="seen"]').value = made.querySelector('input[name="seen"]').value;
  const children = [...fresh.childNodes];
  const at = children.indexOf(made);
  kept.before(...children.slice(0, at));
  kept.after(...children.slice(at + 1));
}

/** Take a new card from the server in place of the old one; an answer that a later one has overtaken is left. */
const asked = new Map();
async function refresh(claim) {
  const mine = (asked.get(claim) ?? 0) + 1;
  asked.set(claim, mine);
  const answer = await fetch(`/documents/${number}/card?claim=${encodeURIComponent(claim)}${blind ? "&blind=1" : ""}`);
  if (!answer.ok) return null;
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  if (asked.get(claim) !== mine) return cardOf(claim);
  const fresh = made.content.querySelector(".card");
  const card = cardOf(claim) ?? fresh;
  const held = card === current();
  if (card === fresh) cards.append(fresh);
  else renew(card, fresh);
  if (held) choose(card, { scroll: false });
  count();
  return card;
}

/** Say on a card that a decision was refused. */
function refused(card, words) {
  let line = card.querySelector(":scope > .wrong");
  if (!line) { line = document.createElement("p"); line.className = "wrong"; line.setAttribute("role", "alert"); card.append(line); }
  line.textContent = words ?? REFUSED;
}

function count() {
  const open = allCards().filter((card) => card.dataset.state === "proposed" || card.dataset.state === "unsure").length;
  document.getElementById("waiting").textContent = String(open);
}

const why = (card) => card.querySelector('input[name="why"]').value.trim();

/** Show a decision at once; the desk's answer brings the true card, a refusal the old state. */
async function decideNow(card, act, state, more) {
  const before = card.dataset.state;
  paint(card, state);
  onward(card);
  if (await decide(card, act, more) === false) paint(card, before);
}

function paint(card, state) {
  card.classList.replace(card.dataset.state, state);
  card.dataset.state = state;
  card.querySelector(".verdict").textContent = state;
  count();
}

const accept = (card) => decideNow(card, "accept", "accepted", { why: why(card) });

/** A rejection asks one optional reason; Enter without one is fine. */
function reject(card) {
  const reasons = desk.ownerDocument.getElementById("reasons-menu").content.cloneNode(true);
  const menu = reasons.querySelector("form");
  card.append(menu);
  menu.querySelector("select").focus();
  const close = () => { menu.remove(); card.focus(); };
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
  menu.addEventListener("submit", async (event) => {
    event.preventDefault();
    const reason = menu.querySelector("select").value || why(card);
    menu.remove();
    await decideNow(card, "reject", "rejected", { why: reason });
  });
}

async function comment(card) {
  const field = card.querySelector('input[name="why"]');
  if (!field.value.trim()) { field.focus(); return; }
  await decide(card, "comment", { words: field.value.trim() });
}

async function undo(act) {
  const { ok, told } = await send(`/api/${act}`, { blind });
  if (!ok) { say(told.message ?? `Nothing to ${act}.`); return; }
  if (told.claim && cardOf(told.claim)) choose(await refresh(told.claim));
  else location.reload();
  say(act === "undo" ? "Taken back." : "Done again.");
}

// ------------------------------------------------------------------------------------------ editing

const claimJson = async (claim) => {
  const all = (await (await fetch(`/documents/${number}.json${blind ? "?coder=" + encodeURIComponent(desk.dataset.who) : ""}`)).json()).claims;
  return all.find((one) => one.id === claim);
};

/** Open the form of a card; `first` names the field to begin with. */
async function edit(card, first = "") {
  if (card.querySelector("form.edit")) return;
  const claim = await claimJson(card.dataset.claim);
  if (!claim) return;
  const form = claimForm(claim, {
    save: (next, why) => save(form, card, claim, next, why),
    shut: () => { form.remove(); card.focus(); },
  });
  card.append(form);
  (form.elements.namedItem(first) ?? form.querySelector("input[name=low]") ?? form.elements.event_type).focus();
}

async function save(form, card, claim, next, why) {
  const fields = Object.fromEntries(Object.entries(next).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(claim[key])));
  if (!Object.keys(fields).length) { form.remove(); card.focus(); return; }
  const { ok, clash, told } = await send(`/api/claims/${claim.id}/change`, common({ fields, why }));
  if (!ok) { say(told.message ?? REFUSED); warn(form, told.message ?? REFUSED); return; }
  form.remove();
  await freshText();
  choose(await refresh(claim.id));
  say(clash ? CLASH : "Claim changed.");
}

/** Take the text from the server again: its marks are other ones. */
async function freshText() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  text.replaceChildren(...page.getElementById("text").childNodes);
  marks.clear();
  for (const mark of text.querySelectorAll("mark")) note(mark);
}

/** A claim that the program did not read, from the selected words: nothing is written before it is saved. */
async function add() {
  const range = selected();
  if (!range) { say("Select the words of the claim in the text first: s leads there."); return; }
  cards.querySelector(".card.fresh")?.remove();
  const holder = document.getElementById("fresh-card").content.cloneNode(true).firstElementChild;
  const form = claimForm(blank(await span(range)), {
    save: (claim, why) => write(form, claim, why),
    shut: () => { holder.remove(); say("Nothing was added."); },
  });
  unselect();
  holder.append(form);
  cards.querySelector(".cardfilter").after(holder);
  holder.scrollIntoView({ block: "nearest" });
  form.elements.event_type.focus();
}

async function write(form, claim, why) {
  const { ok, told } = await send(`/api/documents/${number}/claims`, common({ claim, why }));
  if (!ok) { say(told.message ?? REFUSED); warn(form, told.message ?? REFUSED); return; }
  location.href = `/documents/${number}?${new URLSearchParams({ claim: told.claim, ...(blind ? { blind: "1" } : {}) })}`;
}

/** Choose words in the text: for the form that is open, from the claim that is chosen, else from the beginning. */
function takeWords() {
  const card = current();
  chooseWords({ start: Number(card?.dataset.start ?? 0), end: 0 }, (found) => { select(found); text.focus(); say(`“${found.quote}”: + adds a claim.`); }, () => (card ?? cards).focus());
}

// ------------------------------------------------------------------------------------------ incidents

const marked = () => allCards().filter((card) => card.querySelector("[data-mark]")?.checked).map((card) => card.dataset.claim);

async function incidents(act) {
  const card = current();
  const home = card?.dataset.incident;
  if (!home) { say("This claim is in no incident."); return; }
  if (act === "merge") { location.href = `/incidents/${encodeURIComponent(home)}/merge`; return; }
  const claims = act === "new" ? [card.dataset.claim] : marked();
  if (!claims.length) { say("Mark the claims that leave (m is merge; the box on a card marks it)."); return; }
  const { ok, told } = await send(`/api/incidents/${encodeURIComponent(home)}/split`, common({ claims }));
  if (!ok) { say(told.message ?? REFUSED); return; }
  await send("/api/group", {});
  location.reload();
}

function link() {
  const [one, other] = marked();
  if (!other) { say("Mark two claims to link them."); return; }
  const dialog = document.getElementById("link-menu");
  dialog.returnValue = "";
  dialog.addEventListener("close", async () => {
    if (dialog.returnValue !== "link") return;
    const relation = dialog.querySelector("select").value;
    const { ok, told } = await send(`/api/claims/${one}/link`, common({ other, relation }));
    say(ok ? "Linked." : told.message ?? REFUSED);
  }, { once: true });
  dialog.showModal();
}

async function finish(onwards) {
  const { ok, told } = await send(`/api/documents/${number}/finish`, common());
  if (!ok) { say(told.message ?? REFUSED); return; }
  if (onwards && desk.dataset.next) location.href = `/documents/${desk.dataset.next}`;
  else location.reload();
}

// ------------------------------------------------------------------------------------------ keys and buttons

/** Number keys set a common type; the order stands on the key list. */
function setType(card, digit) {
  const types = document.getElementById("common-types").dataset.types.split(" ");
  const kind = types[digit - 1];
  if (kind) decide(card, "change", { fields: { event_type: kind } });
}

const ACTS = {
  next: () => step(1),
  previous: () => step(-1),
  accept: () => current() && accept(current()),
  reject: () => current() && reject(current()),
  edit: () => current() && edit(current()),
  claimant: () => current() && edit(current(), "claimant_kind"),
  comment: () => current() && comment(current()),
  undo: () => undo("undo"),
  redo: () => undo("redo"),
  add,
  take: takeWords,
  mark: () => { const box = current()?.querySelector("[data-mark]"); if (box) box.checked = !box.checked; },
  merge: () => incidents("merge"),
  split: () => incidents("split"),
  new: () => incidents("new"),
  link,
  finish: () => finish(true),
  stay: () => finish(false),
};

document.addEventListener("reportedly:act", (event) => {
  const { act, digit } = event.detail;
  if (digit && current()) { event.preventDefault(); setType(current(), digit); }
  else if (ACTS[act]) { event.preventDefault(); ACTS[act](); }
});

cards.addEventListener("click", (event) => {
  const card = event.target.closest(".card[data-claim]");
  if (card) choose(card, { focus: false, scroll: false });
  const button = event.target.closest("[data-act]");
  if (button && ACTS[button.dataset.act]) { event.preventDefault(); ACTS[button.dataset.act](); }
  const show = event.target.closest("[data-show]");
  if (show) filter(show);
});

// A button that takes selected words must not take the selection away.
cards.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-pick], [data-add], [data-act=add]")) event.preventDefault();
});

cards.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card[data-claim]");
  if (card && card !== current()) choose(card, { focus: false, scroll: false });
});

function filter(button) {
  for (const other of cards.querySelectorAll("[data-show]")) other.setAttribute("aria-pressed", String(other === button));
  const wanted = button.dataset.show;
  for (const card of allCards()) {
    const open = card.dataset.state === "proposed" || card.dataset.state === "unsure";
    card.hidden = wanted === "open" ? !open : wanted === "conflict" ? !card.classList.contains("conflict") : false;
  }
}

text.addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (mark && getSelection().isCollapsed) choose(cardOf(mark.dataset.claims.split(" ")[0]), { focus: false });
});

if (current()) choose(current(), { focus: false });
