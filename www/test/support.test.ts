// The check that stands between the page and a browser that cannot run it.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { checkSupport } from "../src/app/support.ts";

const { validate } = WebAssembly;
const global = globalThis as { Worker?: unknown };

beforeEach(() => {
  global.Worker = class {};
});
afterEach(() => {
  WebAssembly.validate = validate;
  delete global.Worker;
});

test("the probe is a valid module where SIMD is there, as in Node.js", () => {
  assert.equal(checkSupport(), null);
});

test("the probe is invalid without its SIMD instruction's prefix", () => {
  let probe = new Uint8Array();
  WebAssembly.validate = (bytes) => {
    probe = new Uint8Array(bytes as ArrayBuffer);
    return true;
  };
  checkSupport();
  const broken = probe.map((byte) => (byte === 0xfd ? 0xff : byte));
  assert.ok(validate(probe));
  assert.ok(!validate(broken));
});

test("what is missing is named", () => {
  WebAssembly.validate = () => false;
  assert.match(checkSupport() ?? "", /SIMD/);
  WebAssembly.validate = validate;
  delete global.Worker;
  assert.match(checkSupport() ?? "", /workers/);
});
