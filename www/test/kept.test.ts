// What is read from the browser's store counts only as it was written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Columns, fillKept, setFailed, setScore } from "../src/columns/columns.ts";
import { checksum, intact } from "../src/columns/kept.ts";

const values = Float64Array.of(1.5, NaN, -0, 7);
const scored = Uint8Array.of(1, 1, 1, 0);
const record = () => ({ values: values.slice(), scored: scored.slice(), sum: checksum(values, scored) });

test("a record is intact as it was written, and in no other way", () => {
  assert.ok(intact(record(), 4));
  assert.ok(!intact(record(), 5), "of another table");
  for (const bad of [
    undefined,
    null,
    7,
    {},
    { ...record(), sum: record().sum + 1 },
    { ...record(), values: [...values] },
    { ...record(), scored: Uint8Array.of(1, 1, 1, 1) },
  ]) {
    assert.ok(!intact(bad, 4), JSON.stringify(bad));
  }
  const changed = record();
  changed.values[3] = 8;
  assert.ok(!intact(changed, 4));
  const flag = Uint8Array.of(1, 1, 2, 0);
  assert.ok(!intact({ values, scored: flag, sum: checksum(values, flag) }, 4), "a flag that is never written");
});

test("kept scores fill what is open, and change nothing else", () => {
  const columns = new Columns(4, () => "");
  const column = columns.get("edges");
  setScore(column, 0, 2);
  setFailed(column, 2);
  fillKept(column, record());
  assert.deepEqual([...column.values.subarray(0, 4)], [2, NaN, -0, NaN]);
  assert.deepEqual([...column.scored], [1, 1, 1, 0, 0]);
  assert.deepEqual([column.count, column.kept], [3, 2]);
});
