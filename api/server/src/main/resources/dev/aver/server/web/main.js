import { key, Problem } from "./api.js";
import { announce, el } from "./dom.js";
import { jobList } from "./jobs.js";
import { jobPage } from "./job.js";
import { newJob } from "./new.js";

const main = document.getElementById("main");
const leave = document.getElementById("leave");
let current = new AbortController();

function askForKey() {
  const field = el("input", { type: "password", id: "key", autocomplete: "off", spellcheck: "false", required: true });
  const form = el(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        key.set(field.value.trim());
        show();
      },
    },
    el("label", { for: "key" }, "Key"),
    field,
    el("p", { class: "quiet" }, "It is kept in this tab until it closes. The server's first key is in the file that it names when it starts."),
    el("div", { class: "row" }, el("button", {}, "Go on")),
  );
  main.replaceChildren(el("h1", {}, "Who are you?"), el("section", {}, form));
  field.focus();
}

function route() {
  const [, page, id] = location.hash.split("/");
  if (page === "jobs" && /^[0-9a-f]{32}$/.test(id ?? "")) {
    return (signal) => jobPage(main, id, signal);
  }
  return page === "new" ? (signal) => newJob(main, signal) : (signal) => jobList(main, signal);
}

async function show() {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  announce("");
  leave.hidden = key.get() === "";
  if (key.get() === "") {
    askForKey();
    return;
  }
  try {
    await route()(signal);
  } catch (problem) {
    if (signal.aborted) return;
    if (problem instanceof Problem && problem.status === 401) {
      key.forget();
      askForKey();
      announce(problem.message, true);
      return;
    }
    main.replaceChildren(
      el("h1", {}, "That did not work"),
      el("p", { class: "problem" }, problem.code ? `${problem.code}: ${problem.message}` : String(problem.message ?? problem)),
      el("p", {}, el("a", { href: "#/jobs" }, "All jobs")),
    );
  }
}

leave.addEventListener("click", () => {
  key.forget();
  location.hash = "#/jobs";
  show();
});
addEventListener("hashchange", () => {
  show();
  main.focus();
});
show();
