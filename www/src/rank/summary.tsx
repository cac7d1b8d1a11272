/** The cell's rank by each proxy beside its true rank, in the right-hand column below the scores. */
export function RankSummary() {
  return <p class="soft">The rank comes here.</p>;
}
