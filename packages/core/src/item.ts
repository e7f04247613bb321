/** A thing that can be shown. Everything but `id` is optional; what is absent is encoded as unknown. */
export interface Item {
  readonly id: string;
  readonly title?: string;
  readonly url?: string;
  /** In the catalog's own currency; only its order of magnitude and its rank in a list are used. */
  readonly price?: number;
  readonly tags?: readonly string[];
  /** Items of one group compete for the same kind of place, e.g. `product` or `hero`. */
  readonly group?: string;
  /** The item that this one is a variant of, e.g. another picture for the same film. */
  readonly parent?: string;
  /** `false` takes the item out of every slate. @default true */
  readonly available?: boolean;
  /** ISO 8601 date. */
  readonly publishedAt?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** Whether the item has a tag that the pack marks as sensitive, such as health or religion. Nothing that the visitor
 * does with such an item is learnt from; only a dismissal of it, or a cap on it, is kept. */
export function isSensitive(item: Item | undefined, sensitive: ReadonlySet<string>): boolean {
  return item?.tags?.some((tag) => sensitive.has(tag)) ?? false;
}
