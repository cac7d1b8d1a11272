// A macro architecture of TransNAS-Bench-101: four to six stages, each with channels doubled or not and side halved or not.

export interface Stage {
  readonly doubles: boolean;
  readonly halves: boolean;
}

export const STAGES = [4, 6] as const;
export const DOUBLING = [1, 3] as const;
export const HALVING = [1, 4] as const;

/** Channels and side behind the stem of the trained network. */
const START = { channels: 64, side: 56 };

/** Reads `64-DIGITS-basic` in printed form. */
export function parseStages(text: string): Stage[] {
  const digits = [...(text.split("-")[1] ?? "")].map(Number);
  return digits.map((digit) => ({ doubles: digit % 2 === 0, halves: digit > 2 }));
}

export function printStages(stages: readonly Stage[]): string {
  return `64-${stages.map(({ doubles, halves }) => 1 + Number(doubles) + 2 * Number(halves)).join("")}-basic`;
}

/** Name of the operation that a stage is, as the module says it. */
export function opOf({ doubles, halves }: Stage): string {
  return ["block", ...(doubles ? ["channels × 2"] : []), ...(halves ? ["side ÷ 2"] : [])].join(", ");
}

/** The rules of the space, each with what is found. */
export function rulesOf(
  stages: readonly Stage[],
): { what: string; range: readonly [number, number]; found: number; kept: boolean }[] {
  const rule = (what: string, range: readonly [number, number], found: number) => ({
    what,
    range,
    found,
    kept: found >= range[0] && found <= range[1],
  });
  return [
    rule("blocks", STAGES, stages.length),
    rule("double the channels", DOUBLING, stages.filter(({ doubles }) => doubles).length),
    rule("halve the side", HALVING, stages.filter(({ halves }) => halves).length),
  ];
}

/** What keeps this from being an architecture of the space, or null. */
export function problemOf(stages: readonly Stage[]): string | null {
  const broken = rulesOf(stages).filter(({ kept }) => !kept);
  if (broken.length === 0) return null;
  const words = broken.map(({ what, range: [low, high], found }) =>
    what === "blocks"
      ? `${low} to ${high} blocks are needed, not ${found}`
      : `${low} to ${high} blocks must ${what}, not ${found}`,
  );
  return `${words.join("; ")}.`;
}

/** Channels and side behind each stage, in the trained network. */
export function sizesOf(stages: readonly Stage[]): { channels: number; side: number }[] {
  let { channels, side } = START;
  return stages.map(({ doubles, halves }) => {
    if (doubles) channels *= 2;
    if (halves) side = Math.floor(side / 2);
    return { channels, side };
  });
}
