// Offsets in text. The service counts Unicode code points, JavaScript counts UTF-16 units; this is
// the only module that knows the difference.

/** The UTF-16 offset of a code-point offset; null where the text is shorter than that. */
export function toUtf16(text, points) {
  let unit = 0;
  for (let point = 0; point < points; point += 1) {
    if (unit >= text.length) return null;
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  return unit;
}

/** The half-open code-point span as UTF-16 `{start, end}`; null where it is no place in the text. */
export function toUtf16Span(text, start, end) {
  if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end)) return null;
  const first = toUtf16(text, start);
  if (first === null) return null;
  const length = toUtf16(text.slice(first), end - start);
  return length === null ? null : { start: first, end: first + length };
}
