// A static host as plain as they come: files under a sub-path, a type for each, no special headers.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves dist/ on a free port of this machine.
 *
 * @param {string} prefix path of the site, with slashes at both ends
 * @returns {Promise<{ base: string, requests: string[], replace: Map<string, string>, close(): Promise<void> }>}
 *   `requests` collects every path asked for (relative to the site where it lies below it, otherwise absolute);
 *   `replace` holds contents served in place of, or beside, the files of dist/
 */
export async function serve(prefix = "/some/where/") {
  const requests = [];
  const replace = new Map();

  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = path.startsWith(prefix);
    const name = inside ? path.slice(prefix.length) : path;
    requests.push(name);
    try {
      if (!inside || name.split("/").includes("..")) throw new Error("outside");
      const file = name || "index.html";
      const body = replace.get(file) ?? (await readFile(join(dist, file)));
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("not found");
    }
  });

  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}${prefix}`,
    requests,
    replace,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
