/* The campaign map where scripts run: one's own location instead of a postcode, and a map that moves. Leaflet is loaded only
   when somebody opens the map. Nothing is kept, and nothing goes out but to this site (and to the tiles that it names). */
(function () {
  "use strict";
  var here = document.currentScript.dataset;
  var form = document.querySelector("form.where");
  if (form && "geolocation" in navigator) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "secondary";
    button.textContent = here.here;
    button.addEventListener("click", function () {
      navigator.geolocation.getCurrentPosition(function (found) {
        form.elements.lat.value = found.coords.latitude.toFixed(2);
        form.elements.lon.value = found.coords.longitude.toFixed(2);
        form.elements.postcode.value = "";
        form.submit();
      }, function () { button.textContent = here.refused; button.disabled = true; });
    });
    form.querySelector("button").after(" ", button);
  }
  var figure = document.querySelector("figure.map");
  if (!figure) { return; }
  var open = document.createElement("button");
  open.type = "button";
  open.className = "secondary";
  open.textContent = here.open;
  figure.append(open);
  open.addEventListener("click", function () {
    open.remove();
    var style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = here.style;
    document.head.append(style);
    var script = document.createElement("script");
    script.src = here.leaflet;
    script.addEventListener("load", function () { draw(); });
    document.head.append(script);
  });
  function draw() {
    var shades = { b1: "#7a1230", b2: "#c8553d", b3: "#eab676", b4: "#dfe7e4" };
    fetch(figure.dataset.outlines).then(function (answer) { return answer.json(); }).then(function (outlines) {
      var place = document.createElement("div");
      place.className = "leaflet-place";
      place.style.height = "70vh";
      figure.querySelector("img").replaceWith(place);
      var map = L.map(place, { scrollWheelZoom: false, attributionControl: Boolean(figure.dataset.tiles) });
      if (figure.dataset.tiles) { L.tileLayer(figure.dataset.tiles, { maxZoom: 18 }).addTo(map); }
      var layer = L.geoJSON(outlines, {
        style: function (seat) {
          return { color: "#fff", weight: 1, fillColor: shades[seat.properties.band], fillOpacity: 0.8 };
        },
        onEachFeature: function (seat, shape) {
          var told = document.createElement("div");
          var link = document.createElement("a");
          link.href = "/map/seat/" + encodeURIComponent(seat.properties.code) + "/";
          link.textContent = seat.properties.rank + ". " + seat.properties.name;
          told.append(link, document.createElement("br"), seat.properties.reason);
          shape.bindPopup(told);
        }
      }).addTo(map);
      map.fitBounds(layer.getBounds());
    });
  }
})();
