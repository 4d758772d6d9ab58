// Passkeys. Forms marked data-passkey appear only where the browser has passkeys; sending one asks the device first.
//   data-passkey="create" | "get"   with the options in the element that data-options names
//   data-passkey="fetch"            with the options from the form's own address
(function () {
  "use strict";
  if (!window.webauthnJSON || !window.webauthnJSON.supported()) {
    document.querySelectorAll("[data-passkey-absent]").forEach(function (each) { each.hidden = false; });
    return;
  }

  async function options(form) {
    if (form.dataset.passkey !== "fetch") {
      const given = JSON.parse(document.getElementById(form.dataset.options).textContent);
      return given.creation_options || given.request_options;
    }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options;
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    const field = form.querySelector("[name=credential]");
    const failed = form.querySelector("[data-passkey-failed]");
    form.hidden = false;
    form.addEventListener("submit", async function (event) {
      event.preventDefault();
      if (failed) failed.hidden = true;
      try {
        const asked = await options(form);
        const made = form.dataset.passkey === "create" ? await webauthnJSON.create(asked) : await webauthnJSON.get(asked);
        field.value = JSON.stringify(made);
        form.submit();
      } catch (error) {
        if (failed) failed.hidden = false;
        form.querySelectorAll("[aria-busy]").forEach(function (each) { each.removeAttribute("aria-busy"); each.disabled = false; });
      }
    });
  });
})();
