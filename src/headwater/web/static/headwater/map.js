// A map of the figures in the table after it. It reads them from that table: nothing is on the map that is not in the table.
import { Map as Sheet, Marker, NavigationControl } from "../vendor/maplibre/maplibre-gl.mjs";

const SHADES = ["#dceaf7", "#a9cdea", "#6aa5d8", "#2c73b4", "#12436d"];
const MUTED = ["#e9f0f6", "#cfdfec", "#b3cbdf", "#93b1cd", "#8199b2"];
const NONE = "#f7f7f8", HATCH = [80, 90, 95, 255], EDGE = "#ffffff", INK = "#0b0c0c";

const holder = document.getElementById("map");
const said = document.getElementById("map-said");
const finder = document.getElementById("find-area");

const rows = new Map();
for (const row of document.querySelectorAll("#figures tr[data-code]")) {
  const { code, kind, shade = -1, words } = row.dataset;
  rows.set(code, { kind, words, shade: Number(shade), name: row.cells[0].textContent });
}

function hatching(rising) {
  const size = 8, data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++)
    if ((rising ? x + y : x - y + size) % size < 1.5) data.set(HATCH, (y * size + x) * 4);
  return { width: size, height: size, data };
}

function corners(features) {
  let [west, south, east, north] = [180, 90, -180, -90];
  const see = (each) => {
    if (typeof each[0] !== "number") return each.forEach(see);
    west = Math.min(west, each[0]); east = Math.max(east, each[0]);
    south = Math.min(south, each[1]); north = Math.max(north, each[1]);
  };
  features.forEach((feature) => see(feature.geometry.coordinates));
  return [[west, south], [east, north]];
}

async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

function shaded(collection) {
  for (const feature of collection.features) {
    const found = rows.get(feature.properties.code);
    feature.properties.kind = found?.kind ?? "none";
    feature.properties.shade = found?.shade ?? -1;
  }
  return collection;
}

const byShade = (colours) => ["match", ["get", "shade"], ...colours.flatMap((colour, i) => [i, colour]), NONE];

function layers(parts) {
  const of = (kind) => ["==", ["get", "kind"], kind];
  return [
    { id: "ground", type: "background", paint: { "background-color": "#ffffff" } },
    { id: "shown", type: "fill", source: "areas", paint: { "fill-color": ["match", ["get", "kind"], "shown", byShade(SHADES), "weak", byShade(MUTED), NONE] } },
    { id: "weak", type: "fill", source: "areas", filter: of("weak"), paint: { "fill-pattern": "rising" } },
    { id: "none", type: "fill", source: "areas", filter: of("none"), paint: { "fill-pattern": "falling" } },
    { id: "edges", type: "line", source: "areas", paint: { "line-color": ["match", ["get", "kind"], "none", "#505a5f", EDGE], "line-width": 0.7 } },
    ...(parts ? [{ id: "parts", type: "line", source: "parts", paint: { "line-color": INK, "line-width": 1.4 } }] : []),
    { id: "chosen", type: "line", source: "areas", filter: ["==", ["get", "code"], ""], paint: { "line-color": "#ffdd00", "line-width": 7 } },
    { id: "chosen-edge", type: "line", source: "areas", filter: ["==", ["get", "code"], ""], paint: { "line-color": INK, "line-width": 2.5 } },
  ];
}

function choose(sheet, code, areas) {
  for (const layer of ["chosen", "chosen-edge"]) sheet.setFilter(layer, ["==", ["get", "code"], code]);
  finder.value = code;
  said.textContent = rows.get(code)?.words ?? "Choose an area, on the map or from the list, to read its figure.";
  if (areas && code) sheet.fitBounds(corners(areas.filter((each) => each.properties.code === code)), { padding: 60, maxZoom: 13, animate: false });
}

function names(sheet, collection) {
  for (const feature of collection.features) {
    const [[west, south], [east, north]] = corners([feature]);
    const label = Object.assign(document.createElement("span"), { className: "hw-map__name", textContent: feature.properties.name, ariaHidden: "true" });
    new Marker({ element: label }).setLngLat([(west + east) / 2, (south + north) / 2]).addTo(sheet);
  }
}

async function draw() {
  const areas = shaded(await fetched(holder.dataset.outlines));
  const parts = holder.dataset.parts ? await fetched(holder.dataset.parts) : null;
  if (!areas.features.length) throw new Error("no outlines");
  const sources = { areas: { type: "geojson", data: areas, tolerance: 0.1 }, ...(parts ? { parts: { type: "geojson", data: parts, tolerance: 0.1 } } : {}) };
  const sheet = new Sheet({
    container: holder, style: { version: 8, sources, layers: [] }, bounds: corners(areas.features), fitBoundsOptions: { padding: 16 },
    attributionControl: false, cooperativeGestures: true, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0,
  });
  sheet.touchZoomRotate.disableRotation();
  sheet.addControl(new NavigationControl({ showCompass: false }), "top-right");
  sheet.getCanvas().setAttribute("aria-label", holder.dataset.label);
  sheet.once("load", () => {
    sheet.addImage("rising", hatching(true));
    sheet.addImage("falling", hatching(false));
    layers(parts).forEach((layer) => sheet.addLayer(layer));
    names(sheet, parts ?? areas);
    for (const { properties } of areas.features) finder.add(new Option(rows.get(properties.code)?.name ?? properties.name, properties.code));
    finder.parentElement.hidden = false;
    choose(sheet, "", null);
    sheet.on("click", "shown", (event) => choose(sheet, event.features[0].properties.code, null));
    finder.addEventListener("change", () => choose(sheet, finder.value, areas.features));
    sheet.once("idle", () => { holder.dataset.drawn = "true"; });
  });
}

draw().catch(() => {
  holder.hidden = true;
  said.textContent = "The map cannot be drawn here. The table holds every figure that it would show.";
});
