// A pupil is dragged to another column: the same as choosing another arrangement in its list.
const ready = (root) => {
  for (const pupil of root.querySelectorAll("[data-pupil]")) pupil.draggable = true;
};
let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-pupil]");
  if (dragged) event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const to = event.target.closest?.(".cluster");
  for (const each of document.querySelectorAll(".cluster.over")) if (each !== to) each.classList.remove("over");
  if (!dragged || !to) return;
  event.preventDefault();
  to.classList.add("over");
});
document.addEventListener("drop", (event) => {
  const to = event.target.closest?.(".cluster");
  const choice = dragged?.querySelector("select[name=arrangement]");
  dragged = null;
  to?.classList.remove("over");
  if (!to || !choice || choice.value === to.dataset.arrangement) return;
  event.preventDefault();
  choice.value = to.dataset.arrangement;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("dragend", () => {
  dragged = null;
  for (const each of document.querySelectorAll(".cluster.over")) each.classList.remove("over");
});
document.addEventListener("htmx:afterSettle", () => ready(document));
ready(document);

// What is half typed for a goal stays when a pupil is moved, though the middle of the page is new then.
let half = [];
const changed = (field) => field.id && (field.matches("select") ? !field.selectedOptions[0]?.defaultSelected && field.selectedIndex > 0 : field.value !== field.defaultValue);
document.addEventListener("htmx:beforeSwap", (event) => {
  const sent = event.detail.requestConfig.elt;
  const open = [...document.querySelectorAll("#midden details[open] form")].filter((form) => form !== sent);
  half = open.flatMap((form) => [...form.elements].filter(changed).map((field) => [field.id, field.value]));
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, value] of half) {
    const field = document.getElementById(id);
    if (!field) continue;
    field.value = value;
    field.closest("details").open = true;
  }
  half = [];
});
