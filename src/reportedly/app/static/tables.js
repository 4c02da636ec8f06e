// On a narrow screen a row of a list becomes a small block, each value behind the name of its column. The names are set
// here, with the roles that keep a table a table for screen readers however it is laid out. Without this file the tables
// scroll sideways. What is long is folded there.

const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row" };

function name(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent.trim());
  if (!heads.length) return;
  table.classList.add("stacks");
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr")]) part.setAttribute("role", ROLES[part.tagName]);
  for (const head of table.tHead.rows[0].cells) head.setAttribute("role", "columnheader");
  for (const body of table.tBodies) {
    for (const row of body.rows) {
      for (const cell of row.cells) {
        cell.dataset.head = cell.colSpan > 1 ? "" : heads[cell.cellIndex] ?? "";
        cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
      }
    }
  }
}

/** Name the columns of every list below an element. */
export function nameColumns(within = document) {
  for (const table of within.querySelectorAll("table.list")) name(table);
}

nameColumns();
if (matchMedia("(max-width: 600px)").matches) {
  for (const long of document.querySelectorAll("details.long")) long.open = false;
}
