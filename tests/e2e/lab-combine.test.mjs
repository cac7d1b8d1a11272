// Combinations of proxies by their ranks, and fronts against a cost.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { browserTest } from "./browser.mjs";

const panel = (page) => page.locator(".lab-panel:not([hidden])");
const rowOf = (page, name) => page.getByRole("region", { name: /^Correlation with accuracy of the average/ }).getByRole("row", { name });

browserTest("all 15,625 cells: the average of ranks beside its parts, its best cells, the front and the true one", async ({ open, page, axe }) => {
  await open("#tab=combine&samples=all");
  await rowOf(page, /^average degree/).waitFor({ timeout: 120_000 });
  await rowOf(page, /^parameters/).waitFor();
  // As the command line's `correlate` prints them.
  assert.match(await rowOf(page, /^average degree/).innerText(), /\.802 \[.*\.606 \[.*\s\.020\s+\.018\s+53\.1 %\s+55 of 64/s);
  assert.match(await rowOf(page, /^parameters/).innerText(), /\.751 \[.*\.577 \[.*\s\.110\s+\.079\s+47\.8 %\s+82, with ties/s);
  assert.match(await rowOf(page, /^average of ranks/).innerText(), /\.7\d\d \[/);
  await panel(page).getByText(/Of the \d+ cells on the front by score, \d+ (is|are) on the true front \(\d+ cells\)/).waitFor();
  const first = page.getByRole("region", { name: "The best cells by the average of ranks" }).locator("tbody tr").first();
  assert.match(await first.innerText(), /100\.0\s+1\s+1\s+93\.\d\d\s+\d+/, "six 3×3 convolutions are first by degree and by parameters");
  await axe();

  await panel(page).getByRole("button", { name: "Export front" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Front, CSV/ }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).split(/\r?\n/).filter((line) => line.startsWith("|")).map((line) => line.split(","));
  const onTrue = lines.filter((line) => line[5] === "yes").map((line) => [Number(line[1]), Number(line[3])]);
  assert.ok(onTrue.length > 5);
  for (const [k, [cost, accuracy]] of onTrue.entries()) {
    if (k > 0) assert.ok(cost >= onTrue[k - 1][0] && accuracy >= onTrue[k - 1][1], "accuracy rises with cost along the true front");
  }
  assert.equal(Math.max(...onTrue.map(([, accuracy]) => accuracy)), 94.37, "it ends with the best cell of all");
  assert.ok(lines.every((line) => Number(line[6]) >= 0));
});

browserTest("tabulated scores and latencies join; two proxies at least; the axis can show the score", async ({ open, page }) => {
  await open("#tab=combine");
  const parts = panel(page).getByRole("group", { name: "Proxies" });
  await rowOf(page, /^average of ranks/).waitFor();
  assert.ok(await parts.evaluate((list) => list.scrollHeight <= list.clientHeight), "no proxy of the list is cut off");
  await parts.getByRole("checkbox", { name: /^parameters$/ }).uncheck();
  await page.waitForFunction(() => location.hash.includes("mix=average_degree"));
  await panel(page).getByText("Choose at least two proxies to average.").waitFor();
  await parts.getByRole("checkbox", { name: /^Jacobian covariance/ }).check();
  await rowOf(page, /^Jacobian covariance/).waitFor();
  await panel(page).getByText(/Over the \d+ of 200 cells in which all of them and the accuracy are defined/).waitFor();
  const covered = Number(/Over the (\d+) of 200/.exec(await panel(page).innerText())[1]);
  assert.ok(covered > 80 && covered < 160, `about 9,445 of 15,625: ${covered}`);
  await panel(page).getByRole("combobox", { name: "Cost" }).selectOption("raspi4_latency");
  await panel(page).getByRole("combobox", { name: "Front by" }).selectOption("average_degree");
  await panel(page).getByRole("button", { name: "score", exact: true }).click();
  await panel(page).getByRole("application", { name: /average degree against Latency on a Raspberry Pi 4/ }).waitFor();
  await page.getByRole("region", { name: "Cells on the fronts" }).getByRole("row").nth(3).waitFor();
});

browserTest("DARTS: counts of its networks join the average and are costs, beside the table's", async ({ open, page }) => {
  await open("#tab=combine&space=nds-darts&samples=all");
  await rowOf(page, /^average of ranks/).waitFor();
  // As the command line's `correlate` prints them.
  assert.match(await rowOf(page, /^parameters/).innerText(), /\.486 \[.*\.339 \[/s);
  const cost = panel(page).getByRole("combobox", { name: "Cost" });
  assert.deepEqual(await cost.locator("option").allInnerTexts(), ["parameters", "FLOPs", "FLOPs, M (table)", "parameters, M (table)"]);
  assert.equal(await cost.inputValue(), "flops");
  await panel(page).getByText(/Of the \d+ cells on the front by score/).waitFor();
});

browserTest("a space without costs has combinations but no front, and says so", async ({ open, page }) => {
  await open("#tab=combine&space=transnas101-micro");
  await rowOf(page, /^density/).waitFor();
  await panel(page).getByText(/has no parameters, FLOPs or latencies here/).waitFor();
});

browserTest("a link holds the combination; what the space does not have is named and left out", async ({ open, page }) => {
  await open("#tab=combine&mix=average_degree,snip,nonsense:pixel3_latency:snip");
  await page.getByText(/left out of the combination: nonsense/).waitFor();
  await rowOf(page, /^SNIP/).waitFor();
  assert.equal(await panel(page).getByRole("combobox", { name: "Cost" }).inputValue(), "pixel3_latency");
  assert.equal(await panel(page).getByRole("combobox", { name: "Front by" }).inputValue(), "snip");
  await panel(page).getByText(/Of the \d+ cells on the front by score/).waitFor();
});
