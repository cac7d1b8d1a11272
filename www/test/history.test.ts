// Undo and redo: every edit can be taken back, and runs of one kind are one step.
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyHistory, record, redo, undo, type History } from "../src/state/history.ts";

type Step = { present: string; history: History<string> };

/** Applies edits one after another, a second apart. */
function edit(texts: string[], first: Step = { present: "", history: emptyHistory }): Step {
  return texts.reduce(
    ({ present, history }, text, time) => ({ present: text, history: record(history, present, null, time * 1000) }),
    first,
  );
}

test("undo goes back to the start and redo to the end", () => {
  let step: Step | null = edit(["a", "b", "c"]);
  const seen = [];
  for (let next: Step | null = step; next; next = undo(next.history, next.present)) {
    seen.push(next.present);
    step = next;
  }
  assert.deepEqual(seen, ["c", "b", "a", ""]);
  for (let next: Step | null = step; next; next = redo(next.history, next.present)) step = next;
  assert.equal(step.present, "c");
});

test("a new edit forgets what was undone", () => {
  const { present, history } = edit(["a", "b"]);
  const back = undo(history, present)!;
  const changed = record(back.history, back.present, null, 0);
  assert.equal(redo(changed, "x"), null);
  assert.equal(undo(changed, "x")!.present, "a");
});

test("quick edits of one kind are one step, slow or different ones are not", () => {
  let history = record<string>(emptyHistory, "0", "seed", 0);
  history = record(history, "1", "seed", 300);
  history = record(history, "2", "seed", 600);
  assert.deepEqual(history.past, ["0"]);
  assert.deepEqual(record(history, "3", "seed", 5000).past, ["0", "3"]);
  assert.deepEqual(record(history, "3", "stem", 700).past, ["0", "3"]);
});

test("an edit after undo is a step of its own, even of the same kind", () => {
  const first = record<string>(emptyHistory, "0", "seed", 0);
  const back = undo(first, "1")!;
  assert.deepEqual(record(back.history, back.present, "seed", 100).past, ["0"]);
  const forth = redo(back.history, back.present)!;
  assert.deepEqual(record(forth.history, forth.present, "seed", 100).past, ["0", "1"]);
});

test("the past is bounded", () => {
  const { history } = edit(Array.from({ length: 500 }, (_, position) => String(position)));
  assert.equal(history.past.length, 200);
  assert.equal(history.past.at(-1), "498");
});
