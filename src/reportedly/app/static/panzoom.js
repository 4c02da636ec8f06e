// Moves the map under the pointer: drag to move, wheel or pinch to zoom, arrow keys on the map. Everything goes through
// the same addresses as the links below the map, so back, reload and bookmarks work; without this module the links do.
import { nameColumns } from "./tables.js";

const DELAY = 180;

function box(svg) {
  const [west, south, east, north] = svg.dataset.box.split(",").map(Number);
  return { west, south, east, north };
}

// The address of a part of the world with the filter of this page.
function address(section, part) {
  const query = new URLSearchParams(section.dataset.panzoom.replace(/^\?/, ""));
  const clamp = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(3);
  query.set("bbox", [clamp(part.west, 180), clamp(part.south, 90), clamp(part.east, 180), clamp(part.north, 90)].join());
  return `${location.pathname}?${query}`;
}

let asked = 0;

async function show(url, push = true) {
  const section = document.querySelector("[data-panzoom]");
  const mine = ++asked;
  section.querySelector(".drawing").classList.add("busy");
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (mine !== asked) return;
    if (!answer.ok) throw new Error(answer.statusText);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-panzoom]");
    const hadFocus = section.contains(document.activeElement);
    section.replaceWith(document.adoptNode(fresh));
    nameColumns(fresh);
    if (push) history.pushState(null, "", url);
    start();
    if (hadFocus) fresh.querySelector(".drawing").focus({ preventScroll: true });
    const rows = fresh.querySelector("#list caption");
    const announce = document.getElementById("announce");
    if (announce) announce.textContent = rows ? rows.textContent : "No incident here";
  } catch {
    location.assign(url);
  }
}

function start() {
  const section = document.querySelector("[data-panzoom]");
  const frame = section.querySelector(".drawing");
  const svg = frame.querySelector("svg.map");
  const whole = { x: 0, y: 0, width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  let seen = { ...whole };
  let timer = 0;
  frame.dataset.live = "";
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Map: arrow keys move, plus and minus zoom");

  const draw = () => svg.setAttribute("viewBox", `${seen.x} ${seen.y} ${seen.width} ${seen.height}`);

  // What is seen now, in degrees: the drawing is even in both directions.
  function part() {
    const all = box(svg);
    const wide = (all.east - all.west) / whole.width;
    const high = (all.north - all.south) / whole.height;
    return {
      west: all.west + seen.x * wide,
      east: all.west + (seen.x + seen.width) * wide,
      north: all.north - seen.y * high,
      south: all.north - (seen.y + seen.height) * high,
    };
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => show(address(section, part())), DELAY);
  }

  function zoom(factor, x = 0.5, y = 0.5) {
    const width = Math.max(whole.width / 64, Math.min(whole.width * 8, seen.width * factor));
    const real = width / seen.width;
    seen = {
      x: seen.x + x * seen.width * (1 - real),
      y: seen.y + y * seen.height * (1 - real),
      width,
      height: seen.height * real,
    };
    draw();
    later();
  }

  function move(x, y) {
    seen = { ...seen, x: seen.x + x, y: seen.y + y };
    draw();
    later();
  }

  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== frame) return; // a page that scrolls past is not a zoom
    event.preventDefault();
    const at = svg.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, (event.clientX - at.left) / at.width, (event.clientY - at.top) / at.height);
  }, { passive: false });

  let held = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    held = { x: event.clientX, y: event.clientY, moved: false };
  });
  frame.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < 4) return;
    if (!held.moved) frame.setPointerCapture(event.pointerId);
    const scale = seen.width / svg.getBoundingClientRect().width;
    held = { x: event.clientX, y: event.clientY, moved: true };
    frame.classList.add("held");
    clearTimeout(timer);
    seen = { ...seen, x: seen.x - dx * scale, y: seen.y - dy * scale };
    draw();
  });
  const release = () => {
    if (held?.moved) {
      frame.addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
      later();
    }
    held = null;
    frame.classList.remove("held");
  };
  frame.addEventListener("pointerup", release);
  frame.addEventListener("pointercancel", release);
  frame.addEventListener("dragstart", (event) => event.preventDefault());

  frame.addEventListener("keydown", (event) => {
    if (event.target !== frame || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = seen.width / 4;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key]) move(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(0.5);
    else if (event.key === "-") zoom(2);
    else return;
    event.preventDefault();
  });

  section.querySelector(".steps").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.getAttribute("href"));
  });
}

addEventListener("popstate", () => show(location.pathname + location.search, false));
if (document.querySelector("[data-panzoom]")) start();
