// SPDX-License-Identifier: Apache-2.0
// All of Tonle's script. Pages read without it: it adds the fixed theme, keys, a crosshair that
// reads charts out, and the renewal of pages that show "now".
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
    const link = rows[row].querySelector("a, summary");
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
    "c": () => follow(byId("compare")),
  };
  for (let n = 1; n <= 6; n++) single[n] = () => follow(document.querySelectorAll(".views a:not([id])")[n - 1]);
  const pages = { o: "nav-overview", t: "nav-traffic", l: "nav-links", p: "nav-operators", r: "nav-registry", e: "nav-exporters", s: "nav-status", a: "nav-audit" };

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

  // ---- the crosshair: a line at one point of a time chart, and its figures in words below

  const numbers = (text) => text.split(" ").map(Number);
  const cross = (svg, index, spoken) => {
    const [left, wide, top, bottom] = numbers(svg.dataset.x);
    const [from, every, count] = numbers(svg.dataset.time);
    if (!count) return;
    const at = Math.max(0, Math.min(count - 1, index));
    svg.crossAt = at;
    let line = svg.querySelector(".cross");
    if (!line) {
      line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      line.setAttribute("class", "cross");
      svg.append(line);
    }
    const x = left + (at + 0.5) * wide;
    for (const [name, value] of [["x1", x], ["x2", x], ["y1", top], ["y2", bottom]]) line.setAttribute(name, value);
    const box = svg.closest(".chartbox");
    let reading = box.nextElementSibling;
    if (!reading || !reading.classList.contains("reading")) {
      reading = document.createElement("p");
      reading.className = "reading quiet";
      box.after(reading);
    }
    const [unit, up, down] = svg.dataset.words.split("|");
    const side = (word, name) => {
      const figures = [...svg.querySelectorAll(".readings")].flatMap((one) => {
        const figure = (one.dataset[name] || "").split(" ")[at];
        return figure ? [(one.dataset.name ? one.dataset.name + " " : "") + (figure === "-" ? "–" : figure)] : [];
      });
      return figures.length ? word + ": " + figures.join(" · ") + " " + unit : "";
    };
    const when = new Intl.DateTimeFormat(root.lang === "km" ? "km-u-nu-latn" : "en-GB",
      { dateStyle: "medium", timeStyle: "short", timeZone: svg.dataset.zone }).format(new Date((from + at * every) * 1000));
    reading.setAttribute("aria-live", spoken ? "polite" : "off");
    reading.textContent = [when, side(up, "up"), down ? side(down, "down") : ""].filter(Boolean).join(" — ");
  };
  const chartOf = (target) => {
    const box = target instanceof Element ? target.closest(".chartbox") : null;
    return box ? box.querySelector("svg[data-time]") : null;
  };
  const onPointer = (event) => {
    const svg = chartOf(event.target);
    if (!svg) return;
    const [left, wide] = numbers(svg.dataset.x);
    const frame = svg.getBoundingClientRect();
    const x = (event.clientX - frame.left) / frame.width * svg.viewBox.baseVal.width;
    cross(svg, Math.floor((x - left) / wide), false);
  };
  const onChartKey = (event) => {
    const svg = event.target.matches(".chartbox") ? chartOf(event.target) : null;
    if (!svg || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = numbers(svg.dataset.time)[2] - 1;
    const here = svg.crossAt === undefined ? last + 1 : svg.crossAt;
    const next = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    cross(svg, next, true);
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
    document.addEventListener("keydown", onChartKey);
    document.addEventListener("pointermove", onPointer);
    document.addEventListener("pointerdown", onPointer);
    const every = Number(document.body.dataset.refresh);
    if (every > 0) setInterval(renew, every * 1000);
  });
})();
