// Numbers as the page writes them: sensible digits, thousands separated, a true minus sign.

/** Fixed decimals, e.g. `55.27`; a dash where there is no number. */
export function fixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return value
    .toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace("-", "−");
}

/** `count` significant digits, e.g. 0.05261; powers of ten where plain digits would be long. */
export function significant(value: number | null | undefined, count: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    const [digits, power] = value.toExponential(count - 1).split("e");
    return `${digits} × 10${superscript(Number(power))}`.replace("-", "−");
  }
  return value.toLocaleString("en-US", { maximumSignificantDigits: count }).replace("-", "−");
}

export function superscript(power: number): string {
  return [...String(power)].map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)])).join("");
}

// Made once: `toLocaleString` makes a formatter a call, which shows in tables.
const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export function whole(value: number): string {
  return grouped.format(Math.round(value));
}

/** Millions with three significant digits, e.g. `0.830 M`. */
export function millions(value: number): string {
  const scaled = value / 1e6;
  const decimals = scaled >= 100 ? 0 : scaled >= 10 ? 1 : scaled >= 1 ? 2 : 3;
  return `${scaled.toFixed(decimals)} M`;
}

/** A weight as it is written in papers, e.g. 1 and 10⁻⁷; it may have been rounded to 32 bits. */
export function power(value: number): string {
  const exponent = Math.round(Math.log10(value));
  const exact = Math.abs(value / 10 ** exponent - 1) < 1e-7;
  return exact && exponent !== 0 && exponent !== 1
    ? `10${superscript(exponent)}`
    : significant(value, 3).replace(/\.?0+(?= ×)/, "");
}
