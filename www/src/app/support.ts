/**
 * The smallest module that holds a SIMD instruction:
 * `(module (func (result v128) (i8x16.splat (i32.const 0))))`.
 */
const SIMD_MODULE = new Uint8Array([
  0x00,
  0x61,
  0x73,
  0x6d,
  0x01,
  0x00,
  0x00,
  0x00, // \0asm, version 1
  0x01,
  0x05,
  0x01,
  0x60,
  0x00,
  0x01,
  0x7b, // types: () → v128
  0x03,
  0x02,
  0x01,
  0x00, // functions: one, of type 0
  0x0a,
  0x08,
  0x01,
  0x06,
  0x00,
  0x41,
  0x00,
  0xfd,
  0x0f,
  0x0b, // code: i32.const 0, i8x16.splat, end
]);

/**
 * What keeps this browser from running Cellscope.
 *
 * @returns a sentence for the reader, or null if all is there
 */
export function checkSupport(): string | null {
  if (typeof WebAssembly !== "object") {
    return "This browser has no WebAssembly, or it is switched off. Cellscope computes in WebAssembly and cannot run here.";
  }
  if (!WebAssembly.validate(SIMD_MODULE)) {
    return "This browser's WebAssembly has no SIMD, which Cellscope needs. Any Chrome or Edge from 91, Firefox from 89 or Safari from 16.4 has it.";
  }
  if (typeof Worker !== "function") {
    return "This browser has no web workers, in which Cellscope computes.";
  }
  return null;
}
