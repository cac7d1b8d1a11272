// The scatter by touch: two fingers zoom, a finger draws a lasso once that tool is taken up, and scrolls the page otherwise.
import assert from "node:assert/strict";
import { browserTest } from "./browser.mjs";

const scatter = (page) => page.locator(".rank-scatter-frame");

browserTest("a pinch zooms the scatter; a finger draws a lasso with that tool only", async ({ open, page, context }) => {
  await open();
  await page.locator(".rank-correlations").filter({ hasText: /Over 20[01] cells/ }).waitFor();
  const session = await context.newCDPSession(page);
  const touch = (type, ...points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  const place = async () => {
    await scatter(page).evaluate((element) => element.scrollIntoView({ block: "center" }));
    return scatter(page).boundingBox();
  };
  let { x, y, width, height } = await place();
  const [cx, cy] = [x + width * 0.6, y + height * 0.4];
  await touch("touchStart", [cx - 20, cy], [cx + 20, cy]);
  for (let k = 1; k <= 6; k++) await touch("touchMove", [cx - 20 - 6 * k, cy], [cx + 20 + 6 * k, cy]);
  await touch("touchEnd");
  await page.locator(".rank-tools [role=status]").filter({ hasText: /\d+ of 20[01] points in view/ }).waitFor();
  await page.getByRole("button", { name: "Reset zoom" }).click();

  const draw = async () => {
    ({ x, y, width, height } = await place());
    const at = (a, b) => [x + a * width, y + b * height];
    await touch("touchStart", at(0.3, 0.1));
    for (const [a, b] of [[0.6, 0.1], [0.95, 0.1], [0.95, 0.5], [0.6, 0.6], [0.3, 0.5]]) await touch("touchMove", at(a, b));
    await touch("touchEnd");
  };
  await page.getByRole("button", { name: "Lasso" }).click();
  await draw();
  await page.getByRole("region", { name: "Selection" }).getByRole("heading", { name: /^Selection: \d+ cells/ }).waitFor();
  await page.getByRole("button", { name: "Clear selection" }).click();
  await page.getByRole("button", { name: "Zoom", exact: true }).click();
  await draw();
  assert.equal(await page.getByRole("region", { name: "Selection" }).count(), 0);
  assert.equal(await page.getByText(/points in view/).count(), 0, "a finger alone does not zoom");
}, { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
