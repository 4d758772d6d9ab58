// Keys, dialogs and forms. Every page works without this.
const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (!document.body.dataset.keys || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "n") {
    document.dispatchEvent(new CustomEvent("leercirkel:names"));
    event.preventDefault();
  } else if (event.key === "/") {
    const menu = document.getElementById("menu");
    const box = document.querySelector("[data-search]");
    if (!box) return;
    if (!box.checkVisibility()) menu?.showPopover?.();
    box.focus();
    event.preventDefault();
  } else if (event.key === "?") {
    location.assign(document.body.dataset.keys);
  }
});

// In a long menu the page that is open can be seen.
document.querySelector("#menu nav [aria-current]")?.scrollIntoView({ block: "nearest" });

// A menu under a name closes as menus do.
document.addEventListener("keydown", (event) => {
  const open = document.querySelector("details.account[open]");
  if (event.key === "Escape" && open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  const open = document.querySelector("details.account[open]");
  if (open && !open.contains(event.target)) open.open = false;

  // <a href="page" data-dialog="id"> opens the dialog with that id; without script it goes to the page.
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
  const closer = event.target.closest("[data-close]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog")?.close();
  }
  if (event.target.closest("[data-print]")) window.print();
});

// What is being done is said, and is not done twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button?.dataset.busy) {
    button.dataset.idle = button.textContent;
    button.textContent = button.dataset.busy;
    button.setAttribute("aria-disabled", "true");
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[data-idle]")) {
    button.textContent = button.dataset.idle;
    button.removeAttribute("aria-disabled");
    delete button.dataset.idle;
  }
  for (const each of document.querySelectorAll("[data-needs-script]")) each.hidden = false;
});

// Files dropped anywhere on <form data-drop> come into its field.
const dropped = (event) => event.target.closest?.("form[data-drop]")?.querySelector("input[type=file]");
document.addEventListener("dragover", (event) => {
  if (dropped(event) && event.target.type !== "file") event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const field = dropped(event);
  if (!field || event.target === field || !event.dataTransfer.files.length) return;
  event.preventDefault();
  field.files = event.dataTransfer.files;
  field.focus();
});

// While <… data-choice="id"> asks which text must stand, the form with that id waits: it only sends what the user chooses.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (elt.id && document.querySelector(`[data-choice="${elt.id}"]`) && requestConfig.triggeringEvent?.type !== "submit") event.preventDefault();
});
