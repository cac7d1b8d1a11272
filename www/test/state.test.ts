// The store: each space keeps its own work.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SPACE_IDS } from "../src/space/spaces.ts";
import {
  initialState,
  redo,
  setCell,
  setHover,
  setOptions,
  startOf,
  store,
  switchSpace,
  undo,
} from "../src/state/state.ts";

test("a space is found as it was left: cell, settings, history, batch, sample", () => {
  store.set(initialState);
  const first = "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|";
  setCell(first);
  setOptions({ seed: 9 });
  store.set({
    batch: { kind: "randn", seed: 3, count: 8 },
    rank: { samples: 50, seed: 2, proxy: "epsilon", against: "" },
  });
  const before = store.get();
  switchSpace("nds-darts");
  const { history, draft, ...fresh } = startOf("nds-darts");
  assert.deepEqual({ ...store.get(), ...fresh }, store.get());
  assert.equal(store.get().history.past.length, 0);
  setOptions({ layers: 5 });
  switchSpace("nasbench201");
  assert.deepEqual({ ...store.get(), shelf: {} }, { ...before, shelf: {} });
  undo();
  undo();
  assert.equal(store.get().cell, initialState.cell);
  redo();
  assert.equal(store.get().cell, first);
  switchSpace("nds-darts");
  assert.equal(store.get().options.layers, 5);
  assert.deepEqual(Object.keys(store.get().shelf), ["nasbench201"]);
});

test("what the pointer is on does not follow into another space, nor a channel where layers come and go", () => {
  for (const space of SPACE_IDS) {
    store.set(initialState);
    switchSpace(space);
    const node = { layer: 3, channel: 1 };
    store.set({ node });
    setHover({ cellEdge: 2 });
    setCell(`${store.get().cell} `);
    assert.deepEqual(store.get().node, space === "nasbench201" || space === "transnas101-micro" ? node : null);
    switchSpace(space === "nasbench101" ? "nasbench201" : "nasbench101");
    assert.deepEqual([store.get().node, store.get().hover], [null, null]);
  }
});
