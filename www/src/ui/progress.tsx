import { useEffect, useState } from "preact/hooks";
import { Button } from "./button.tsx";

interface ProgressProps {
  /** What is being done, e.g. "Scoring 15,625 cells". */
  label: string;
  done: number;
  total: number;
  onCancel(): void;
}

/** A running job: how far it is, and how to stop it. */
export function Progress({ label, done, total, onCancel }: ProgressProps) {
  return (
    <div class="progress">
      <progress max={Math.max(total, 1)} value={done} aria-label={label} />
      <span class="small soft">
        {done.toLocaleString("en-US")} of {total.toLocaleString("en-US")}
      </span>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}

/** What is done in a moment needs no bar: milliseconds. */
const SOON = 400;

/** Whether something that runs has done so for longer than a moment. */
export function useLate(running: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!running) return;
    const timer = setTimeout(() => setLate(true), SOON);
    return () => clearTimeout(timer);
  }, [running]);
  return running && late;
}

/** `Progress` that appears after a moment. */
export function LateProgress(props: ProgressProps) {
  return useLate(true) ? <Progress {...props} /> : null;
}
