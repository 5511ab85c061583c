/* Copies of a volunteer's own pages, which a phone keeps for when the line is down, end here when that volunteer leaves the
   browser or another one is in it. Their stores are named "own-", whose they are, and what they hold. */
(function () {
  "use strict";
  if (!("caches" in window)) { return; }
  var mark = document.currentScript.dataset.mark;
  function forget(all) {
    return caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) {
        return name.startsWith("own-") && (all || !name.startsWith("own-" + mark + "-"));
      }).map(function (name) { return caches.delete(name); }));
    });
  }
  if (mark) { forget(false); }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || !/^\/(volunteer\/out|account\/logout|desk\/logout)\//.test(new URL(form.action).pathname)) { return; }
    event.preventDefault();
    forget(true).catch(function () {}).then(function () { form.submit(); });
  });
})();
