// Copies a text that stands on the page. Without this one selects it by hand.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.focus();
  field.select();
  let done = true;
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    done = document.execCommand("copy"); // not served safely, or not allowed: the old way still works
  }
  if (done) document.getElementById(`${button.dataset.copy}-gekopieerd`).textContent = button.dataset.done;
});
