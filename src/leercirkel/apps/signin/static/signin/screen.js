// Locking: this device locks itself when it is left, every window of the session locks together, and typing is no idle
// time. Without script the server does the same at the next request.
(function () {
  "use strict";
  const form = document.getElementById("lock-screen");
  if (!form) return;
  const after = Number(form.dataset.after) * 60000;
  const windows = "BroadcastChannel" in window ? new BroadcastChannel("leercirkel-lock") : null;
  let last = Date.now();
  let told = Date.now();

  function hide() { document.body.hidden = true; }

  function lock() {
    hide();
    form.submit();
  }

  function active() {
    last = Date.now();
    if (last - told > 60000) {
      told = last;
      fetch(form.dataset.here).then(function (answer) { if (answer.status === 423) { hide(); location.reload(); } }).catch(function () {});
    }
  }

  function look() {
    if (after && Date.now() - last > after) lock();
  }

  ["keydown", "pointerdown", "input", "wheel"].forEach(function (kind) { document.addEventListener(kind, active, { passive: true }); });
  if (after) {
    setInterval(look, 5000);
    document.addEventListener("visibilitychange", look);
  }
  window.addEventListener("pageshow", function (event) { if (event.persisted) { hide(); location.reload(); } });
  if (windows) windows.onmessage = function () { hide(); location.reload(); };
})();
