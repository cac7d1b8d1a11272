// What the scores are computed on, in each space.
import type { SpaceId } from "../types.ts";

/** Spaces whose networks are described alike. */
type Family = "nasbench201" | "nasbench101" | "transnas" | "nds";

export function familyOf(space: SpaceId): Family {
  if (space === "nasbench201" || space === "nasbench101") return space;
  return space.startsWith("nds") ? "nds" : "transnas";
}

/** The network of which parameters and FLOPs are counted; null where it is not built. */
export function trainedWords(space: SpaceId): string | null {
  switch (familyOf(space)) {
    case "nasbench201":
      return "the network that the benchmark trains: 15 cells of this kind, 16, 32 and 64 channels, 10 classes";
    case "nasbench101":
      return "the network that the benchmark trains: nine cells of this kind in three stacks, 128, 256 and 512 channels, 10 classes";
    default:
      return null;
  }
}

/** Why parameters, FLOPs and ε are not offered in a space. */
export function notBuiltWords(space: SpaceId): string {
  return familyOf(space) === "nds"
    ? "The networks that NDS trained have batch norm, and a width and depth of their own each; they are not built here."
    : "The network that TransNAS-Bench-101 trains, with batch norm and a decoder for each task, is not built here.";
}

/** A closed form that is missing, without the layers' details. */
export function noClosedForm(space: SpaceId): string {
  return familyOf(space) === "nds"
    ? "No closed form: most operations are several convolutions in a row, whose weights share out the chance of an edge."
    : "No closed form for a skip that changes the shape: it is two convolutions side by side.";
}
