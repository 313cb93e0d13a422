// SPDX-License-Identifier: Apache-2.0
// All of Tonle's script. Pages read without it: it adds the fixed theme, keys, and the renewal of pages that show "now".
"use strict";
(() => {
  const root = document.documentElement;
  // Runs before the first paint, so that a fixed theme never flashes. An address that names a theme wins.
  let kept = null;
  try { kept = localStorage.getItem("theme"); } catch { /* storage refused: the system's theme rules */ }
  if (!root.dataset.theme && kept) root.dataset.theme = kept;

  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not kept, still used */ } };
  const read = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const byId = (id) => document.getElementById(id);
  const follow = (link) => { if (link) link.click(); };

  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  let row = -1;
  let afterG = 0;

  const moveRow = (step) => {
    const rows = [...document.querySelectorAll("main tbody tr")];
    if (!rows.length) return;
    rows.forEach((r) => r.classList.remove("row-here"));
    row = Math.max(0, Math.min(rows.length - 1, row + step));
    rows[row].classList.add("row-here");
    rows[row].scrollIntoView({ block: "nearest" });
    const link = rows[row].querySelector("a");
    if (link) link.focus({ preventScroll: true });
  };

  const now = () => {
    const address = new URL(location.href);
    ["from", "to", "month", "day"].forEach((name) => address.searchParams.delete(name));
    location.href = address.href;
  };

  const copy = async () => {
    const pinned = byId("pinned");
    const address = pinned ? pinned.href : location.href;
    if (navigator.clipboard) await navigator.clipboard.writeText(address);
  };

  const single = {
    "?": () => byId("keys").showModal(),
    "[": () => follow(byId("previous")),
    "]": () => follow(byId("next")),
    ".": now,
    "j": () => moveRow(1),
    "k": () => moveRow(-1),
    "f": () => { const where = byId("where"); if (where) where.focus(); },
    "e": () => { const link = document.querySelector("a.export"); if (link) link.focus(); },
    "y": copy,
  };
  const pages = { o: "nav-overview", t: "nav-traffic", l: "nav-links", e: "nav-exporters", s: "nav-status" };

  const onKey = (event) => {
    const typing = event.target.closest("input, select, textarea, dialog");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      byId("goto").focus();
    } else if (event.ctrlKey && event.key === "Enter" && typing && typing.form) {
      typing.form.requestSubmit();
    } else if (event.key === "Escape" && typing && !typing.closest("dialog")) {
      typing.blur();
    } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && read("single-keys") !== "off") {
      if (event.key === "/") {
        event.preventDefault();
        byId("goto").focus();
      } else if (event.timeStamp - afterG < 1500 && pages[event.key]) {
        event.preventDefault();
        follow(byId(pages[event.key]));
      } else if (event.key === "g") {
        afterG = event.timeStamp;
      } else if (single[event.key]) {
        event.preventDefault();
        single[event.key]();
      }
    }
  };

  const renew = async () => {
    const main = byId("main");
    const busy = main.contains(document.activeElement) && document.activeElement !== main;
    if (document.hidden || busy || main.querySelector("details[open]")) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = next.getElementById("main");
      if (answer.ok && fresh) { main.replaceChildren(...fresh.childNodes); row = -1; }
    } catch {
      // The server is away: what is on screen stays, and its freshness line says how old it is.
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    byId("theme").addEventListener("click", (event) => {
      event.preventDefault();
      root.dataset.theme = isDark() ? "light" : "dark";
      keep("theme", root.dataset.theme);
    });
    const help = byId("show-keys");
    help.hidden = false;
    help.addEventListener("click", () => byId("keys").showModal());
    const box = byId("single-keys");
    box.checked = read("single-keys") !== "off";
    box.addEventListener("change", () => keep("single-keys", box.checked ? "on" : "off"));
    document.addEventListener("keydown", onKey);
    const every = Number(document.body.dataset.refresh);
    if (every > 0) setInterval(renew, every * 1000);
  });
})();
