/** A paper by its number. */
export function Arxiv({ id }: { id: string }) {
  return (
    <a href={`https://arxiv.org/abs/${id}`} rel="noopener noreferrer" target="_blank">
      arXiv:{id}
    </a>
  );
}
