// The build's check of index.html against its Content-Security-Policy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inlineCode } from "../build/inline.mjs";

const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" />`;

test("a page of linked files passes", () => {
  assert.deepEqual(
    inlineCode(`${POLICY}<link rel="stylesheet" href="a.css"><script type="module" src="a.js"></script>`),
    [],
  );
});

test("what the policy would block is named", () => {
  for (const bad of [
    "<script>alert(1)</script>",
    `<script src="a.js">alert(1)</script>`,
    "<style>p { color: red }</style>",
    `<p style="color: red">`,
    `<img src="a.png" onerror="alert(1)">`,
    `<a href=" javascript:alert(1)">`,
  ]) {
    assert.equal(inlineCode(POLICY + bad).length, 1, bad);
  }
});

test("comments are not code", () => {
  assert.deepEqual(inlineCode(`${POLICY}<!-- <script>alert(1)</script> -->`), []);
});

test("a missing or loosened policy is named", () => {
  assert.deepEqual(inlineCode("<p>"), ["no Content-Security-Policy"]);
  assert.deepEqual(inlineCode(POLICY.replace("'self'", "'unsafe-inline'")), ["the policy allows 'unsafe-inline'"]);
  assert.deepEqual(inlineCode(POLICY.replace("'self'", "https://example.org")), ["the policy allows https:"]);
});
