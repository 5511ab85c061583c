/* What a phone keeps of a volunteer's rounds: copies of their pages until a moment that the server names, and answers until
   they are sent. Used by the pages (round.js) and by the worker beside them (round_worker.js). */
"use strict";
const kept = (() => {
  const HOME = "/volunteer/rounds/", SEND = HOME + "send/";
  const SHORT = 6000, LONG = 25000, MOST = 50;

  /* Stores: "lines" are answers in their order, each "waiting", "sent" or "refused"; "rounds" are the copies' times. */
  let opening;
  const open = () => opening ||= new Promise((done, failed) => {
    const asked = indexedDB.open("hustings-rounds", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("lines", { keyPath: "seq", autoIncrement: true });
      asked.result.createObjectStore("rounds", { keyPath: "round" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const act = async (store, mode, ask) => {
    const within = (await open()).transaction(store, mode);
    const asked = ask(within.objectStore(store));
    return new Promise((done, failed) => {
      within.oncomplete = () => done(asked.result);
      within.onabort = within.onerror = () => failed(within.error);
    });
  };
  const all = (store) => act(store, "readonly", (it) => it.getAll());
  const put = (store, value) => act(store, "readwrite", (it) => it.put(value));
  const remove = (store, key) => act(store, "readwrite", (it) => it.delete(key));

  const ask = (url, patience, options) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    return fetch(url, { cache: "no-store", redirect: "manual", signal: stop.signal, ...options })
      .then(async (answer) => ({ status: answer.type === "opaqueredirect" ? 302 : answer.status,
        policy: answer.headers.get("Content-Security-Policy"), said: answer.ok ? await answer.json() : null }))
      .catch(() => ({ status: 0 }))
      .finally(() => clearTimeout(timer));
  };

  const storeOf = (who, round) => `own-${who}-round-${round}`;
  // What was sent is of use beside a copy alone: one that was made before it was sent.
  const forgetSent = async (meant) => {
    for (const line of await all("lines")) { if (line.state === "sent" && !line.says.length && meant(line)) { await remove("lines", line.seq); } }
  };
  const drop = async (round) => {
    const meant = (one) => round === undefined || one.round === round;
    for (const name of await caches.keys()) {
      if (name.startsWith("own-") && (round === undefined || name.endsWith(`-round-${round}`))) { await caches.delete(name); }
    }
    for (const one of (await all("rounds")).filter(meant)) { await remove("rounds", one.round); }
    await forgetSent(meant);
  };
  /* Let go of a round, and do not keep it again until asked to. */
  const refuse = async (round) => {
    await drop(round);
    await put("rounds", { round, at: Date.now(), until: Date.now() + 30 * 24 * 3600000, off: true });
  };

  /* Copies whose time is over end; so do those of a phone whose clock was put back, as nobody can tell how old they are. */
  const expire = async () => {
    const now = Date.now();
    // Stores before times: a store that is being filled has its time already.
    const names = (await caches.keys()).filter((name) => name.startsWith("own-"));
    const live = new Set();
    for (const one of await all("rounds")) {
      if (one.until <= now || one.at > now + 120000) { await drop(one.round); } else { live.add(storeOf(one.who, one.round)); }
    }
    for (const name of names) { if (!live.has(name)) { await caches.delete(name); } }
  };
  const stateOf = async (round) => {
    await expire();
    const found = (await all("rounds")).find((one) => one.round === round);
    return found && (found.off || found.whole && await caches.has(storeOf(found.who, round))) ? found : null;
  };
  const copyOf = async (path) => { await expire(); return caches.match(path); };

  /* Fetch every page of a round and keep them; or let them go, where the server says so. */
  const keep = async (round, who) => {
    const at = Date.now();
    const { status, said, policy } = await ask(`${HOME}${round}/kept/`, LONG);
    if (status === 302) { await drop(); return "out"; }
    if (status === 403 || status === 404) { await drop(round); return "gone"; }
    if (!said) { return "offline"; }
    if (!said.seconds) { await drop(round); return "over"; }
    const about = { round, who, at, until: at + said.seconds * 1000 };
    const known = await stateOf(round);
    if (!known || known.who !== who) { await put("rounds", about); }
    const store = await caches.open(storeOf(who, round));
    const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy };
    for (const [path, page] of Object.entries(said.pages)) { await store.put(path, new Response(page, { headers })); }
    for (const one of await store.keys()) { if (!(new URL(one.url).pathname in said.pages)) { await store.delete(one); } }
    // Let go of while it was fetched?
    if ((await all("rounds")).some((one) => one.round === round && one.off)) { return "off"; }
    await put("rounds", { ...about, whole: true });
    await forgetSent((line) => line.round === round && line.sent_at < at);
    return "kept";
  };

  /* Send what waits, in order. A line that was sent before and whose answer was lost counts once: the server knows its key. */
  const send = () => navigator.locks ? navigator.locks.request("hustings-answers", sendAll) : sendAll();
  const sendAll = async () => {
    const waiting = (await all("lines")).filter((line) => line.state === "waiting");
    if (!waiting.length) { return "empty"; }
    const hello = await ask(SEND, SHORT);
    if (hello.status === 302) { await drop(); return "out"; }
    if (!hello.said) { return "offline"; }
    const mine = waiting.filter((line) => line.who === hello.said.who);
    let done = "sent";
    for (let from = 0; from < mine.length; from += MOST) {
      const part = mine.slice(from, from + MOST);
      let status = await post(hello.said, part);
      // One line that the server stumbles over must not hold up the others.
      if (status >= 500 && part.length > 1) { for (const line of part) { status = await post(hello.said, [line]); } }
      if (status !== 200) { done = status === 302 || status === 409 ? "out" : "offline"; }
      if (status === 0) { break; }
    }
    return done;
  };
  const post = async ({ who, token }, part) => {
    const lines = part.map(({ key, round, door, turn, tapped_at, fields, proof }) => ({ key, round, door, turn, tapped_at, fields, proof }));
    const { status, said } = await ask(SEND, LONG, { method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ who, sent_at: new Date().toISOString(), lines }) });
    if (!said) { return status; }
    for (const answer of said.lines) {
      const line = part.find((one) => one.key === answer.key);
      // What was said is not kept a moment longer than needed.
      if (answer.is_taken) { Object.assign(line, { state: "sent", sent_at: Date.now(), fields: [], said: [] }); }
      else { line.state = "refused"; }
      line.says = answer.says;
      await put("lines", line);
    }
    return status;
  };
  return { HOME, open, all, put, remove, drop, refuse, expire, stateOf, copyOf, keep, send };
})();
