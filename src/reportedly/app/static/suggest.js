// Suggestions for a field while a person types: a list of the browser's own, filled from the desk. Without an answer
// the field is a plain field.

const DELAY = 120;
let made = 0;

/**
 * Let a field offer what `path` finds; `chosen` is told the whole entry when the field holds one, null when it does not.
 * Of namesakes none is meant by the name alone: each is offered with what tells it apart.
 */
export function suggest(input, path, key, chosen) {
  const list = document.createElement("datalist");
  list.id = `suggested-${made += 1}`;
  input.after(list);
  input.setAttribute("list", list.id);
  input.setAttribute("autocomplete", "off");
  const known = new Map();
  let timer = 0, asked = 0;

  async function ask() {
    const mine = asked += 1;
    const answer = await fetch(path(input.value), { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const found = (await answer.json())[key];
    const shared = (name) => found.filter((one) => one.name === name).length > 1;
    known.clear();
    for (const one of found) known.set(shared(one.name) ? `${one.name} (${one.label})` : one.name, one);
    list.replaceChildren(...[...known].map(([name, one]) => new Option(one.label, name)));
    chosen(known.get(input.value) ?? null, input.value);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (known.has(input.value)) { chosen(known.get(input.value), input.value); return; }
    chosen(null, input.value);
    timer = setTimeout(ask, DELAY);
  });
}
