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
