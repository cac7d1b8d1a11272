/** The channel graph with its controls. Fills its region. */
export function GraphView() {
  return <p class="soft">The channel graph comes here.</p>;
}
