// Lets the dose be moved with a slider. Every figure comes from the table on the page: nothing is worked out here.
(function () {
  "use strict";
  var place = document.querySelector("[data-try]");
  var slide = document.getElementById("slide");
  if (!place || !slide) return;
  var mark = document.getElementById(place.getAttribute("data-mark"));
  var words = document.getElementById("try-words");
  var rows = document.querySelectorAll("#stops tbody tr");

  slide.addEventListener("input", function () {
    var row = rows[Number(slide.value)];
    if (!row) return;
    mark.setAttribute("cx", row.getAttribute("data-x"));
    mark.setAttribute("cy", row.getAttribute("data-y"));
    words.textContent = row.getAttribute("data-words");
    slide.setAttribute("aria-valuetext", row.getAttribute("data-words"));
  });
  slide.parentNode.hidden = false;
})();
