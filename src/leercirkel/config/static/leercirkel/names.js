// Hides all names at once: a laptop is mirrored on the board in class. The cookie tells the server for the next page.
const COOKIE = "lc-names";
const root = document.documentElement;
const shown = new Map(); // what stood where, to put it back
const ATTRIBUTES = ["aria-label", "placeholder", "title", "alt"];

const isHidden = () => document.cookie.split("; ").includes(`${COOKIE}=hidden`);

function keep(hidden) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${COOKIE}=${hidden ? "hidden" : ""}; path=/; samesite=lax${hidden ? "" : "; max-age=0"}${secure}`;
}

function replaceText(within) {
  const names = new Map();
  for (const each of within.querySelectorAll(".name[data-mask]")) {
    if (shown.has(each)) continue;
    const before = { text: each.textContent };
    names.set(each.textContent, each.dataset.mask);
    if (each.dataset.full) names.set(each.dataset.full, each.dataset.mask);
    for (const attribute of ["data-full", "href"]) {
      if (each.hasAttribute(attribute)) {
        before[attribute] = each.getAttribute(attribute);
        each.removeAttribute(attribute);
      }
    }
    shown.set(each, before);
    each.textContent = each.dataset.mask;
  }
  const longest = [...names].sort((a, b) => b[0].length - a[0].length);
  const masked = (text) => longest.reduce((now, [name, mask]) => now.replaceAll(name, mask), text);
  for (const each of within.querySelectorAll(ATTRIBUTES.map((a) => `[${a}]`).join(","))) {
    for (const attribute of ATTRIBUTES) {
      const before = each.getAttribute(attribute);
      if (before && masked(before) !== before) {
        shown.set(each, { ...shown.get(each), [attribute]: before });
        each.setAttribute(attribute, masked(before));
      }
    }
  }
  for (const each of within.querySelectorAll("option, svg title")) {
    if (masked(each.textContent) !== each.textContent) {
      shown.set(each, { text: each.textContent });
      each.textContent = masked(each.textContent);
    }
  }
}

function hide() {
  const title = document.querySelector("title");
  if (title?.dataset.mask && !shown.has(title)) {
    shown.set(title, { text: title.textContent });
    title.textContent = title.dataset.mask;
  }
  replaceText(document);
  root.classList.add("names-hidden");
  tell(true);
}

function show() {
  root.classList.remove("names-hidden");
  if (root.dataset.names === "hidden") {
    fetchNames(); // the names are not in this page
    return;
  }
  for (const [each, before] of shown) {
    for (const [what, value] of Object.entries(before)) {
      if (what === "text") each.textContent = value;
      else each.setAttribute(what, value);
    }
  }
  shown.clear();
  tell(false);
}

// Which forms hold something that was typed and may not be saved yet.
const typedIn = (form) =>
  [...form.elements].some((each) =>
    each.matches("textarea, input:not([type=hidden], [type=checkbox], [type=radio])")
      ? each.value !== each.defaultValue
      : each.matches("input[type=checkbox], input[type=radio]")
        ? each.checked !== each.defaultChecked
        : each.matches("select") && [...each.options].some((option) => option.selected !== option.defaultSelected && option.defaultSelected),
  );

// The page again with names. Where something was typed the page stays, and only what differs is taken from the new one.
async function fetchNames() {
  const kept = new Set([...document.querySelectorAll("main form")].filter(typedIn));
  if (!kept.size) {
    location.reload();
    return;
  }
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) {
    keep(true);
    root.classList.add("names-hidden");
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  delete root.dataset.names;
  take(document.querySelector("title"), fresh.querySelector("title"), kept);
  take(document.querySelector("main"), fresh.querySelector("main"), kept);
  window.htmx?.process(document.querySelector("main"));
  tell(false);
}

function take(old, fresh, kept) {
  if (kept.has(old) && fresh.nodeName !== "FORM") return;
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
    if (![...kept].some((form) => old.contains(form))) old.replaceWith(document.importNode(fresh, true));
  } else if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
  } else if (!(old.form && kept.has(old.form))) {
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    const [ours, theirs] = [[...old.childNodes], [...fresh.childNodes]];
    if (ours.length === theirs.length) ours.forEach((each, index) => take(each, theirs[index], kept));
    else if (![...kept].some((form) => old.contains(form))) old.replaceChildren(...theirs.map((each) => document.importNode(each, true)));
  }
}

function tell(hidden) {
  for (const button of document.querySelectorAll("[data-names-button]")) {
    button.setAttribute("aria-pressed", String(hidden));
    button.querySelector("[data-word]").textContent = hidden ? button.dataset.show : button.dataset.hide;
  }
}

function turn() {
  const hidden = !isHidden();
  keep(hidden);
  if (hidden) hide();
  else show();
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-names-form]")) {
    event.preventDefault();
    turn();
  }
});
document.addEventListener("leercirkel:names", turn);
document.addEventListener("htmx:afterSwap", (event) => {
  if (isHidden()) replaceText(event.target);
});
// A page that comes back by the back button may be from before.
window.addEventListener("pageshow", () => {
  const now = root.classList.contains("names-hidden");
  if (isHidden() && !now) hide();
  else if (!isHidden() && now) show();
});
