const number = new Intl.NumberFormat("en");

export function count(value) {
  return number.format(BigInt(value ?? 0));
}

export function bytes(value) {
  let size = Number(value ?? 0);
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

export function time(stamp) {
  return stamp ? new Date(stamp).toLocaleString() : undefined;
}

export function seconds(value) {
  const whole = Math.round(value);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")} min`;
}

/** "JOB_STATE_RUNNING" as "running"; states that this page does not know are shown as they are. */
export function state(name) {
  return String(name ?? "unknown").replace(/^JOB_STATE_/, "").toLowerCase();
}

export function isFinal(name) {
  return ["completed", "failed", "cancelled", "expired"].includes(state(name));
}
