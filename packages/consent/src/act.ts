/** Does what the visitor asked for, and says `done` afterwards, or that it did not work.
 * @param done @default nothing */
export type Act = (work: () => unknown, done?: string) => void;
