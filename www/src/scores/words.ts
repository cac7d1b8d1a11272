// What the scores are computed on, in each space.
import type { SpaceId } from "../types.ts";

/** Spaces whose networks are described alike. */
export type Family = "nasbench201" | "nasbench101" | "transnas" | "nds";

export function familyOf(space: SpaceId): Family {
  if (space === "nasbench201" || space === "nasbench101") return space;
  return space.startsWith("nds") ? "nds" : "transnas";
}

/** Width and depth of the network of which parameters and FLOPs are counted, where the space leaves them open. */
export function countedSize(space: SpaceId): string | null {
  return familyOf(space) === "nds" ? "36 channels, 20 cells, CIFAR-10, no auxiliary head" : null;
}

/** Why the network that is trained is not to be had, where it is not. */
export function notBuiltWords(space: SpaceId): string {
  return familyOf(space) === "nds"
    ? ""
    : "The network that TransNAS-Bench-101 trains, with batch norm and a decoder for each task, is not built here.";
}

/** A closed form that is missing, without the layers' details. */
export function noClosedForm(space: SpaceId): string {
  return familyOf(space) === "nds"
    ? "No closed form: most operations are several convolutions in a row, whose weights share out the chance of an edge."
    : "No closed form for a skip that changes the shape: it is two convolutions side by side.";
}
