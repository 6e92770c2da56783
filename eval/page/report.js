"use strict";
// Sorts and filters the table of cases; every text is already in the page.
const table = document.querySelector("table.cases");
const rows = [...table.tBodies[0].rows];
const words = document.querySelector("#words");
const kind = document.querySelector("#kind");
const count = document.querySelector("#count");

function cellValue(row, at) {
  const cell = row.cells[at];
  return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
}

function sortBy(at, button) {
  const header = button.parentElement;
  const down = header.ariaSort !== "descending";
  for (const other of header.parentElement.cells) other.ariaSort = null;
  header.ariaSort = down ? "descending" : "ascending";
  rows.sort((a, b) => {
    const [x, y] = [cellValue(a, at), cellValue(b, at)];
    const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(y);
    return down ? -order : order;
  });
  table.tBodies[0].append(...rows);
}

function filterRows() {
  const wanted = words.value.toLocaleLowerCase();
  let shown = 0;
  for (const row of rows) {
    const fits = row.textContent.toLocaleLowerCase().includes(wanted)
      && (kind.value === "" || row.dataset.kind === kind.value);
    row.hidden = !fits;
    document.getElementById(row.dataset.case).hidden = !fits;
    shown += fits;
  }
  count.textContent = `${shown} of ${rows.length}`;
}

for (const [at, button] of [...table.querySelectorAll("th button")].entries()) {
  button.addEventListener("click", () => sortBy(at, button));
}
words.addEventListener("input", filterRows);
kind.addEventListener("change", filterRows);
for (const link of table.querySelectorAll("a")) {
  link.addEventListener("click", () => {
    document.getElementById(link.hash.slice(1)).open = true;
  });
}
filterRows();
