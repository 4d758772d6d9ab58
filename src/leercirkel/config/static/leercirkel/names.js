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
    location.reload(); // the names are not in this page
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
