import { api, watch } from "./api.js";
import { speedChart } from "./chart.js";
import { announce, el, facts } from "./dom.js";
import { flame } from "./flame.js";
import { bytes, count, isFinal, seconds, state, time } from "./format.js";

const PHASES = ["execute", "prepare", "record", "trace", "commit", "permutation", "quotient", "open", "verify"];

function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The journal as text where it is one, else in hexadecimal. */
function journal(result) {
  if (!Number(result.journalBytes)) return "empty";
  if (!result.journal) return `${bytes(result.journalBytes)}, in the receipt`;
  const raw = Uint8Array.from(atob(result.journal), (letter) => letter.charCodeAt(0));
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(raw);
    if (!/[\u0000-\u0008\u000e-\u001f]/.test(text)) return text.slice(0, 4096);
  } catch {
    // Not a text.
  }
  return [...raw.slice(0, 1024)].map((byte) => byte.toString(16).padStart(2, "0")).join("") + (raw.length > 1024 ? "…" : "");
}

/** The security report, line by line, as the verifier writes it. */
function report(lines) {
  if (!lines?.length) return undefined;
  return el("details", { class: "report" }, el("summary", {}, lines[0]), el("pre", { tabindex: "0", "aria-label": "Security report" }, lines.slice(1).join("\n")));
}

export async function jobPage(main, id, signal) {
  const first = (await api.get(`/v1/jobs/${id}`)).job;
  const title = el("h1", {}, first.spec.label || `Job ${id}`);
  const overview = el("section", { "aria-label": "Overview" });
  const live = el("section", { "aria-label": "Progress" });
  const result = el("section", { "aria-label": "Result", hidden: true });
  const profile = el("section", { "aria-label": "Profile", hidden: true });
  const chart = speedChart();
  let shownFinal = false;

  const cancel = el("button", { type: "button", class: "plain" }, "Cancel");
  cancel.addEventListener("click", async () => {
    cancel.disabled = true;
    try {
      draw((await api.json(`/v1/jobs/${id}/cancel`, {})).job);
    } catch (problem) {
      announce(problem.message, true);
      cancel.disabled = false;
    }
  });

  const bar = el("progress", { max: "1", value: "0", "aria-label": "Cycles proven" });
  const told = el("p", {});
  const phases = el("ul", { class: "phases", "aria-label": "Steps of the segment in work" }, ...PHASES.map((name) => el("li", { "data-phase": name }, name)));
  const memory = el("meter", { min: "0", max: "1", value: "0" });
  const memoryText = el("span", {});
  live.append(
    el("h2", {}, "Progress"), bar, told, phases,
    el("h2", {}, "Speed"), chart.element,
    el("h2", {}, "Memory"), el("div", { class: "meter" }, memory, memoryText),
  );

  function drawProgress(job) {
    const progress = job.progress;
    live.hidden = !progress;
    if (!progress) return;
    const done = Number(progress.cycles) ? Number(progress.cyclesDone) / Number(progress.cycles) : 0;
    bar.value = done;
    const left = progress.secondsLeft !== undefined && !isFinal(job.state) ? `, about ${seconds(progress.secondsLeft)} left` : "";
    told.textContent = `Segment ${progress.segmentsDone} of ${progress.segments ?? "?"} proven, ${count(progress.cyclesDone)} of ${count(progress.cycles)} cycles (${Math.floor(done * 100)} %), ${progress.khz.toFixed(1)} kHz${left}`;
    for (const item of phases.children) {
      const now = !isFinal(job.state) && item.dataset.phase === progress.phase;
      item.toggleAttribute("aria-current", now);
    }
    chart.add(progress);
    const predicted = Number(progress.memoryPredictedBytes);
    const peak = Number(job.result?.peakRssBytes ?? 0);
    const taken = peak || Number(progress.memoryResidentBytes ?? 0);
    memory.max = Math.max(predicted, taken, 1);
    memory.value = taken;
    const used = peak ? `peak of ${bytes(peak)}, ` : taken ? `the process takes ${bytes(taken)}, ` : "";
    memoryText.textContent = `${used}${bytes(predicted)} admitted for this job`;
  }

  function drawResult(job) {
    const end = job.result;
    result.hidden = !end && !job.failure;
    if (job.failure) {
      result.replaceChildren(
        el("h2", {}, "Failure"),
        facts([
          ["Kind", job.failure.kind.replace("KIND_", "").toLowerCase()],
          ["Code", job.failure.code ? el("code", {}, job.failure.code) : undefined],
          ["What happened", job.failure.message],
          ["Again", job.failure.retryable ? "may succeed" : "would fail again"],
        ]),
      );
    } else if (end) {
      const verdict = el("div", {});
      const verify = el("button", { type: "button", class: "plain" }, "Verify on the server");
      const fetchReceipt = () => api.blob(`/v1/jobs/${id}/receipt`);
      verify.addEventListener("click", async () => {
        verify.disabled = true;
        try {
          const said = (await api.bytes(`/v1/verify?imageId=${end.imageId}`, await fetchReceipt())).verdict;
          verdict.replaceChildren(el("p", { class: said.valid ? "state completed" : "problem" }, said.valid ? `Valid, at ${said.provableBits} provable bits; the input's digest is ${said.inputDigest}.` : `Not valid: ${said.reason}`));
        } catch (problem) {
          announce(problem.message, true);
        }
        verify.disabled = false;
      });
      const shown = [
        el("h2", {}, end.receiptBytes ? "What the receipt claims" : "Result"),
        facts([
          ["Program (image id)", el("code", {}, end.imageId)],
          ["Exit code", String(end.exitCode)],
          ["Journal", el("code", {}, journal(end))],
          ["Cycles", count(end.cycles)],
        ]),
        end.receiptBytes ? el("h2", {}, "Security") : undefined,
        end.receiptBytes
          ? facts([
              ["Provable security", `${end.provableBits} bits, no conjectures`],
              ["Hash", job.spec.hashSuite.replace("HASH_SUITE_", "").toLowerCase()],
              ["Proofs", `${end.segments}, one for each segment`],
              ["Size", bytes(end.receiptBytes)],
              ["Hides the input", "no: composite receipts do not"],
            ])
          : undefined,
        report(end.security),
        end.receiptBytes
          ? el(
              "div",
              { class: "row" },
              el("button", { type: "button", onclick: async () => save(await fetchReceipt(), `${id}.receipt`) }, "Download the receipt"),
              verify,
            )
          : undefined,
        verdict,
      ];
      result.replaceChildren(...shown.filter(Boolean));
    }
  }

  async function drawProfile(job) {
    if (job.spec.kind !== "JOB_KIND_EXECUTE" || state(job.state) !== "completed") return;
    try {
      const text = await (await api.blob(`/v1/jobs/${id}/profile`)).text();
      profile.replaceChildren(el("h2", {}, "Profile"), flame(JSON.parse(text)));
      profile.hidden = false;
    } catch (problem) {
      announce(`no profile: ${problem.message}`);
    }
  }

  function draw(job) {
    overview.replaceChildren(
      facts([
        ["State", el("span", { class: `state ${state(job.state)}` }, state(job.state))],
        ["Job", el("code", {}, job.id)],
        ["Program", el("code", {}, job.spec.programId)],
        ["Input", job.spec.inputId ? el("span", {}, el("code", {}, job.spec.inputId), job.privateInput ? " (private)" : "") : "empty"],
        ["Accepted", time(job.createdAt)],
        ["Started", time(job.startedAt)],
        ["Ended", time(job.finishedAt)],
        ["Attempts", job.attempts > 1 ? String(job.attempts) : undefined],
      ]),
      isFinal(job.state) ? "" : el("div", { class: "row" }, cancel),
    );
    drawProgress(job);
    drawResult(job);
    document.title = `${state(job.state)} – Aver`;
  }

  async function end() {
    if (shownFinal) return;
    shownFinal = true;
    const whole = (await api.get(`/v1/jobs/${id}`)).job;
    draw(whole);
    announce(`The job is ${state(whole.state)}.`);
    await drawProfile(whole);
  }

  draw(first);
  main.replaceChildren(title, overview, live, result, profile);
  if (isFinal(first.state)) {
    await drawProfile(first);
    return;
  }
  await watch(id, signal, (job) => {
    draw(job);
    return isFinal(job.state);
  });
  if (!signal.aborted) await end();
}
