// The cell's text: read, copied, typed over or pasted. A text that cannot be read is kept in the box with the offending
// part underlined, and the last good cell stays.
import { useEffect, useState } from "preact/hooks";
import { call, failureOf, Superseded } from "../client.ts";
import { notify, setCell, useStore } from "../state.ts";
import type { Failure } from "../types.ts";
import { IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

/** Longest text that is looked at. */
const MAX_LENGTH = 2048;

export function ArchText() {
  const space = useStore((state) => state.space);
  const cell = useStore((state) => state.cell);
  const [draft, setDraft] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const text = draft ?? cell;

  const read = async (typed: string) => {
    setDraft(typed);
    try {
      const info = await call("describe", [space, typed], "draft");
      setFailure(null);
      setCell(info.text, "typed");
    } catch (error) {
      if (!(error instanceof Superseded)) setFailure(failureOf(error));
    }
  };
  // Another edit of the cell replaces what stands in the box.
  useEffect(() => {
    setDraft(null);
    setFailure(null);
  }, [cell]);
  // Pasting anywhere else on the page means the cell.
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest("input, textarea, select, dialog")) return;
      const pasted = event.clipboardData?.getData("text/plain").trim();
      if (!pasted) return;
      event.preventDefault();
      void read(pasted.slice(0, MAX_LENGTH));
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, [space]);

  return (
    <div class="arch">
      <div class="row spread">
        <label for="arch" class="soft">
          Arch string
        </label>
        <CopyButton text={cell} />
      </div>
      <div class="arch-box">
        <Underlined text={text} failure={failure} />
        <textarea
          id="arch"
          class="input mono"
          rows={3}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          maxLength={MAX_LENGTH}
          value={text}
          aria-invalid={failure !== null}
          aria-describedby={failure ? "arch-error" : undefined}
          onInput={(event) => void read(event.currentTarget.value.replace(/[\r\n]+/g, ""))}
          onBlur={() => failure === null && setDraft(null)}
        />
      </div>
      {failure && (
        <p class="field-error" id="arch-error" role="alert">
          {failure.message}
          {failure.at && ` (column ${failure.at.column})`}{" "}
          <button
            type="button"
            class="link-button"
            onClick={() => {
              setDraft(null);
              setFailure(null);
            }}
          >
            Back to the last good cell
          </button>
        </p>
      )}
    </div>
  );
}

/** The same text behind the box, of which only the underline is seen. */
function Underlined({ text, failure }: { text: string; failure: Failure | null }) {
  if (!failure?.at) return null;
  const characters = [...text];
  const start = Math.min(failure.at.column - 1, characters.length);
  const length = Math.max(1, failure.at.length);
  const part = characters.slice(start, start + length).join("");
  return (
    <div class="arch-mirror mono" aria-hidden="true">
      {characters.slice(0, start).join("")}
      <mark>{part === "" ? "\u00a0" : part}</mark>
      {characters.slice(start + length).join("")}
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      notify("warning", "The browser did not allow copying; select the text and copy it by hand.");
    }
  };
  return (
    <span class="row">
      <span class="small soft" role="status">
        {copied ? "Copied" : ""}
      </span>
      <IconButton look="plain" label="Copy the arch string" onClick={() => void copy()}>
        <Icon name="copy" />
      </IconButton>
    </span>
  );
}
