import { useEffect, useId, useState } from "preact/hooks";
import { whole as grouped } from "../words/format.ts";

interface NumberFieldProps {
  label: string;
  value: number;
  /** Lowest and highest value, both allowed. */
  limits: readonly [number, number];
  onChange(value: number): void;
  /** Whole numbers only; default true. */
  whole?: boolean;
  /** Whole multiples of this only; default 1. */
  step?: number;
  /** Width of the box in characters. */
  width?: number;
  /** Hides the label from sight (it is still read aloud). */
  bare?: boolean;
}

/**
 * A number typed by hand. What is out of range or no number stays visible with a message and is not passed on;
 * leaving the field shows the last good value again, and says so until the next edit.
 */
export function NumberField({
  label,
  value,
  limits: [low, high],
  onChange,
  whole = true,
  step = 1,
  width = 6,
  bare,
}: NumberFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [kept, setKept] = useState("");
  useEffect(() => setDraft(null), [value]);
  const text = draft ?? String(value);
  const check = (typed: string) => problemOf(typed, low, high, whole ? step : 0);
  const problem = draft === null ? null : check(draft);
  const said = problem ?? kept;
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
          aria-describedby={said ? `${id}-error` : undefined}
          onInput={(event) => {
            const typed = event.currentTarget.value;
            setKept("");
            setDraft(typed);
            if (check(typed) === null) onChange(Number(typed));
          }}
          onBlur={() => {
            if (problem) setKept(`${draft || "Nothing"} is not ${problem.replace("A", "a")}: ${value} is kept`);
            setDraft(null);
          }}
          onKeyDown={(event) => {
            const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
            if (direction === 0 || !whole) return;
            event.preventDefault();
            onChange(Math.min(high, Math.max(low, value + direction * step)));
          }}
        />
      </label>
      {said && (
        <span class="field-error" id={`${id}-error`} role={problem ? "alert" : "status"}>
          {said}
        </span>
      )}
    </span>
  );
}

const limit = (value: number) => (value % 1 ? String(value) : grouped(value));

/** What keeps a text from being a number within the limits and a multiple of `step` (0: any number), or null. */
function problemOf(text: string, low: number, high: number, step: number): string | null {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const fits = Number.isFinite(value) && value >= low && value <= high && (step === 0 || value % step === 0);
  const kind =
    step === 0 ? "A number" : step === 1 ? "A whole number" : step === 2 ? "An even number" : `A multiple of ${step}`;
  return fits ? null : `${kind} from ${limit(low)} to ${limit(high)}`;
}
