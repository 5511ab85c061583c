/* Answers for the pages of rounds: the network first, for a short while, then the copy that this phone keeps. SHELL, what the
   pages are drawn with, stands in the file that loads this one; its first is shown where there is neither line nor copy. */
"use strict";
const PATIENCE = 4000;
const shellName = async () => "shell-" + [...new Uint8Array(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(SHELL)))]
  .slice(0, 8).map((one) => one.toString(16).padStart(2, "0")).join("");

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const shell = await caches.open(await shellName());
  await shell.addAll(SHELL.map((path) => new Request(path, { cache: "reload" })));
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const mine = await shellName();
  for (const name of await caches.keys()) { if (name.startsWith("shell-") && name !== mine) { await caches.delete(name); } }
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) { return; }
  if (request.mode === "navigate") { event.respondWith(page(event, url.pathname)); }
  else if (SHELL.includes(url.pathname)) { event.respondWith(caches.match(request).then((found) => found || fetch(request))); }
});

self.addEventListener("sync", (event) => {
  if (event.tag === "answers") { event.waitUntil(kept.send().then(tell)); }
});

async function tell(what) {
  for (const page of await self.clients.matchAll({ type: "window" })) { page.postMessage(what); }
  // The browser tries once more later, when this fails.
  if (what === "offline") { throw new Error("no line yet"); }
}

async function page(event, path) {
  const copy = await kept.copyOf(path).catch(() => undefined);
  const late = copy && new Promise((done, failed) => setTimeout(() => failed(new Error("too slow")), PATIENCE));
  try {
    const answer = await (late ? Promise.race([fetch(event.request), late]) : fetch(event.request));
    // A server that cannot be reached behind its proxy is a line that is down.
    if (answer.status >= 502 && copy) { return copy; }
    if (copy && (answer.status >= 400 || answer.type === "opaqueredirect")) { event.waitUntil(look(path)); }
    return answer;
  } catch {
    return copy || caches.match(SHELL[0]);
  }
}

/* The server answered with something else than the page: ask whether the round is still this volunteer's; copies end if not. */
async function look(path) {
  const round = Number(path.slice(kept.HOME.length).split("/")[0]);
  const known = (await kept.all("rounds")).find((one) => one.round === round);
  if (known) { await kept.keep(round, known.who); }
}
