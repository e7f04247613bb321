export type EventType =
  | 'view'
  | 'click'
  | 'dwell'
  | 'add_to_cart'
  | 'purchase'
  | 'search'
  | 'like'
  | 'dismiss'
  | 'less_like_this'
  | 'exposure';

/** Something the visitor did. It updates the profile on the device and is never sent. */
export interface InklingEvent {
  readonly type: EventType;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly slot?: string;
  readonly item?: string;
  /** Meaning by type: seconds for `dwell`, amount for `purchase`. */
  readonly value?: number;
  /** What a `search` was for, as tags of the catalog: never the words that were typed. */
  readonly tags?: readonly string[];
}
