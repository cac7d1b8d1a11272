import { useEffect, useId, useState } from "preact/hooks";

interface NumberFieldProps {
  label: string;
  value: number;
  /** Lowest and highest value, both allowed. */
  limits: readonly [number, number];
  onChange(value: number): void;
  /** Whole numbers only; default true. */
  whole?: boolean;
  /** Width of the box in characters. */
  width?: number;
  /** Hides the label from sight (it is still read aloud). */
  bare?: boolean;
}

/**
 * A number typed by hand. What is out of range or no number stays visible with a message and is not passed on;
 * leaving the field shows the last good value again.
 */
export function NumberField({ label, value, limits: [low, high], onChange, whole = true, width = 6, bare }: NumberFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  useEffect(() => setDraft(null), [value]);
  const text = draft ?? String(value);
  const problem = draft === null ? null : check(draft, low, high, whole);
  const step = whole ? 1 : undefined;
  return (
    <span class="field-wrap">
      <label class="field" for={id}>
        <span class={bare ? "hidden-text" : undefined}>{label}</span>
        <input
          id={id}
          class="input number"
          type="text"
          inputMode={whole ? "numeric" : "decimal"}
          autocomplete="off"
          spellcheck={false}
          value={text}
          style={{ width: `calc(${width}ch + 20px)` }}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-error`}
          onInput={(event) => {
            const typed = event.currentTarget.value;
            setDraft(typed);
            if (check(typed, low, high, whole) === null) onChange(Number(typed));
          }}
          onBlur={() => setDraft(null)}
          onKeyDown={(event) => {
            const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
            if (direction === 0 || step === undefined) return;
            event.preventDefault();
            onChange(Math.min(high, Math.max(low, value + direction * step)));
          }}
        />
      </label>
      {problem !== null && (
        <span class="field-error" id={`${id}-error`} role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}

/** What keeps a text from being a number within the limits, or null. */
function check(text: string, low: number, high: number, whole: boolean): string | null {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const fits = Number.isFinite(value) && value >= low && value <= high && (!whole || Number.isInteger(value));
  return fits ? null : `${whole ? "A whole number" : "A number"} from ${formatLimit(low)} to ${formatLimit(high)}`;
}

function formatLimit(value: number): string {
  return Math.abs(value) >= 1 || value === 0 ? value.toLocaleString("en-US") : String(value);
}
