import { useId } from "preact/hooks";

interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; disabled?: boolean }[];
  onChange(value: T): void;
  /** Hides the label from sight (it is still read aloud). */
  bare?: boolean;
}

export function Select<T extends string>({ label, value, options, onChange, bare }: SelectProps<T>) {
  const id = useId();
  return (
    <label class="field" for={id}>
      <span class={bare ? "hidden-text" : undefined}>{label}</span>
      <select id={id} class="input" value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled ?? false}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
