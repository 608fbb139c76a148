const STORED = "aver.key";

/** The key lives as long as the tab, and goes nowhere but into the header of requests to this server. */
export const key = {
  get: () => sessionStorage.getItem(STORED) ?? "",
  set: (value) => sessionStorage.setItem(STORED, value),
  forget: () => sessionStorage.removeItem(STORED),
};

export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.detail ?? `the server answered ${status}`);
    this.status = status;
    this.code = body.code ?? "";
    this.retryAfter = retryAfter;
  }
}

async function refused(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    // Not from this server.
  }
  return new Problem(response.status, body, Number(response.headers.get("retry-after") ?? 0));
}

async function ask(path, options = {}) {
  const response = await fetch(path, {
    ...options,
    headers: { ...options.headers, authorization: `Bearer ${key.get()}` },
    credentials: "omit",
    cache: "no-store",
  });
  if (!response.ok) {
    throw await refused(response);
  }
  return response;
}

export const api = {
  get: async (path) => (await ask(path)).json(),
  blob: async (path) => (await ask(path)).blob(),
  json: async (path, body) =>
    (await ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).json(),
  bytes: async (path, body) =>
    (await ask(path, { method: "POST", headers: { "content-type": "application/octet-stream" }, body })).json(),
};

/**
 * Tells of a job until it is final or the signal aborts, across lost connections. Server-sent events are read by hand,
 * because EventSource sends no key.
 */
export async function watch(id, signal, listener) {
  let wait = 500;
  while (!signal.aborted) {
    try {
      const response = await ask(`/v1/jobs/${id}/events`, { signal });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        text += value;
        let end;
        while ((end = text.indexOf("\n\n")) >= 0) {
          const event = text.slice(0, end);
          text = text.slice(end + 2);
          const data = event.match(/^data: (.*)$/m)?.[1];
          if (event.startsWith("event: job") && data) {
            wait = 500;
            if (listener(JSON.parse(data).job)) return;
          }
        }
      }
    } catch (problem) {
      if (signal.aborted) return;
      if (problem instanceof Problem && problem.status < 500 && problem.status !== 429) throw problem;
      wait = Math.max(wait, (problem.retryAfter ?? 0) * 1000);
    }
    await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())));
    wait = Math.min(wait * 2, 10000);
  }
}
