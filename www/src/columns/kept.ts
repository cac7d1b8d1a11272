/**
 * Columns of scores that this browser keeps between visits, in IndexedDB. A record counts only for the build of the
 * module and the table that made it, for its settings, and if its checksum fits; others are thrown away. Where there is
 * no store (private windows, a full disk, an old browser), nothing is kept and nobody is bothered.
 *
 * Written on the browser's own API: the small libraries over it (idb-keyval, idb) know nothing of the index by age that
 * keeps the store small, and would replace twenty lines.
 */
import type { Column } from "./columns.ts";

/** What a column's values depend on. */
export interface KeptKey {
  readonly space: string;
  readonly proxy: string;
  /** All that enters the score, e.g. `keyOf`. */
  readonly settings: string;
}

interface KeptRecord {
  version: string;
  space: string;
  proxy: string;
  settings: string;
  when: number;
  values: Float64Array;
  scored: Uint8Array;
  sum: number;
}

const DATABASE = "cellscope-scores";
const STORE = "columns";
/** Most columns: 30,001 rows of nine bytes at most, so 17 MB. */
const MOST = 64;
/** A store that does not answer for so long (ms) is done without. */
const PATIENCE = 3000;

/** FNV-1a over the bytes of both arrays. */
export function checksum(values: Float64Array, scored: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const bytes of [new Uint8Array(values.buffer, values.byteOffset, values.byteLength), scored]) {
    for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  }
  return hash >>> 0;
}

/** Whether what was read is a column of so many rows, as it was written. */
export function intact(found: unknown, rows: number): found is KeptRecord {
  const { values, scored, sum } = (found ?? {}) as Partial<KeptRecord>;
  return (
    values instanceof Float64Array &&
    scored instanceof Uint8Array &&
    values.length === rows &&
    scored.length === rows &&
    scored.every((flag) => flag <= 1) &&
    sum === checksum(values, scored)
  );
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** What the scores come from: the module, the table of known figures and the predictor, by their hashes in the list of the build's files. */
let versions: Promise<Map<string, string>> | null = null;
async function versionOf(space: string): Promise<string> {
  versions ??= fetch(new URL("../files.json", import.meta.url))
    .then(async (response) => (await response.json()) as { files: { path: string; sha256: string }[] })
    .then(({ files }) => new Map(files.map(({ path, sha256 }) => [path, sha256])));
  const hashes = await versions;
  const module = hashes.get("pkg/cellscope_bg.wasm");
  if (!module) throw new Error("the module has no hash");
  const data = [`${space}.known`, "tgnas.weights", "operators.words"].map(
    (name) => hashes.get(`data/${name}`)?.slice(0, 16) ?? "",
  );
  return [module.slice(0, 16), ...data].join(" ");
}

let opened: Promise<IDBDatabase> | null = null;
function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { keyPath: ["space", "version", "proxy", "settings"] });
      store.createIndex("when", "when");
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("the store is held by another page"));
  });
  return opened;
}

/** The result of some work with the store, or null if that fails or takes too long. */
function within<T>(work: () => Promise<T>): Promise<T | null> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null));
  return Promise.race([work().catch(() => null), late]);
}

const columns = async (mode: IDBTransactionMode): Promise<IDBObjectStore> =>
  (await database()).transaction(STORE, mode).objectStore(STORE);

/** The column kept under a key, if there is one of this version and so many rows. */
export function recall(
  { space, proxy, settings }: KeptKey,
  rows: number,
): Promise<Pick<KeptRecord, "values" | "scored"> | null> {
  return within(async () => {
    const key = [space, await versionOf(space), proxy, settings];
    const found: unknown = await done((await columns("readonly")).get(key));
    if (found === undefined || intact(found, rows)) return found ?? null;
    await done((await columns("readwrite")).delete(key));
    return null;
  });
}

/** Keeps a column under a key, in place of an older one. Resolves to whether that was done. */
export async function keep(
  { space, proxy, settings }: KeptKey,
  { values, scored }: Column,
  rows: number,
): Promise<boolean> {
  // Copied before anything is waited for: the column may go on changing. Failed cells are tried again another time.
  const copy = { values: values.slice(0, rows), scored: scored.slice(0, rows).map((flag) => (flag === 1 ? 1 : 0)) };
  const kept = await within(async () => {
    const version = await versionOf(space);
    const record: KeptRecord = {
      space,
      version,
      proxy,
      settings,
      when: Date.now(),
      ...copy,
      sum: checksum(copy.values, copy.scored),
    };
    const store = await columns("readwrite");
    await done(store.put(record));
    // Of this space, what other versions have made; of all, the oldest beyond the most.
    await done(store.delete(IDBKeyRange.bound([space], [space, version], false, true)));
    await done(store.delete(IDBKeyRange.bound([space, version, []], [space, []], true, true)));
    const spare = (await done(store.count())) - MOST;
    if (spare > 0) for (const key of await done(store.index("when").getAllKeys(null, spare))) store.delete(key);
    return true;
  });
  return kept ?? false;
}

/** Throws away everything. Resolves to whether that was done. */
export async function forget(): Promise<boolean> {
  return (await within(async () => (await done((await columns("readwrite")).clear()), true))) ?? false;
}
