// The dialog in which the batch and the weights of ε are chosen.
import { useRef, useState } from "preact/hooks";
import { power } from "../words/format.ts";
import { LIMITS, startOf, store, useStore, type BatchSpec } from "../state/state.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { NumberField } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { checkWeights } from "../state/url.ts";
import { batchName, Pictures } from "./batch.tsx";
import { batchFromFiles } from "./images.ts";

const KINDS: { value: BatchSpec["kind"]; label: string }[] = [
  { value: "leaves", label: "Dead leaves (default)" },
  { value: "randn", label: "White noise" },
  { value: "images", label: "Your images (PNG, JPEG, …)" },
  { value: "cifar10", label: "CIFAR-10 binary file" },
];

const ABOUT: Record<BatchSpec["kind"], string> = {
  leaves:
    "Discs that hide each other, drawn from a seed. Like photographs, they have sharp edges and objects at all sizes, so ε behaves much as on real images, and no data set is needed.",
  randn:
    "Every value drawn on its own, the same numbers as PyTorch's torch.manual_seed(seed); torch.randn(count, 3, 32, 32). Good for comparing with other code; ε ranks cells less well on it.",
  images: "Each image is cropped to its central square and resized to 32×32.",
  cifar10: "data_batch_1.bin and its like, from the CIFAR-10 binary version. The first images of the file are used.",
};

export function BatchDialog({ onClose }: { onClose(): void }) {
  const batch = useStore((state) => state.batch);
  const [kind, setKind] = useState(batch.kind);
  const choose = (next: BatchSpec["kind"]) => {
    setKind(next);
    const { seed, count } = "seed" in batch ? batch : { seed: 0, count: 64 };
    if (next === "leaves" || next === "randn") store.set({ batch: { kind: next, seed, count } });
  };
  return (
    <Dialog title="What ε runs on" onClose={onClose}>
      <Select label="Images" value={kind} options={KINDS} onChange={choose} />
      <p class="soft">{ABOUT[kind]}</p>
      {(kind === "images" || kind === "cifar10") && <FilePicker kind={kind} />}
      {batch.kind === kind && <BatchFields batch={batch} />}
      {batch.kind === kind && <Pictures batch={batch} count={64} />}
      <Weights />
    </Dialog>
  );
}

function BatchFields({ batch }: { batch: BatchSpec }) {
  if (batch.kind === "images") return <p>{batchName(batch)}</p>;
  return (
    <div class="row">
      {"seed" in batch && (
        <NumberField
          label="Seed"
          value={batch.seed}
          limits={LIMITS.seed}
          onChange={(seed) => store.set({ batch: { ...batch, seed } })}
        />
      )}
      <NumberField
        label="Images"
        value={batch.count}
        limits={LIMITS.batchCount}
        width={4}
        onChange={(count) => store.set({ batch: { ...batch, count } })}
      />
    </div>
  );
}

/** Files by button or by drop. They are read here and sent nowhere. */
function FilePicker({ kind }: { kind: "images" | "cifar10" }) {
  const input = useRef<HTMLInputElement>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const [over, setOver] = useState(false);
  const take = async (files: readonly File[]) => {
    if (files.length === 0) return;
    try {
      const { batch, problems } = await batchFromFiles(files);
      setProblems(problems);
      if (batch) store.set({ batch });
    } catch (error) {
      setProblems([`The file could not be read: ${error instanceof Error ? error.message : String(error)}`]);
    }
  };
  return (
    <div
      class={`drop ${over ? "over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <Button onClick={() => input.current?.click()}>{kind === "images" ? "Choose images…" : "Choose a file…"}</Button>
      <span class="soft">or drop {kind === "images" ? "them" : "it"} here. Nothing is uploaded.</span>
      <input
        ref={input}
        type="file"
        class="hidden-text"
        aria-label={kind === "images" ? "Image files" : "CIFAR-10 binary file"}
        tabIndex={-1}
        multiple={kind === "images"}
        accept={kind === "images" ? "image/*" : ".bin,application/octet-stream"}
        onChange={(event) => {
          void take([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      {problems.map((problem) => (
        <p key={problem} class="field-error" role="alert">
          {problem}
        </p>
      ))}
    </div>
  );
}

function Weights() {
  const space = useStore((state) => state.space);
  const weights = useStore((state) => state.weights);
  const [draft, setDraft] = useState<readonly [number, number]>(weights);
  const problem = checkWeights(...draft);
  const change = (next: readonly [number, number]) => {
    setDraft(next);
    if (checkWeights(...next) === null) store.set({ weights: next });
  };
  return (
    <div class="weights">
      <div class="row">
        <NumberField
          label="Low weight"
          value={draft[0]}
          limits={[1e-12, 1e6]}
          whole={false}
          width={8}
          onChange={(low) => change([low, draft[1]])}
        />
        <NumberField
          label="High weight"
          value={draft[1]}
          limits={[1e-12, 1e6]}
          whole={false}
          width={8}
          onChange={(high) => change([draft[0], high])}
        />
        <Button look="plain" onClick={() => change(startOf(space).weights)}>
          Reset
        </Button>
      </div>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <p class="small soft">
        Every weight and batch-norm scale is set to this number, every bias to 0. The paper uses{" "}
        {power(startOf(space).weights[0])} and {power(startOf(space).weights[1])} in this space. A larger low weight
        lets the signal through more convolutions, so fewer cells are undefined; such values cannot be compared with
        published ones.
      </p>
    </div>
  );
}
