/** Makes an element: text is always text, never markup. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (key === "class") {
      element.className = value;
    } else if (typeof value === "boolean") {
      element.toggleAttribute(key, value);
    } else if (value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else {
      element.setAttribute(key, value);
    }
  }
  element.append(...children);
  return element;
}

/** A list of terms and what they are; those that are not known are left out. */
export function facts(entries) {
  const list = el("dl");
  for (const [term, value] of entries) {
    if (value !== undefined && value !== null && value !== "") {
      list.append(el("dt", {}, term), el("dd", {}, value));
    }
  }
  return list;
}

export function announce(text, bad = false) {
  const status = document.getElementById("status");
  status.textContent = text;
  status.className = bad ? "problem" : "";
}
