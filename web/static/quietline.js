// Live updates, and nothing else: every page works without this file.
// The server only says "something changed"; the page then fetches itself again and swaps the regions marked data-live.
"use strict";

(() => {
  const POLL_MS = 10000;  // when no stream can be had: as often as a call rings twice
  const ASK_AGAIN_MS = 15000;  // after a stream was refused
  const PAUSE_MS = 300;  // several changes within this time are one look
  if (!document.querySelector("[data-live]")) return;

  let looking = false, again = false, polling = null, asking = null, due = null;

  function soon() {
    if (due === null) due = setTimeout(() => { due = null; look(); }, PAUSE_MS);
  }

  async function look() {
    if (looking) { again = true; return; }
    looking = true;
    try {
      const answer = await fetch(location.href, { headers: { "X-Live": "1" }, cache: "no-store" });
      if (answer.redirected) { location.reload(); return; }  // signed out meanwhile
      if (answer.ok) swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
      mark(answer.ok);
    } catch { mark(false); } finally {
      looking = false;
      if (again) { again = false; soon(); }
    }
  }

  function swap(fresh) {
    for (const region of document.querySelectorAll("[data-live]")) {
      const other = fresh.getElementById(region.id);
      if (!other) continue;
      if (region.dataset.live === "rows") rows(region, other);
      else if (region.innerHTML !== other.innerHTML) replace(region, other);
    }
  }

  // Row by row, so that an opened "Why?", the focus and the reader's place stay where they are.
  function rows(region, other) {
    const known = new Map([...region.children].map((row) => [row.id, row]));
    let place = region.firstElementChild;
    for (const row of [...other.children]) {
      const old = known.get(row.id);
      known.delete(row.id);
      if (!old) { region.insertBefore(document.adoptNode(row), place); continue; }
      if (old !== place) region.insertBefore(old, place); else place = old.nextElementSibling;
      if (clean(old) !== row.innerHTML || old.className !== row.className) { old.className = row.className; replace(old, row); }
    }
    for (const gone of known.values()) gone.remove();
  }

  // What the server sent for this element: opening a <details> writes an attribute that is not from there.
  function clean(element) {
    const copy = element.cloneNode(true);
    for (const details of copy.querySelectorAll("details[open]")) details.removeAttribute("open");
    return copy.innerHTML;
  }

  function replace(old, fresh) {
    const opened = [...old.querySelectorAll("details[open]")].map((details) => details.id);
    const focus = old.contains(document.activeElement) ? document.activeElement : null;
    const key = focus && (focus.id || focus.getAttribute("formaction"));
    old.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
    for (const id of opened) { const details = id && document.getElementById(id); if (details) details.open = true; }
    if (key) {
      const same = [...old.querySelectorAll("[id], [formaction]")]
        .find((element) => element.id === key || element.getAttribute("formaction") === key);
      (same || old.querySelector("button, a, summary"))?.focus();
    }
  }

  function mark(live) {
    const shown = document.getElementById("live-state");
    const text = live ? shown?.dataset.good : shown?.dataset.lost;
    if (shown && shown.textContent !== text) shown.textContent = text;
  }

  let stream = null;

  function listen() {
    hush();
    stream = new EventSource("/live");
    stream.addEventListener("open", () => { clearInterval(polling); polling = null; soon(); });
    stream.addEventListener("changed", soon);
    stream.addEventListener("error", () => {
      if (polling === null) polling = setInterval(look, POLL_MS);
      // The browser tries again by itself, unless the server refused: no room for one more reader.
      if (stream?.readyState === EventSource.CLOSED) asking = setTimeout(listen, ASK_AGAIN_MS);
    });
  }

  // A page nobody looks at gives its stream to one that somebody does.
  function hush() {
    stream?.close();
    stream = null;
    clearInterval(polling);
    clearTimeout(asking);
    polling = asking = null;
  }

  document.addEventListener("visibilitychange", () => { if (document.hidden) hush(); else listen(); });
  addEventListener("pagehide", hush);
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  listen();
})();
