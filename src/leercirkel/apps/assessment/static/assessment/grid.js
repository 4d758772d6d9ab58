// A grid of fields by keyboard: arrows and Enter go from cell to cell, and a table copied from a spreadsheet is pasted
// where one stands. Without this the grid is a form as any other.
const grids = document.querySelectorAll("[data-grid]");

const fieldsOf = (grid) => [...grid.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("[data-cell]")]);

function placeOf(rows, field) {
  for (const [down, row] of rows.entries()) {
    const across = row.indexOf(field);
    if (across >= 0) return [down, across];
  }
  return [0, 0];
}

let editing = null;

function go(field) {
  if (!field) return false;
  editing = null;
  field.focus();
  field.select?.();
  return true;
}

for (const grid of grids) {
  grid.addEventListener("pointerup", (event) => {
    editing = event.target.closest("input[data-cell]");
  });
  grid.addEventListener("keydown", (event) => {
    const field = event.target.closest("[data-cell]");
    if (!field || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "F2") editing = field;
    const rows = fieldsOf(grid);
    const [down, across] = placeOf(rows, field);
    const within = editing === field; // the caret was put there: left and right go through the text
    const last = rows.length - 1;
    let to = null;
    if (event.key === "Enter") to = event.shiftKey ? rows[down - 1]?.[across] : (rows[down + 1]?.[across] ?? (down === last ? rows[0][across + 1] : null));
    else if (event.key === "ArrowDown") to = rows[down + 1]?.[across];
    else if (event.key === "ArrowUp") to = rows[down - 1]?.[across];
    else if (event.key === "ArrowRight" && !within) to = rows[down][across + 1];
    else if (event.key === "ArrowLeft" && !within) to = rows[down][across - 1];
    else return;
    if (go(to) || event.key === "Enter") event.preventDefault();
  });

  grid.addEventListener("paste", (event) => {
    const field = event.target.closest("input[data-cell]");
    const copied = event.clipboardData?.getData("text") ?? "";
    if (!field || !/[\t\n]/.test(copied.trimEnd())) return;
    event.preventDefault();
    const rows = fieldsOf(grid);
    const [down, across] = placeOf(rows, field);
    for (const [more, line] of copied.replace(/\r/g, "").trimEnd().split("\n").entries()) {
      for (const [further, value] of line.split("\t").entries()) {
        const to = rows[down + more]?.[across + further];
        if (to) to.value = value.trim();
      }
    }
  });
}
