/** A sentence around the one number that stands out in it. */
export type Around = readonly [before: string, number: string, after: string];
