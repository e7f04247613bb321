/** How good each open item is by an objective, after the items already placed; 1 is as much as relevance can differ. */
export type Objective = (chosen: readonly number[]) => (index: number) => number;
