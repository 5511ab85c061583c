/* A volunteer's round where the line is bad: keeps its pages on the phone, and what is tapped until it is sent. Without it, and
   on a phone that cannot keep anything, the pages work as forms do. */
(() => {
  "use strict";
  const box = document.getElementById("kept");
  if (!box || !("serviceWorker" in navigator && "caches" in window && "indexedDB" in window)) { return; }
  const words = box.dataset, round = Number(words.round), me = words.mark;
  const FRESH = 10 * 60000, AGAIN = 60000, DOUBLE = 10000;
  const labels = { no_answer: words.noAnswer, leaflet: words.leaflet, gone: words.gone, objected: words.objected, spoke: words.spoke };
  let isOut = false, isOpen = false, ended = "", pressed = null, again = null;

  const make = (name, text, more) => Object.assign(document.createElement(name), { textContent: text }, more);
  const at = (moment) => new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const day = (moment) => new Date(moment).toLocaleString([], { weekday: "long", hour: "2-digit", minute: "2-digit" });
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const count = (one, many, n) => fill(n === 1 ? one : many, { n });
  const button = (text, press) => {
    const made = make("button", text, { type: "button", className: "secondary" });
    made.addEventListener("click", press);
    return made;
  };
  const isOver = (line) => line.outcome !== "no_answer" && line.outcome !== "leaflet";
  const says = (line) => fill(words.line, { line: line.line, outcome: labels[line.outcome], at: at(line.tapped_at) });

  /* Everything that is shown, from what is kept: drawn again after each change. */
  async function draw() {
    await kept.expire();
    const lines = await kept.all("lines");
    const state = round ? await kept.stateOf(round) : null;
    const waiting = lines.filter((line) => line.state === "waiting");
    const parts = [];
    const own = waiting.filter((line) => !me || line.who === me), others = waiting.length - own.length;
    if (own.length) {
      const list = make("ul", ""), whole = make("details", "", { open: isOpen });
      for (const line of own) { list.append(make("li", says(line))); }
      whole.addEventListener("toggle", () => { isOpen = whole.open; });
      whole.append(make("summary", count(words.waitingOne, words.waiting, own.length)), list);
      parts.push(whole);
      if (isOut) { const link = make("a", words.signIn, { href: words.wayIn, className: "button" }); parts.push(link); }
      else { parts.push(button(words.send, () => flush())); }
    }
    if (state && state.off) { parts.push(make("p", ended || words.off), button(words.keepIt, async () => { await kept.drop(round); await keep(); })); }
    else if (state) {
      parts.push(make("p", fill(words.isCopy ? words.copy : words.isRound ? words.kept : words.keptShort, { at: at(state.at), until: day(state.until) })));
      if (words.isRound) { parts.push(button(words.remove, async () => { ended = words.removed; await kept.refuse(round); await draw(); })); }
    } else if (round) { parts.push(make("p", ended || words.notKept)); }
    if (others) { parts.push(make("p", count(words.othersOne, words.others, others))); }
    for (const line of lines.filter((one) => one.state !== "waiting" && one.says && one.says.length && (!me || one.who === me))) {
      parts.push(told(line));
    }
    box.replaceChildren(...parts);
    box.hidden = !parts.length;
    mark(lines.filter((line) => line.round === round && line.who === me && line.state !== "refused"));
  }

  /* What the server said of a line stands until it was read. */
  function told(line) {
    const note = make("div", "", { className: `notice ${line.state === "refused" ? "bad" : "warn"}` });
    const text = [says(line), ...line.says, ...line.said].join("\n");
    const form = document.querySelector("form[data-door]"), isHere = form && Number(form.dataset.door) === line.door;
    note.append(make("p", says(line)), ...line.says.map((said) => make("p", said)), ...(isHere ? [] : line.said).map((said) => make("p", said)));
    const away = button(words.dismiss, async () => {
      if (line.state === "refused") { await kept.remove("lines", line.seq); } else { await kept.put("lines", { ...line, says: [] }); }
      await draw();
    });
    if (navigator.clipboard && line.state === "refused" && !isHere) {
      note.append(button(words.copyIt, (event) => navigator.clipboard.writeText(text).then(() => { event.target.textContent = words.copied; })));
    }
    if (line.state === "refused" && line.outcome === "spoke" && !isHere) {
      note.append(make("a", words.correct, { href: `${kept.HOME}${line.round}/door/${line.door}/`, className: "button" }));
    }
    note.append(away);
    return note;
  }

  /* Doors and streets on the page show what is kept beside what the page was drawn with: a page that counts more attempts than
     a line had seen was drawn after that line was taken in. */
  function mark(lines) {
    for (const old of document.querySelectorAll(".mark")) { old.remove(); }
    for (const door of document.querySelectorAll("[data-door][data-turn]")) {
      const mine = lines.filter((line) => line.door === Number(door.dataset.door)
        && (line.state === "waiting" || line.turn >= Number(door.dataset.turn)));
      const last = mine[mine.length - 1];
      const taps = door.querySelector(".taps"), who = door.querySelector(".who");
      const turn = Math.max(Number(door.dataset.turn), ...mine.map((line) => line.turn + 1));
      for (const tap of door.querySelectorAll("button[name=tap]")) { tap.value = tap.value.replace(/:\d+:/, `:${turn}:`); }
      if (taps) { taps.hidden = mine.some(isOver); }
      if (!last || !who) { continue; }
      if (mine.some((line) => line.is_objection)) { who.textContent = ""; }
      const shown = make("span", "", { className: "mark" });
      shown.append(who.textContent ? " · " : "", make("b", labels[last.outcome]),
        last.state === "waiting" ? ` (${words.notSent})` : "");
      who.append(shown);
    }
    for (const street of document.querySelectorAll("a[data-street]")) {
      const n = lines.filter((line) => line.street === Number(street.dataset.street) && line.state === "waiting").length;
      if (n) { street.append(make("span", count(words.notSentOne, words.notSentMany, n), { className: "mark" })); }
    }
  }

  async function keep() {
    if (!round || words.isCopy && !navigator.onLine) { return; }
    const what = await kept.keep(round, me);
    isOut = isOut || what === "out";
    ended = { gone: words.over, over: words.over, out: words.out }[what] || "";
    await draw();
  }

  async function flush() {
    const what = await kept.send().catch(() => "offline");
    if (what === "empty") { return what; }
    isOut = what === "out";
    if (isOut) { ended = words.out; }
    await draw();
    if (what === "offline") {
      const ready = await navigator.serviceWorker.ready;
      if (ready.sync) { await ready.sync.register("answers").catch(() => {}); }
    } else if (what === "sent" && round) {
      const state = await kept.stateOf(round);
      if (state && !state.off && Date.now() - state.at > FRESH) { await keep(); }
    }
    return what;
  }

  async function record(form, tap) {
    const posted = new FormData(form);
    posted.delete("csrfmiddlewaretoken");
    if (tap) { posted.append("tap", tap); }
    const [door, turn, outcome] = tap ? tap.split(":") : [form.dataset.door, posted.get("turn"), "spoke"];
    const before = (await kept.all("lines")).filter((line) => line.door === Number(door) && line.state !== "refused");
    const now = Date.now(), last = before[before.length - 1];
    if (tap && last && last.outcome === outcome && now - Date.parse(last.tapped_at) < DOUBLE) { return null; }
    const said = [...form.elements].filter((one) => one.labels && one.labels.length && (/radio|checkbox/.test(one.type) ? one.checked : one.value))
      .map((one) => {
        const legend = one.closest("fieldset") && one.closest("fieldset").querySelector("legend");
        return (legend ? legend.firstChild.textContent.trim() + " " : "") + one.labels[0].textContent.trim();
      });
    const line = { key: crypto.randomUUID(), who: me, round, door: Number(door), outcome, fields: [...posted].map(([name, value]) => [name, String(value)]),
      is_objection: outcome === "objected" || Boolean(posted.get("wish")),
      turn: Math.max(Number(turn), ...before.map((one) => one.turn + 1)), tapped_at: new Date(now).toISOString(), state: "waiting",
      ...(again && !tap ? { tapped_at: again.tapped_at } : {}), street: Number(words.street), proof: words.proof, said: tap ? [] : said,
      line: Number(tap ? form.querySelector(`[data-door="${door}"]`).dataset.line : form.dataset.line) };
    line.seq = await kept.put("lines", line);
    if (again && !tap) { await kept.remove("lines", again.seq); again = null; }
    return line;
  }

  /* What was refused stands in the form again, to be put right; its moment stays that of the conversation. */
  async function fillAgain() {
    const form = document.querySelector("form[data-door]");
    const line = form && (await kept.all("lines")).find((one) => one.state === "refused" && one.who === me && one.door === Number(form.dataset.door)
      && one.outcome === "spoke");
    if (!line) { return; }
    again = line;
    for (const one of form.elements) {
      const values = line.fields.filter(([name]) => name === one.name).map(([_name, value]) => value);
      if (/radio|checkbox/.test(one.type)) { one.checked = values.includes(one.value); }
      else if (values.length && one.type !== "hidden") { one.value = values[0]; }
    }
  }

  async function submitted(form, tap) {
    let line;
    try { line = await record(form, tap); } catch {
      // The phone has no room left, say: the form goes as it would without this script.
      if (tap) { form.append(make("input", "", { type: "hidden", name: "tap", value: tap })); }
      form.submit();
      return;
    }
    await draw();
    if (!line) { return; }
    if (tap) { if (navigator.onLine) { await flush(); } else { flush(); } return; }
    for (const one of form.querySelectorAll("button")) { one.disabled = true; }
    if (navigator.onLine) { await flush(); }
    const now = (await kept.all("lines")).find((one) => one.seq === line.seq);
    if (now && now.state === "refused") {
      for (const one of form.querySelectorAll("button")) { one.disabled = false; }
      again = now;
      box.scrollIntoView();
    } else { location.assign(form.dataset.back); }
  }

  kept.open().then(async () => {
    document.addEventListener("click", (event) => { pressed = event.target.closest("button[name=tap]"); });
    document.addEventListener("submit", (event) => {
      const form = event.target, by = event.submitter || pressed;
      const tap = form.matches("[data-taps]") && by && by.name === "tap" ? by.value : "";
      if (!round || !(tap || form.dataset.door)) { return; }
      event.preventDefault();
      // A slip is put right while somebody still stands at the door.
      if (tap || form.reportValidity()) { submitted(form, tap); }
    });
    navigator.serviceWorker.addEventListener("message", (event) => { isOut = event.data === "out"; draw(); });
    navigator.serviceWorker.register(words.worker).catch(() => {});
    addEventListener("online", () => flush());
    addEventListener("pageshow", (event) => { if (event.persisted) { draw(); } });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { flush(); } });
    setInterval(async () => {
      // A page that is left open ends with its copy.
      await kept.expire();
      if (words.isCopy && round && !await kept.stateOf(round)) { location.reload(); } else { await flush(); }
    }, AGAIN);
    await fillAgain();
    await draw();
    await flush();
    const state = round ? await kept.stateOf(round) : null;
    if (round && (words.isRound && !state || state && !state.off && Date.now() - state.at > FRESH)) { await keep(); }
  });
})();
