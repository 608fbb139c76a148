import { svg } from "./dom.js";

const WIDTH = 640;
const HEIGHT = 160;
const LEFT = 64;
const BOTTOM = 20;

/** Cycles proven per millisecond over time. Between two reports the speed is the cycles' difference, or the server's average. */
export function speedChart() {
  const points = [];
  const element = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });

  function add(progress) {
    const at = Date.parse(progress.at) / 1000;
    if (points.length && at <= points[points.length - 1].at) return;
    points.push({ at, khz: progress.khz });
    if (points.length > 600) points.splice(1, 1);
    draw();
  }

  function draw() {
    const first = points[0].at;
    const span = Math.max(1, points[points.length - 1].at - first);
    const top = Math.max(1, ...points.map((point) => point.khz)) * 1.1;
    const x = (at) => LEFT + ((at - first) / span) * (WIDTH - LEFT - 8);
    const y = (khz) => 8 + (1 - khz / top) * (HEIGHT - BOTTOM - 8);
    const last = points[points.length - 1].khz;
    element.setAttribute("aria-label", `Speed, now ${last.toFixed(1)} kHz, at most ${(top / 1.1).toFixed(1)} kHz, over ${Math.round(span)} seconds`);
    const label = (attributes, text) => {
      const made = svg("text", attributes);
      made.textContent = text;
      return made;
    };
    element.replaceChildren(
      svg("line", { class: "axis", x1: LEFT, y1: HEIGHT - BOTTOM, x2: WIDTH - 8, y2: HEIGHT - BOTTOM }),
      svg("line", { class: "axis", x1: LEFT, y1: 8, x2: LEFT, y2: HEIGHT - BOTTOM }),
      svg("polyline", { class: "curve", points: points.map((point) => `${x(point.at).toFixed(1)},${y(point.khz).toFixed(1)}`).join(" ") }),
      label({ x: 2, y: 16 }, `${top.toFixed(0)} kHz`),
      label({ x: 2, y: HEIGHT - BOTTOM }, "0"),
      label({ x: WIDTH - 8, y: HEIGHT - 5, "text-anchor": "end" }, `${Math.round(span)} s`),
    );
  }

  return { element, add };
}
