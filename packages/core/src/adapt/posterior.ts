/** What a device has learnt for itself: mean and precision of the weight of each tag. */
export type Posterior = Readonly<Record<string, readonly [mean: number, precision: number]>>;
