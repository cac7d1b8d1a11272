import "../../styles/main.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { boot } from "./boot.ts";
import { failureOf } from "../engine/client.ts";
import { registerServiceWorker } from "./offline.ts";
import { notify } from "../state/state.ts";
import { checkSupport } from "./support.ts";
import { startTheme } from "./theme.ts";

const root = document.getElementById("app")!;
const problem = checkSupport();
startTheme();
if (problem !== null) {
  render(
    <main class="unsupported">
      <h1>Cellscope</h1>
      <p role="alert">{problem}</p>
    </main>,
    root,
  );
} else {
  render(<App />, root);
  const booted = boot().catch((error: unknown) => {
    const failure = failureOf(error);
    if (failure) notify("error", failure.message);
  });
  // After the module: what the service worker fetches for later must not delay the first score.
  void booted.then(() =>
    registerServiceWorker(() => notify("info", "A new version of this page is ready; it will be used after a reload.")),
  );
}
