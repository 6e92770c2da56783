// Days as the service writes them (ISO 8601, UTC) and as a reader reads them.

const LONG = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});

/** "4 September 2023"; the string itself where it is no date, null for null. */
export function day(iso) {
  if (!iso) return null;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : LONG.format(date);
}

/** The day `days` later, as YYYY-MM-DD. */
export function shifted(iso, days) {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
