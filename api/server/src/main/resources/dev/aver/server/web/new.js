import { api } from "./api.js";
import { announce, el } from "./dom.js";
import { bytes } from "./format.js";

/** What can be told of an ELF file without the server; it decides. */
export function elfProblem(head) {
  const magic = [0x7f, 0x45, 0x4c, 0x46];
  if (head.length < 64 || magic.some((byte, at) => head[at] !== byte)) return "This is not an ELF file.";
  if (head[4] !== 2 || head[5] !== 1) return "The program must be 64-bit and little-endian.";
  if (head[18] !== 243 || head[19] !== 0) return "The program must be for RISC-V.";
  if (head[16] !== 2) return "The program must be an executable, linked statically.";
  return "";
}

export async function newJob(main, signal) {
  const field = (id, text, input, hint) => [el("label", { for: id }, text), input, hint ? el("p", { class: "quiet" }, hint) : undefined];
  const known = el("select", { id: "known" }, el("option", { value: "" }, "the file below"));
  const elf = el("input", { type: "file", id: "elf", "aria-describedby": "elf-problem" });
  const elfTold = el("p", { id: "elf-problem", class: "problem", role: "alert" });
  const input = el("input", { type: "file", id: "input" });
  const inputTold = el("p", { class: "quiet" });
  const kind = el("select", { id: "kind" }, el("option", { value: "JOB_KIND_PROVE" }, "prove"), el("option", { value: "JOB_KIND_EXECUTE" }, "execute only, with a profile"));
  const suite = el("select", { id: "suite" }, el("option", { value: "HASH_SUITE_POSEIDON2" }, "Poseidon2"), el("option", { value: "HASH_SUITE_BLAKE3" }, "BLAKE3"));
  const label = el("input", { type: "text", id: "label", maxlength: "128" });
  const secret = el("input", { type: "checkbox", id: "secret" });
  const accept = el("input", { type: "checkbox", id: "accept" });
  const acceptRow = el("label", { class: "check", for: "accept", hidden: true }, accept, "I accept that the receipt does not hide the input");
  const submit = el("button", {}, "Submit");

  async function check() {
    elfTold.textContent = "";
    if (known.value || !elf.files[0]) return Boolean(known.value);
    const problem = elfProblem(new Uint8Array(await elf.files[0].slice(0, 64).arrayBuffer()));
    elfTold.textContent = problem;
    return problem === "";
  }
  elf.addEventListener("change", check);
  known.addEventListener("change", () => {
    elf.disabled = known.value !== "";
    check();
  });
  input.addEventListener("change", () => {
    inputTold.textContent = input.files[0] ? bytes(input.files[0].size) : "";
  });
  secret.addEventListener("change", () => {
    acceptRow.hidden = !secret.checked;
  });

  async function send() {
    let programId = known.value;
    if (!programId) {
      announce("Sending the program…");
      const name = encodeURIComponent(elf.files[0].name.slice(0, 128));
      programId = (await api.bytes(`/v1/programs?name=${name}`, elf.files[0])).program.id;
    }
    const spec = { kind: kind.value, programId, hashSuite: suite.value, label: label.value, acceptNotHiding: secret.checked && accept.checked, deleteWhenDone: secret.checked };
    if (input.files[0]) {
      announce("Sending the input…");
      spec.inputId = (await api.bytes(`/v1/inputs?privateInput=${secret.checked}`, input.files[0])).input.id;
    }
    announce("Submitting…");
    const { job } = await api.json("/v1/jobs", { spec, idempotencyKey: crypto.randomUUID?.() ?? "" });
    location.hash = `#/jobs/${job.id}`;
  }

  const form = el(
    "form",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        if (!(await check())) {
          elfTold.textContent ||= "Choose a program.";
          elf.focus();
          return;
        }
        submit.disabled = true;
        try {
          await send();
        } catch (problem) {
          announce(`${problem.code ?? ""} ${problem.message}`, true);
        }
        submit.disabled = false;
      },
    },
    ...field("known", "Program", known),
    ...field("elf", "ELF file", elf),
    elfTold,
    ...field("input", "Input (none for an empty one)", input),
    inputTold,
    el("label", { class: "check", for: "secret" }, secret, "The input is private: encrypted at rest, and deleted when the job ends"),
    acceptRow,
    ...field("kind", "What to do", kind),
    ...field("suite", "Hash", suite),
    ...field("label", "Label", label, "Shown in the list."),
    el("div", { class: "row" }, submit),
  );
  const programs = (await api.get("/v1/programs?pageSize=100")).programs;
  known.append(...programs.map((program) => el("option", { value: program.id }, `${program.name || program.id.slice(0, 16)} (${bytes(program.sizeBytes)})`)));
  if (signal.aborted) return;
  main.replaceChildren(el("h1", {}, "New job"), el("section", {}, form));
}
