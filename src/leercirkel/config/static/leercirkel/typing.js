// What is typed is not lost when the session is over or the connection fails: the page stays, says so, and sends it
// again when that is possible. Without script a form that came too late is answered by a page that says what to do.
const box = document.getElementById("not-saved");
const screen = document.getElementById("lock-screen");
const FRESH = 60000;
const failed = new Set();
let seen = Date.now();
let waiting = false;

const typed = (root) =>
  [...root.querySelectorAll("textarea, input:not([type]), input[type=text], input[type=number], input[type=search]")].some(
    (field) => field.value.trim() && field.value !== field.defaultValue,
  );

const sender = (event) => event.detail.requestConfig.elt.closest("form");

function say(why) {
  waiting = Boolean(why) && why !== "again";
  for (const each of box.querySelectorAll("[data-why]")) each.hidden = each.dataset.why !== why;
  box.hidden = !why;
}

// Whether one is still signed in, as the same person: "yes", "signed-out", "other", "locked" or "connection". A form of
// a session before gets the token of this one.
async function look() {
  let answer;
  try {
    answer = await fetch(screen.dataset.here, { cache: "no-store" });
  } catch {
    return "connection";
  }
  if (answer.status === 423) return "locked";
  if (answer.status !== 204) return answer.redirected ? "signed-out" : "broken";
  if (answer.headers.get("X-User") !== screen.dataset.who) return "other";
  const token = answer.headers.get("X-CSRFToken");
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  seen = Date.now();
  return "yes";
}

async function again() {
  const how = await look();
  if (how === "locked") location.reload();
  else if (how !== "yes") say(how);
  else {
    const forms = [...failed].filter((form) => form.isConnected);
    failed.clear();
    say(forms.length ? "" : "again");
    for (const form of forms) form.requestSubmit();
  }
}

if (box && screen) {
  // A form that is sent as a page: first whether it will be taken in.
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      const elsewhere = form.method !== "post" || form === screen || form.hasAttribute("hx-post");
      if (elsewhere || form.dataset.taken || Date.now() - seen < FRESH || !typed(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      const how = await look();
      if (how !== "yes" && how !== "locked") return say(how);
      say("");
      form.dataset.taken = "yes";
      form.requestSubmit(button);
      delete form.dataset.taken;
    },
    true,
  );

  // A piece that is saved by itself.
  const lost = (event, why) => {
    const form = sender(event);
    if (form?.method === "post") failed.add(form);
    say(why);
  };
  document.addEventListener("htmx:sendError", (event) => lost(event, "connection"));
  document.addEventListener("htmx:timeout", (event) => lost(event, "connection"));
  document.addEventListener("htmx:responseError", async (event) => {
    const { status } = event.detail.xhr;
    if (status === 423) return; // the screen is locked: screen.js
    lost(event, "broken");
    if (status === 403) {
      const how = await look();
      if (how !== "yes" && how !== "locked") say(how);
    }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.xhr.responseURL.includes("/aanmelden/")) return;
    event.detail.shouldSwap = false;
    if (typed(document)) lost(event, "signed-out");
    else location.reload();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful || event.detail.xhr.responseURL.includes("/aanmelden/")) return;
    seen = Date.now();
    failed.delete(sender(event));
    if (waiting && !failed.size) say("");
  });

  box.addEventListener("click", (event) => {
    if (event.target.closest("[data-again]")) again();
  });
  const back = () => waiting && document.visibilityState === "visible" && again();
  document.addEventListener("visibilitychange", back);
  window.addEventListener("focus", back);
  window.addEventListener("online", back);
}
