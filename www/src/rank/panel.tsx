/** Scatter, strip, correlation and tables, across the page below the three columns. */
export function RankPanel() {
  return <p class="soft">Scatter and tables come here.</p>;
}
