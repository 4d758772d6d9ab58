// The lock page tells the other windows of this browser; these then show it too.
if ("BroadcastChannel" in window) new BroadcastChannel("leercirkel-lock").postMessage("locked");
