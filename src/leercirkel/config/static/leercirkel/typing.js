// What is typed is not lost: what saves itself is saved before one goes on, and when the session is over or the
// connection fails the page stays, says so, and sends it again when that is possible. Without script nothing saves
// itself, and a form that came too late is answered by a page that says what to do.
const box = document.getElementById("not-saved");
const screen = document.getElementById("lock-screen");
const FRESH = 60000;
const LONGEST = 10000;
const unsent = new Set();
const sending = new Set();
const failed = new Set();
let seen = Date.now();
let waiting = false;

const typed = (root) =>
  [...root.querySelectorAll("textarea, input:not([type]), input[type=text], input[type=number], input[type=search]")].some(
    (field) => field.value.trim() && field.value !== field.defaultValue,
  );
const sender = (event) => event.detail.requestConfig.elt;
const out = (event) => event.detail.xhr.responseURL.includes("/aanmelden/");

function say(why) {
  waiting = Boolean(why) && why !== "again";
  for (const each of box.querySelectorAll("[data-why]")) each.hidden = each.dataset.why !== why;
  box.hidden = !why;
}

function send(element) {
  if (element.matches('[hx-trigger*="change"]')) element.dispatchEvent(new Event("change", { bubbles: true }));
  else element.requestSubmit?.();
}

// Whether one is still signed in, as the same person: "yes", "signed-out", "other", "locked", "broken" or "connection".
// Forms of a session before get the token of this one.
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
    const elements = [...failed].filter((element) => element.isConnected);
    failed.clear();
    say(elements.length ? "" : "again");
    elements.forEach(send);
  }
}

// Whether everything that saves itself is saved: what was typed last is sent now. Not when a question came of it.
async function saved() {
  const asked = () => [...document.querySelectorAll("[role=alert]:not([hidden]), .fault")];
  const before = asked();
  for (const element of [...unsent]) send(element);
  const until = Date.now() + LONGEST;
  while (sending.size && Date.now() < until) await new Promise((done) => setTimeout(done, 30));
  const question = asked().find((each) => !before.includes(each));
  question?.scrollIntoView({ block: "center" });
  return !question && !sending.size && !failed.size;
}

if (box && screen) {
  // A form that is sent as a page: first what saves itself, and whether the form will be taken in.
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      if (form.method !== "post" || form === screen || form.hasAttribute("hx-post") || form.dataset.taken) return;
      if (form.closest("[role=alert]")) return; // a choice between texts
      const busy = unsent.size || sending.size;
      const late = Date.now() - seen > FRESH && typed(form);
      if (!busy && !late) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      if (busy && !(await saved())) return;
      const how = late ? await look() : "yes";
      if (how !== "yes" && how !== "locked") return say(how);
      say("");
      form.dataset.taken = "yes";
      form.requestSubmit(button?.isConnected ? button : undefined);
      delete form.dataset.taken;
    },
    true,
  );
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const other = event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || other || link.target || link.getAttribute("href").startsWith("#")) return;
    if (!unsent.size && !sending.size) return;
    event.preventDefault();
    if (await saved()) location.assign(link.href);
  });
  window.addEventListener("pagehide", () => {
    for (const element of unsent) {
      const form = element.closest("form");
      if (form === element) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" });
    }
  });

  // A piece that saves itself.
  document.addEventListener("input", (event) => {
    const element = event.target.closest('[hx-trigger*="input"]');
    if (element) unsent.add(element);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.defaultPrevented) return;
    unsent.delete(sender(event));
    sending.add(event.detail.xhr);
  });
  const lost = (event, why) => {
    if (sender(event).closest("form")?.method === "post") failed.add(sender(event));
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
    if (!out(event)) return;
    event.detail.shouldSwap = false;
    if (typed(document)) lost(event, "signed-out");
    else location.reload();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    sending.delete(event.detail.xhr);
    if (!event.detail.successful || out(event)) return;
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
