// Three small helps. Every page works without this file.
(function () {
  "use strict";
  var link = document.getElementById("leave");

  function leave() {
    document.documentElement.hidden = true;
    window.location.replace(link ? link.href : "/leave");
  }

  if (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      leave();
    });
  }

  // Shift three times within five seconds, with no other key between.
  var presses = [];
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Shift") presses = [];
  });
  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift") return;
    var now = event.timeStamp;
    presses = presses.filter(function (then) { return now - then < 5000; });
    presses.push(now);
    if (presses.length >= 3) leave();
  });

  // Paper shows what is folded away, but for a draft that is not to be followed.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("details:not([open]):not(.not-yet)"));
    opened.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (part) { part.open = false; });
  });

  // After a page comes back with something to check, go there.
  var found = document.querySelector("[data-focus]");
  if (found) found.focus();
})();
