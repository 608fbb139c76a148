import { el, svg } from "./dom.js";
import { count } from "./format.js";

const WIDTH = 960;
const ROW = 18;
/** Narrower calls would not be seen. */
const NARROWEST = 0.4;
const DEEPEST = 200;

/** Reads speedscope's evented form into calls: frame, depth, start and end. */
export function calls(profile) {
  const frames = profile.shared?.frames ?? [];
  const events = profile.profiles?.[0]?.events ?? [];
  const open = [];
  const found = [];
  for (const event of events) {
    if (event.type === "O") {
      open.push({ name: String(frames[event.frame]?.name ?? "?"), depth: open.length, start: event.at });
    } else if (open.length) {
      found.push({ ...open.pop(), end: event.at });
    }
  }
  return found;
}

/** A flame graph, root on top: wide is many cycles. Choosing a call makes it as wide as the picture. */
export function flame(profile) {
  const all = calls(profile);
  const total = Math.max(1, ...all.map((call) => call.end));
  const told = el("p", { class: "quiet", role: "status" }, "Choose a call to look closer; Escape shows all.");
  const picture = svg("svg", { role: "group", "aria-label": "Calls by cycles" });
  const holder = el("div", { class: "flame" }, picture);

  function hue(name) {
    let hash = 0;
    for (const letter of name) hash = (hash * 31 + letter.charCodeAt(0)) | 0;
    return 20 + (Math.abs(hash) % 40);
  }

  function draw(from, to, focus) {
    const scale = WIDTH / (to - from);
    const shown = all.filter(
      (call) => call.end > from && call.start < to && (call.end - call.start) * scale > NARROWEST && call.depth < DEEPEST,
    );
    const depth = Math.max(0, ...shown.map((call) => call.depth)) + 1;
    picture.setAttribute("viewBox", `0 0 ${WIDTH} ${depth * ROW}`);
    picture.replaceChildren(
      ...shown.map((call) => {
        const x = (Math.max(call.start, from) - from) * scale;
        const width = (Math.min(call.end, to) - Math.max(call.start, from)) * scale;
        const share = ((call.end - call.start) / total) * 100;
        const said = `${call.name}: ${count(call.end - call.start)} cycles, ${share.toFixed(1)} %`;
        const choose = () => {
          draw(call.start, call.end, call);
          told.textContent = said;
        };
        const box = svg("rect", {
          x, y: call.depth * ROW, width, height: ROW - 1, fill: `hsl(${hue(call.name)} 85% 65%)`,
          tabindex: width > 8 ? 0 : -1, role: "button", "aria-label": said,
          onclick: choose,
          onkeydown: (event) => {
            if (event.key === "Enter" || event.key === " ") {
              event.preventDefault();
              choose();
            }
          },
          onfocus: () => { told.textContent = said; },
          onmouseenter: () => { told.textContent = said; },
        });
        const group = svg("g", {}, box);
        if (width > 40) {
          const text = svg("text", { x: x + 4, y: call.depth * ROW + 13 });
          text.textContent = call.name.slice(0, Math.floor(width / 7));
          group.append(text);
        }
        if (call === focus) queueMicrotask(() => box.focus({ preventScroll: true }));
        return group;
      }),
    );
  }

  holder.addEventListener("keydown", (event) => {
    if (event.key === "Escape") draw(0, total);
  });
  draw(0, total);
  return all.length
    ? el("div", {}, holder, told, el("button", { type: "button", class: "plain", onclick: () => draw(0, total) }, "Show all"))
    : el("p", { class: "quiet" }, "The profile is empty.");
}
