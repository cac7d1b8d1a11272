import { render } from "preact";
import { registerServiceWorker } from "./offline.ts";
import { checkSupport } from "./support.ts";

const app = document.getElementById("app")!;
const problem = checkSupport();
if (problem !== null) {
  render(<p role="alert">{problem}</p>, app);
} else {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", (event: MessageEvent<string>) => render(<p>{event.data}</p>, app));
  void registerServiceWorker();
}
