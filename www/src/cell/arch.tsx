// The cell's text: read, copied, typed over or pasted. A text that cannot be read is kept in the box with the offending
// part underlined, and the last good cell stays.
import { useEffect, useRef, useState } from "preact/hooks";
import { call, failureOf, Superseded } from "../engine/client.ts";
import { notify, setCell, useStore } from "../state/state.ts";
import type { Failure } from "../types.ts";
import { IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

/** Longest text that is looked at. */
const MAX_LENGTH = 8000;

/** What the texts of all spaces have in them, and prose, which has blanks, hardly. */
const CELL_LIKE = /[|[{]|\w:\w|^\d+-/;

interface CellTextProps {
  /** What the text is called, e.g. "Arch string". */
  name: string;
  clean?: ((text: string) => string) | undefined;
}

export function CellText({ name, clean }: CellTextProps) {
  const space = useStore((state) => state.space);
  const cell = useStore((state) => state.cell);
  const draft = useStore((state) => state.draft);
  const box = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const text = typed ?? draft ?? cell;

  const judge = async (candidate: string): Promise<string | null> => {
    try {
      const info = await call("describe", [space, candidate], "draft");
      setFailure(null);
      return info.text;
    } catch (error) {
      if (!(error instanceof Superseded)) setFailure(failureOf(error));
      return null;
    }
  };
  const read = async (entered: string) => {
    const candidate = (clean?.(entered) ?? entered).replace(/[\r\n]+/g, " ");
    if (candidate.length > MAX_LENGTH) {
      const length = candidate.length.toLocaleString("en-US");
      setFailure({
        kind: "limit",
        message: `The text has ${length} characters; at most ${MAX_LENGTH.toLocaleString("en-US")} are read. It was left out.`,
        at: null,
      });
      if (box.current) box.current.value = text; // showing it would only slow the page down
      return;
    }
    setTyped(candidate);
    const good = await judge(candidate);
    if (good !== null) setCell(good, "typed");
  };
  // Another edit of the cell replaces what stands in the box. A draft breaks a rule: the editor says which, the box where.
  useEffect(() => {
    setTyped(null);
    setFailure(null);
    if (draft !== null) void judge(draft);
  }, [cell, draft]);
  // Pasting anywhere else on the page means the cell.
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest("input, textarea, select, dialog")) return;
      const pasted = event.clipboardData?.getData("text/plain").trim();
      if (!pasted) return;
      event.preventDefault();
      if (CELL_LIKE.test(pasted) || !pasted.includes(" ")) void read(pasted);
      else notify("info", `What you pasted is no cell: “${pasted.slice(0, 40)}${pasted.length > 40 ? "…" : ""}”.`);
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, [space, clean, text]);

  return (
    <div class="arch">
      <div class="row spread">
        <label for="arch" class="soft">
          {name}
        </label>
        <CopyButton name={name} text={text} />
      </div>
      <div class="arch-box">
        <Underlined text={text} failure={failure} />
        <textarea
          ref={box}
          id="arch"
          class="input mono"
          rows={3}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          value={text}
          aria-invalid={failure !== null}
          aria-describedby={failure && (typed !== null || draft === null) ? "arch-error" : undefined}
          onInput={(event) => void read(event.currentTarget.value)}
          onScroll={(event) => {
            // The underline follows a text that is longer than the box.
            const mirror = event.currentTarget.previousElementSibling;
            if (mirror) mirror.scrollTop = event.currentTarget.scrollTop;
          }}
          onBlur={() => failure === null && setTyped(null)}
        />
      </div>
      {failure && (typed !== null || draft === null) && (
        <p class="field-error" id="arch-error" role="alert">
          {failure.message}
          {failure.at && ` (column ${failure.at.column})`}{" "}
          <button
            type="button"
            class="link-button"
            onClick={() => {
              setTyped(null);
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

function CopyButton({ name, text }: { name: string; text: string }) {
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
      <IconButton look="plain" label={`Copy the ${name.toLowerCase()}`} onClick={() => void copy()}>
        <Icon name="copy" />
      </IconButton>
    </span>
  );
}
