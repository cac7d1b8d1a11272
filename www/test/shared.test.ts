// Runs that are shared: one for all who ask for the same, and nobody's leaving stops another's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SharedRuns } from "../src/columns/shared-runs.ts";

/** A run that goes on until it is finished by hand or stopped. */
function runs() {
  const shared = new SharedRuns<string>();
  const begun: { key: string; signal: AbortSignal; finish(result: string): void }[] = [];
  const ask = (key: string, signal = new AbortController().signal) =>
    shared.ask(
      key,
      signal,
      (stop) =>
        new Promise<string>((resolve) => {
          begun.push({ key, signal: stop, finish: resolve });
          stop.addEventListener("abort", () => resolve("stopped"));
        }),
    );
  return { shared, begun, ask };
}

test("who asks for the same shares a run; it stops when the last one goes, not the first", async () => {
  const { shared, begun, ask } = runs();
  const [first, second] = [new AbortController(), new AbortController()];
  const asked = [ask("ε", first.signal), ask("ε", second.signal)];
  assert.equal(begun.length, 1);
  first.abort();
  assert.equal(await asked[0], null, "who goes does not wait");
  assert.equal(begun[0]!.signal.aborted, false, "the other's run goes on");
  second.abort();
  assert.equal(begun[0]!.signal.aborted, true);
  assert.equal(shared.has("ε"), false);
  assert.equal(await asked[1], "stopped", "the last learns what it came to");
});

test("other things are other runs: stopping one leaves the others", async () => {
  const { begun, ask } = runs();
  const one = new AbortController();
  const asked = [ask("ε", one.signal), ask("tgnas")];
  one.abort();
  assert.deepEqual(
    begun.map(({ signal }) => signal.aborted),
    [true, false],
  );
  begun[1]!.finish("done");
  assert.deepEqual(await Promise.all(asked), ["stopped", "done"]);
});

test("after a stop or an end the next to ask begins anew, and leaving late stops nothing", async () => {
  const { shared, begun, ask } = runs();
  const early = new AbortController();
  const first = ask("ε", early.signal);
  shared.stop((key) => key === "ε");
  const second = ask("ε");
  assert.equal(begun.length, 2, "what is being stopped is not joined");
  assert.equal(await first, "stopped");
  early.abort();
  assert.equal(begun[1]!.signal.aborted, false);
  assert.ok(shared.has("ε"), "the end of the old run does not forget the new one");
  begun[1]!.finish("done");
  assert.equal(await second, "done");
  assert.equal(shared.has("ε"), false);
  assert.equal(await ask("ε", AbortSignal.abort()), null);
  assert.equal(begun.length, 2, "who has gone before asking begins nothing");
});
