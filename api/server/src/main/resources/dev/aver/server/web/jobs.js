import { api } from "./api.js";
import { el } from "./dom.js";
import { state, time } from "./format.js";

const REFRESH = 5000;
const STATES = ["", "queued", "running", "completed", "failed", "cancelled", "expired"];

function row(job) {
  const name = job.spec.label || job.id;
  const kind = job.spec.kind.replace("JOB_KIND_", "").toLowerCase();
  const progress = job.progress?.segments ? ` ${job.progress.segmentsDone} of ${job.progress.segments}` : "";
  return el(
    "tr",
    {},
    el("td", {}, el("a", { href: `#/jobs/${job.id}`, class: job.spec.label ? "" : "id" }, name)),
    el("td", {}, kind),
    el("td", {}, el("span", { class: `state ${state(job.state)}` }, state(job.state)), state(job.state) === "running" ? progress : ""),
    el("td", { class: "quiet" }, time(job.createdAt)),
  );
}

export async function jobList(main, signal) {
  const filter = el(
    "select",
    { id: "filter" },
    ...STATES.map((name) => el("option", { value: name }, name || "all")),
  );
  const body = el("tbody");
  const empty = el("p", { class: "quiet", hidden: true }, "None. ", el("a", { href: "#/new" }, "Submit one."));
  const more = el("button", { type: "button", class: "plain", hidden: true }, "Older ones");
  let token = "";

  async function load(from) {
    const query = new URLSearchParams({ pageSize: "50" });
    if (filter.value) query.set("states", `JOB_STATE_${filter.value.toUpperCase()}`);
    if (from) query.set("pageToken", from);
    const page = await api.get(`/v1/jobs?${query}`);
    const rows = page.jobs.map(row);
    if (from) {
      body.append(...rows);
    } else {
      // Rebuilt under the reader's feet only if nothing in it has the focus.
      if (body.contains(document.activeElement)) return;
      body.replaceChildren(...rows);
    }
    token = page.nextPageToken;
    more.hidden = !token;
    empty.hidden = body.children.length > 0;
  }

  filter.addEventListener("change", () => load(""));
  more.addEventListener("click", () => load(token));
  await load("");
  main.replaceChildren(
    el("h1", {}, "Jobs"),
    el(
      "section",
      {},
      el("label", { for: "filter" }, "State"),
      filter,
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...["Job", "Kind", "State", "Accepted"].map((name) => el("th", { scope: "col" }, name)))),
        body,
      ),
      empty,
      el("div", { class: "row" }, more),
    ),
  );
  const timer = setInterval(() => {
    if (!document.hidden && body.children.length <= 50) load("").catch(() => {});
  }, REFRESH);
  signal.addEventListener("abort", () => clearInterval(timer));
}
