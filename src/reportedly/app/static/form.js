// The form of a claim: every slot that a coder corrects, each with the words it stands on. Nothing is filled in that
// nobody said: what is new has to be chosen. The form writes nothing; it hands over what was saved.

import { choose, selected, span, unselect } from "./words.js";
import { suggest } from "./suggest.js";

const template = (id) => document.getElementById(id).content.cloneNode(true).firstElementChild;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const rowsOf = (slot) => slot.querySelector(":scope > .rows");
const adder = (slot) => slot.querySelector(":scope > [data-add]");
const quoted = (words) => (words ? `“${words}”` : "no words");

const NOBODY = { actor_id: null, name: null, name_on_date: null, kind: "", country: null, role: null };
const NOWHERE = { place_id: null, name: null, country: null, admin1: null, lat: null, lon: null, precision: "unresolved" };
/** The slots of a claim that hold several actors, and those that are words alone. */
const GROUPS = ["initiators", "targets"];
const SPANS = ["trigger", "content", "cue"];

/** A claim of which nothing is known but the selected words. */
export const blank = (found) => ({
  event_type: "", trigger: found, content: found, initiators: [], targets: [], place: null, when: null, tolls: [], means: [],
  claimant: null, claimant_kind: "", attribution: [], cue: null, stance: "", modality: "", said_on: null, aggregate: false,
});

/** Make the form of a claim. `shut` is called when it closes unsaved, `save` with the claim as it stands in the form. */
export function claimForm(claim, { save, shut }) {
  const form = template("edit-form");
  const part = (name) => form.querySelector(`[data-slot="${name}"]`);
  for (const name of ["event_type", "stance", "modality", "claimant_kind"]) form.elements[name].value = claim[name];
  form.elements.aggregate.checked = claim.aggregate;
  for (const name of SPANS) {
    const slot = part(name), show = spanRow(slot, claim[name]);
    slot.querySelector("[data-drop]")?.addEventListener("click", () => { slot.value = null; show(); });
  }
  for (const name of GROUPS) group(part(name), claim[name], () => claim.trigger, form);
  means(part("means"), claim.means, () => claim.trigger);
  single(part("claimant"), claim.claimant, actorRow, () => claim.cue ?? claim.trigger, form);
  single(part("place"), claim.place, placeRow, () => claim.trigger, form);
  single(part("when"), claim.when, whenRow, () => claim.trigger, form);
  const tolls = part("tolls");
  for (const toll of claim.tolls) rowsOf(tolls).append(tollRow(toll, form));
  adder(tolls).addEventListener("click", (event) => pick(event.target, claim.trigger, (found) => {
    open(tolls, tollRow(newToll(found), form), "outcome");
  }));
  teller(form, part("claimant"));
  hints(form, claim);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); shut(); }
  });
  form.querySelector("[data-cancel]").addEventListener("click", shut);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = missing(form, part);
    warn(form, wrong);
    if (!wrong) save(stated(form, part, claim), form.elements.why.value);
  });
  return form;
}

/** Say in the form what keeps it from being saved; without words, take that back. */
export function warn(form, words) {
  const line = form.querySelector(".wrong");
  line.textContent = words ?? "";
  line.hidden = !words;
}

// ------------------------------------------------------------------------------------------ words

/** Take what is selected in the text, or go there to choose; then come back to the button. */
async function pick(button, near, taken) {
  const range = selected();
  const back = (found) => { button.focus(); if (found) taken(found); };
  if (range) { const found = await span(range); unselect(); back(found); } else choose(near, back, () => back(null));
}

function spanRow(slot, value) {
  slot.value = value;
  const show = () => { slot.querySelector(".words").textContent = quoted(slot.value?.quote); };
  slot.querySelector("[data-pick]").addEventListener("click", (event) => pick(event.target, slot.value, (found) => { slot.value = found; show(); }));
  show();
  return show;
}

/** Let a row stand on words that can be chosen anew: `row.ref` is the value, its `text`, `start` and `end` the words. */
function onWords(row, changed = () => {}) {
  const show = () => { row.querySelector(".words").textContent = quoted(row.ref.text); };
  row.querySelector("[data-pick]").addEventListener("click", (event) => pick(event.target, row.ref, (found) => {
    row.ref = { ...row.ref, text: found.quote, start: found.start, end: found.end };
    show();
    changed();
  }));
  show();
}

const worded = (found, rest) => ({ text: found.quote, start: found.start, end: found.end, ...rest });

function open(slot, row, first) {
  rowsOf(slot).append(row);
  slot.dispatchEvent(new Event("filled"));
  row.querySelector(`[name="${first}"]`).focus();
}

// ------------------------------------------------------------------------------------------ who, where, when

/** A slot with any number of actors. */
function group(slot, values, near, form) {
  for (const ref of values) rowsOf(slot).append(actorRow(ref, form));
  adder(slot).addEventListener("click", (event) => pick(event.target, near(), (found) => {
    open(slot, actorRow(worded(found, NOBODY), form), "name");
  }));
}

/** A slot with any number of words that say with what it was done. */
function means(slot, values, near) {
  for (const found of values) rowsOf(slot).append(meansRow(found));
  adder(slot).addEventListener("click", (event) => pick(event.target, near(), (found) => {
    const row = meansRow(found);
    rowsOf(slot).append(row);
    row.querySelector("[data-pick]").focus();
  }));
}

function meansRow(found) {
  const row = template("means-row");
  spanRow(row, found);
  dropped(row);
  row.stated = () => row.value;
  return row;
}

/** A slot with one value or none: the button that fills it is there while it is empty. */
function single(slot, value, row, near, form) {
  const add = adder(slot), rows = rowsOf(slot);
  const shown = () => { add.hidden = rows.childElementCount > 0; };
  if (value) rows.append(row(value, form));
  add.addEventListener("click", (event) => pick(event.target, near(), (found) => open(slot, row(worded(found, row.empty), form), row.first)));
  slot.addEventListener("filled", shown);
  slot.addEventListener("emptied", shown);
  shown();
}

function dropped(row) {
  row.querySelector("[data-drop]").addEventListener("click", () => {
    const slot = row.parentElement.closest("[data-slot]");
    row.remove();
    slot.dispatchEvent(new Event("emptied"));
    adder(slot).focus();
  });
}

function actorRow(ref, form) {
  const row = template("actor-row");
  row.ref = ref;
  onWords(row);
  dropped(row);
  const kind = row.querySelector("[name=kind]"), known = row.querySelector(".known");
  kind.value = ref.kind;
  const name = row.querySelector("[name=name]");
  name.value = ref.name ?? "";
  known.textContent = ref.actor_id ? `known as ${ref.actor_id}` : "";
  const day = () => form.querySelector("[name=earliest]")?.value ?? "";
  suggest(name, (typed) => `/suggest/actors.json?${new URLSearchParams({ q: typed, on: day() })}`, "actors", (one, typed) => {
    const { actor_id, name_on_date, country } = one ?? NOBODY;
    row.ref = { ...row.ref, actor_id, name_on_date, country, name: one?.name ?? (typed.trim() || null) };
    if (one) kind.value = one.kind;
    known.textContent = one ? one.label : typed.trim() ? "nobody known by this name: kept as you write it" : "";
  });
  row.stated = () => ({ ...row.ref, kind: kind.value });
  return row;
}
actorRow.empty = NOBODY;
actorRow.first = "name";

function placeRow(ref, form) {
  const row = template("place-row");
  row.ref = ref;
  onWords(row);
  dropped(row);
  const name = row.querySelector("[name=place]"), exact = row.querySelector("[name=precision]"), known = row.querySelector(".known");
  const show = (words) => {
    const found = row.ref.place_id !== null || row.ref.lat !== null;
    exact.disabled = !found;
    exact.value = found ? row.ref.precision : "unresolved";
    known.textContent = words;
  };
  name.value = ref.name ?? ref.text;
  suggest(name, (typed) => `/suggest/places.json?${new URLSearchParams({ q: typed })}`, "places", (one, typed) => {
    const { text, start, end } = row.ref;
    const { label, ...place } = one ?? { ...NOWHERE, name: typed.trim() || null, label: "no place known by this name: kept as not resolved" };
    row.ref = { text, start, end, ...place };
    show(label);
  });
  show([ref.country, ref.admin1].filter(Boolean).join(" · "));
  row.stated = () => ({ ...row.ref, precision: exact.value });
  return row;
}
placeRow.empty = NOWHERE;
placeRow.first = "place";

function whenRow(ref) {
  const row = template("when-row");
  row.ref = ref;
  onWords(row, () => { if (row.ref.basis === "publication") row.ref.basis = basis.value = ""; });
  dropped(row);
  const [first, last, basis] = ["earliest", "latest", "basis"].map((name) => row.querySelector(`[name=${name}]`));
  [first.value, last.value, basis.value] = [ref.earliest ?? "", ref.latest ?? "", ref.basis];
  const changed = () => first.value !== (ref.earliest ?? "") || last.value !== (ref.latest ?? "");
  const empty = () => first.value === "" && last.value === "";
  row.missing = () => {
    if (empty() && (changed() || !ref.edtf)) return "Give the day, or remove the time.";
    const wordless = row.ref.start === row.ref.end && (changed() || basis.value !== "publication");
    return wordless ? "Choose the words that say when: a day that no words give cannot be kept." : "";
  };
  row.stated = () => {
    const days = changed() && !empty() ? dated({ earliest: first.value || null, latest: last.value || null }) : {};
    return { ...row.ref, ...days, basis: basis.value };
  };
  return row;
}
whenRow.empty = { earliest: null, latest: null, edtf: "", precision: "day", basis: "" };
whenRow.first = "earliest";

/** A range of days with how exactly it is known; only one end given is a day. */
function dated({ earliest, latest }) {
  const first = earliest ?? latest, last = latest ?? earliest;
  if (first === last) return { earliest: first, latest: last, edtf: first, precision: "day" };
  const [year, month, day] = first.split("-");
  const closing = new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
  if (day === "01" && last === closing) return { earliest: first, latest: last, edtf: `${year}-${month}`, precision: "month" };
  if (`${month}-${day}` === "01-01" && last === `${year}-12-31`) return { earliest: first, latest: last, edtf: year, precision: "year" };
  return { earliest: first, latest: last, edtf: `${first}/${last}`, precision: "span" };
}

// ------------------------------------------------------------------------------------------ figures

/** A figure on words: the number is read only where the words hold one and no more than one. */
function newToll(found) {
  const numbers = found.quote.match(/\d[\d,.\u00a0\u202f]*/gu) ?? [];
  const digits = numbers.length === 1 && /^\d{1,3}(?:[,\u00a0\u202f]\d{3})*$|^\d+$/u.test(numbers[0]) ? Number(numbers[0].replace(/\D/g, "")) : null;
  return worded(found, {
    id: `toll-${found.start}-${found.end}`, part_of: null, superseded: false, outcome: "", low: digits, high: digits, best: digits,
    qualifier: "", victims: null, victim_class: "unknown",
  });
}

function tollRow(toll, form) {
  const row = template("toll-row");
  row.ref = toll;
  onWords(row);
  dropped(row);
  const field = (name) => row.querySelector(`[name=${name}]`);
  for (const name of ["outcome", "qualifier", "victim_class"]) field(name).value = toll[name];
  for (const name of ["low", "high"]) field(name).value = toll[name] ?? "";
  const victims = row.querySelector('[data-slot="victims"]');
  single(victims, toll.victims, actorRow, () => toll, form);
  const figure = (name) => (field(name).value.trim() === "" ? null : Number(field(name).value));
  row.stated = () => {
    const [low, high] = [figure("low"), figure("high")];
    const kept = low === toll.low && high === toll.high && field("qualifier").value === toll.qualifier;
    return {
      ...row.ref, outcome: field("outcome").value, qualifier: field("qualifier").value, victim_class: field("victim_class").value,
      low, high, best: kept ? toll.best : low !== null && low === high ? low : null, victims: stands(victims),
    };
  };
  return row;
}

// ------------------------------------------------------------------------------------------ who tells, what kind

/** The outlet's own voice has no teller named; everybody else has one. */
function teller(form, slot) {
  const kind = form.elements.claimant_kind;
  const show = () => { slot.disabled = slot.hidden = kind.value === "outlet" || kind.value === ""; };
  kind.addEventListener("change", show);
  show();
}

/** Show which event types the words evoke; a person takes one of them, or none. */
async function hints(form, claim) {
  const shown = form.querySelector("[data-hints]");
  if (claim.event_type) return;
  const answer = await fetch(`/suggest/types.json?${new URLSearchParams({ words: claim.content.quote.slice(0, 2000) })}`).catch(() => null);
  const types = answer?.ok ? (await answer.json()).types : [];
  for (const one of types) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${one.label} (“${one.words}”)`;
    button.addEventListener("click", () => {
      form.elements.event_type.value = one.event_type;
      const slot = form.querySelector('[data-slot="trigger"]');
      slot.value = { start: claim.content.start + one.start, end: claim.content.start + one.end, quote: one.words };
      slot.querySelector(".words").textContent = quoted(one.words);
      form.elements.event_type.focus();
    });
    shown.append(button);
  }
  shown.hidden = types.length === 0;
}

// ------------------------------------------------------------------------------------------ what the form says

const rows = (slot) => [...rowsOf(slot).children];
const stands = (slot) => rows(slot)[0]?.stated() ?? null;

/** What is missing that no field can tell by itself, in words; else nothing. */
function missing(form, part) {
  const kind = form.elements.claimant_kind.value;
  if (!["outlet", "anonymous"].includes(kind) && !stands(part("claimant"))) return "Choose the words that name who says so, or say that the outlet itself does.";
  return rows(part("when"))[0]?.missing() || null;
}

/** The claim as the form has it. */
function stated(form, part, claim) {
  const value = (name) => form.elements[name].value;
  const claimant = value("claimant_kind") === "outlet" ? null : stands(part("claimant"));
  const place = stands(part("place"));
  const next = {
    ...claim, event_type: value("event_type"), stance: value("stance"), modality: value("modality"),
    aggregate: form.elements.aggregate.checked, claimant_kind: value("claimant_kind"), claimant, place, when: stands(part("when")),
    tolls: rows(part("tolls")).map((row) => row.stated()),
  };
  for (const name of SPANS) next[name] = part(name).value;
  for (const name of [...GROUPS, "means"]) next[name] = rows(part(name)).map((row) => row.stated());
  if (!same(claimant, claim.claimant)) next.attribution = claimant ? [...claim.attribution.slice(0, -1), claimant] : [];
  if (claim.places && !same(place, claim.place)) next.places = claim.places.map((one) => (same(one, claim.place) ? place : one)).filter(Boolean);
  return next;
}
