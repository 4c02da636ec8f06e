// The review screen: one decision at a time, by key or button. The server keeps everything; this file sends a decision,
// takes the new card in place of the old one, and never draws the page anew. Without it the page still works by forms.

const desk = document.getElementById("desk");
const text = document.getElementById("text");
const cards = document.getElementById("cards");
const announce = document.getElementById("announce");
const token = document.querySelector('meta[name="desk-token"]').content;
const number = Number(desk.dataset.number);
const blind = desk.dataset.blind === "1";
let seen = Number(desk.dataset.seen);

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
const allCards = () => [...cards.querySelectorAll(".card")];
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

async function send(path, body) {
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
  if (!ok) { say(told.message ?? "That was refused."); warn(card, told.message); return false; }
  const fresh = await refresh(claim);
  say(clash ? "Somebody decided otherwise meanwhile: both are kept, theirs stands." : `Claim ${act}ed.`);
  return fresh;
}

/** Put what the server says now into a card. Its form stays: whenever one comes or goes, browsers look at all forms of the
    page again for what they could fill in, and a long document has hundreds. */
function renew(card, fresh) {
  const kept = card.querySelector(":scope > form.acts");
  const made = fresh.querySelector(":scope > form.acts");
  for (const { name, value } of fresh.attributes) card.setAttribute(name, value);
  for (const child of [...card.childNodes]) if (child !== kept) child.remove();
  kept.reset();
  kept.querySelector('input[name="seen"]').value = made.querySelector('input[name="seen"]').value;
  const children = [...fresh.childNodes];
  const at = children.indexOf(made);
  kept.before(...children.slice(0, at));
  kept.after(...children.slice(at + 1));
}

/** Take a new card from the server in place of the old one. */
async function refresh(claim) {
  const answer = await fetch(`/documents/${number}/card?claim=${encodeURIComponent(claim)}${blind ? "&blind=1" : ""}`);
  if (!answer.ok) return null;
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  const fresh = made.content.querySelector(".card");
  const card = cardOf(claim) ?? fresh;
  const held = card === current();
  if (card === fresh) cards.append(fresh);
  else renew(card, fresh);
  if (held) choose(card, { scroll: false });
  count();
  return card;
}

function warn(card, words) {
  let line = card.querySelector(".wrong");
  if (!line) { line = document.createElement("p"); line.className = "wrong"; line.setAttribute("role", "alert"); card.append(line); }
  line.textContent = words ?? "That was refused.";
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

// ------------------------------------------------------------------------------------------ words of the text

/** How many code points stand in the first `units` UTF-16 units of a string: offsets count code points. */
const points = (string, units) => [...string.slice(0, units)].length;

/** The offset in the document of a place in the text, null outside it. */
function offset(node, at) {
  if (node.nodeType === Node.TEXT_NODE) {
    const holder = node.parentElement.closest("[data-s]");
    return holder ? Number(holder.dataset.s) + points(node.data, at) : null;
  }
  const after = at < node.childNodes.length ? node.childNodes[at] : null;
  const next = after instanceof Element ? after.closest("[data-s]") ?? after.querySelector("[data-s]") : null;
  if (next) return Number(next.dataset.s);
  if (after) return offset(after, 0);
  const inside = node instanceof Element ? [...node.querySelectorAll("[data-s]")] : [];
  const last = inside.at(-1) ?? node.closest?.("[data-s]");
  return last ? Number(last.dataset.s) + points(last.textContent, last.textContent.length) : null;
}

/** The words that the reader has selected in the text, without white space at either end. */
function selected() {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (!range || range.collapsed || !text.contains(range.commonAncestorContainer)) return null;
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

let source = null;
/** The document's text as code points, fetched once. */
async function words() {
  if (!source) source = (async () => [...(await (await fetch(`/documents/${number}.json`)).json()).text])();
  return source;
}

async function span(range) {
  const all = await words();
  let { start, end } = range;
  while (start < end && /\s/u.test(all[start])) start += 1;
  while (end > start && /\s/u.test(all[end - 1])) end -= 1;
  return { start, end, quote: all.slice(start, end).join("") };
}

// ------------------------------------------------------------------------------------------ editing

const claimJson = async (claim) => {
  const all = (await (await fetch(`/documents/${number}.json${blind ? "?coder=" + encodeURIComponent(desk.dataset.who) : ""}`)).json()).claims;
  return all.find((one) => one.id === claim);
};

const field = (form, name) => form.elements.namedItem(name);
const figure = (value) => (value.trim() === "" ? null : Number(value));

/** Open the form of a card: every slot that a coder corrects, one field each. */
async function edit(card, first = "") {
  if (card.querySelector("form.edit")) return;
  const claim = await claimJson(card.dataset.claim);
  if (!claim) return;
  const form = document.getElementById("edit-form").content.cloneNode(true).querySelector("form");
  field(form, "event_type").value = claim.event_type;
  field(form, "stance").value = claim.stance;
  field(form, "modality").value = claim.modality;
  field(form, "claimant").value = claim.claimant ? claim.claimant.text : "";
  field(form, "place").value = claim.place ? claim.place.name ?? claim.place.text : "";
  field(form, "earliest").value = claim.when?.earliest ?? "";
  field(form, "latest").value = claim.when?.latest ?? "";
  field(form, "aggregate").checked = claim.aggregate;
  const list = form.querySelector(".tolls");
  for (const toll of claim.tolls) list.append(tollRow(toll));
  form.querySelector("[data-toll-add]").addEventListener("click", () => addToll(list));
  const spans = new Map();
  form.addEventListener("focusin", (event) => {
    if (!event.target.name) return;
    form.dataset.slot = event.target.name;
    form.row = event.target.closest(".tollrow");
  });
  form.addEventListener("keydown", (event) => formKey(event, form, card, spans));
  form.querySelector("[data-take]").addEventListener("click", () => take(form, spans));
  form.querySelector("[data-cancel]").addEventListener("click", () => shut(form, card));
  form.addEventListener("submit", (event) => { event.preventDefault(); save(form, card, claim, spans); });
  card.append(form);
  (field(form, first) ?? form.querySelector("input[name=low]") ?? field(form, "event_type")).focus();
}

function tollRow(toll) {
  const row = document.getElementById("toll-row").content.cloneNode(true).querySelector(".tollrow");
  row.toll = toll;
  for (const name of ["outcome", "qualifier", "victim_class"]) row.querySelector(`[name=${name}]`).value = toll[name];
  for (const name of ["low", "high"]) row.querySelector(`[name=${name}]`).value = toll[name] ?? "";
  row.querySelector("[name=victims]").value = toll.victims ? toll.victims.text : "";
  row.querySelector(".words").textContent = `“${toll.text}”`;
  row.querySelector("[data-toll-drop]").addEventListener("click", () => row.remove());
  return row;
}

async function addToll(list) {
  const range = selected();
  if (!range) { say("Select the figure in the text first."); return; }
  const found = await span(range);
  const low = Number(found.quote.replace(/\D/g, "")) || null;
  list.append(tollRow({
    id: `toll-${found.start}-${found.end}`, part_of: null, superseded: false, outcome: "killed", low, high: low, best: low,
    qualifier: "exact", text: found.quote, start: found.start, end: found.end, victims: null, victim_class: "unknown",
  }));
}

/** Take the selected words of the text for the field that was used last. */
async function take(form, spans) {
  const range = selected();
  if (!range) { say("Select words in the text first."); return; }
  const found = await span(range);
  if (form.dataset.slot === "victims" && form.row) {
    form.row.victims = found;
    form.row.querySelector("[name=victims]").value = found.quote;
    return;
  }
  if (["low", "high"].includes(form.dataset.slot) && form.row) {
    Object.assign(form.row.toll, { text: found.quote, start: found.start, end: found.end });
    form.row.querySelector(".words").textContent = `“${found.quote}”`;
    return;
  }
  const slot = form.dataset.slot === "claimant" || form.dataset.slot === "place" ? form.dataset.slot : "content";
  spans.set(slot, found);
  if (slot !== "content") field(form, slot).value = found.quote;
  form.querySelector(".spans").textContent = [...spans].map(([name, one]) => `${name}: “${one.quote}”`).join(" · ");
}

function formKey(event, form, card, spans) {
  if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); shut(form, card); return; }
  if (event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight") && event.ctrlKey) {
    event.preventDefault();
    widen(form, card, spans, event.key === "ArrowRight" ? 1 : -1, event.altKey);
  }
}

/** Grow or shrink the claim's stretch of text at its end, by a word or by a character. */
async function widen(form, card, spans, by, character) {
  const all = await words();
  const claim = spans.get("content") ?? (await claimJson(card.dataset.claim)).content;
  let end = claim.end + by;
  if (!character) while (end > claim.start && end < all.length && !/\s/u.test(all[end])) end += by;
  end = Math.max(claim.start + 1, Math.min(all.length, end));
  spans.set("content", await span({ start: claim.start, end }));
  form.querySelector(".spans").textContent = `content: “${spans.get("content").quote}”`;
}

function shut(form, card) { form.remove(); card.focus(); }

/** What stands in a slot that names somebody: the old value where the words are the same, else the new words. */
function named(old, value, found, empty) {
  if (!value.trim()) return null;
  if (old && old.text === value && !found) return old;
  const place = found ?? (old ? { start: old.start, end: old.end, quote: old.text } : null);
  return place ? { ...empty, text: place.quote, start: place.start, end: place.end } : undefined;
}

const NOBODY = { actor_id: null, name: null, name_on_date: null, kind: "unknown", country: null, role: null };
const NOWHERE = { place_id: null, name: null, country: null, admin1: null, lat: null, lon: null, precision: "unresolved" };

function tollOf(row) {
  const of = (name) => row.querySelector(`[name=${name}]`).value;
  const low = figure(of("low")), high = figure(of("high"));
  return {
    ...row.toll, outcome: of("outcome"), qualifier: of("qualifier"), victim_class: of("victim_class"), low, high,
    best: low !== null && low === high ? low : row.toll.low === low && row.toll.high === high ? row.toll.best : null,
    victims: named(row.toll.victims, of("victims"), row.victims, NOBODY),
  };
}

async function save(form, card, claim, spans) {
  const next = {
    event_type: field(form, "event_type").value,
    stance: field(form, "stance").value,
    modality: field(form, "modality").value,
    aggregate: field(form, "aggregate").checked,
    tolls: [...form.querySelectorAll(".tollrow")].map(tollOf),
    claimant: named(claim.claimant, field(form, "claimant").value, spans.get("claimant"), NOBODY),
    place: claim.place && (claim.place.name ?? claim.place.text) === field(form, "place").value && !spans.get("place")
      ? claim.place : named(claim.place, field(form, "place").value, spans.get("place"), NOWHERE),
    when: whenOf(form, claim),
  };
  if (spans.get("content")) next.content = spans.get("content");
  if (next.claimant === undefined || next.place === undefined || next.tolls.some((toll) => toll.victims === undefined)) {
    warn(card, "Select the words in the text and press “take selected words”: every value stands on words.");
    return;
  }
  if (next.claimant === null && claim.claimant) Object.assign(next, { claimant_kind: "outlet", attribution: [] });
  if (next.claimant && !claim.claimant) Object.assign(next, { claimant_kind: "organisation", attribution: [next.claimant] });
  const fields = Object.fromEntries(Object.entries(next).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(claim[key])));
  if (!Object.keys(fields).length) { shut(form, card); return; }
  const fresh = await decide(card, "change", { fields, why: field(form, "why").value });
  if (fresh) choose(fresh);
}

function whenOf(form, claim) {
  const earliest = field(form, "earliest").value || null, latest = field(form, "latest").value || earliest;
  if (!earliest) return claim.when && claim.when.earliest ? null : claim.when;
  if (claim.when && claim.when.earliest === earliest && claim.when.latest === latest) return claim.when;
  const words = claim.when ?? { text: claim.trigger.quote, start: claim.trigger.start, end: claim.trigger.end };
  return {
    text: words.text, start: words.start, end: words.end, earliest, latest,
    edtf: earliest === latest ? earliest : `${earliest}/${latest}`,
    precision: earliest === latest ? "day" : "span", basis: "stated",
  };
}

/** A claim that the program did not read, from the selected words. */
async function add() {
  const range = selected();
  if (!range) { say("Select the words of the claim in the text first."); return; }
  const found = await span(range);
  const kind = document.getElementById("event-types").options[0]?.value ?? "attack.armed";
  const claim = {
    event_type: kind, trigger: found, content: found, initiators: [], targets: [], place: null, when: null, tolls: [], means: [],
    claimant: null, claimant_kind: "outlet", attribution: [], cue: null, stance: "asserted", modality: "actual", said_on: null,
    aggregate: false, violent: true,
  };
  const { ok, told } = await send(`/api/documents/${number}/claims`, common({ claim }));
  if (!ok) { say(told.message ?? "That was refused."); return; }
  const fresh = await refresh(told.claim);
  choose(fresh);
  edit(fresh, "event_type");
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
  if (!ok) { say(told.message ?? "That was refused."); return; }
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
    say(ok ? "Linked." : told.message ?? "That was refused.");
  }, { once: true });
  dialog.showModal();
}

async function finish(onwards) {
  const { ok, told } = await send(`/api/documents/${number}/finish`, common());
  if (!ok) { say(told.message ?? "That was refused."); return; }
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
  claimant: () => current() && edit(current(), "claimant"),
  comment: () => current() && comment(current()),
  undo: () => undo("undo"),
  redo: () => undo("redo"),
  add,
  take: () => { const form = cards.querySelector("form.edit"); if (form) form.querySelector("[data-take]").click(); else if (current()) edit(current()); },
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
  const card = event.target.closest(".card");
  if (card) choose(card, { focus: false, scroll: false });
  const button = event.target.closest("[data-act]");
  if (button && ACTS[button.dataset.act]) { event.preventDefault(); ACTS[button.dataset.act](); }
  const show = event.target.closest("[data-show]");
  if (show) filter(show);
});

cards.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
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
