/** What happened to the page of one fault, as the page itself saw it. */
export interface Account {
  /** Uncaught errors and rejections, as text. */
  readonly errors: readonly string[];
  /** Items that moved, or went, after a frame in which they stood in view. */
  readonly moves: readonly string[];
  /** The items of every slot in the page's order, slot by slot: as authored, or as the page itself last made them. */
  readonly authored: readonly SlotItems[];
  /** The same at the end. */
  readonly found: readonly SlotItems[];
  /** Codes of the diagnostics. */
  readonly codes: readonly string[];
}

export interface SlotItems {
  readonly slot: string;
  readonly kind: string;
  readonly items: readonly string[];
}

/** What the server sends in place of a file. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Waits this long first; Infinity never answers. @default 0 */
  readonly afterMs?: number;
  /** Ends the connection after this share of the body, whose whole length it has promised. */
  readonly cutAt?: number;
}

/** Something that goes wrong, and what the page may look like then. */
export interface Fault {
  readonly name: string;
  readonly kind:
    | 'network'
    | 'pack'
    | 'model'
    | 'storage'
    | 'host'
    | 'policy'
    | 'clock'
    | 'size'
    | 'document'
    | 'script';
  /** `authored`: every slot exactly as it was written. `personalized`: some slot is not, so that the fault does no harm at
   * all. `either`: nobody lost an item. `acted`: a visitor's act changes what is in view, so that only errors count. */
  readonly expect: 'authored' | 'personalized' | 'either' | 'acted';
  /** A diagnostic that must be among those told. */
  readonly code?: string;
  /** What a browser may report of a file that is no script; no other script can keep it from that. */
  readonly reported?: RegExp;
  /** A visitor who accepted on an earlier page, or one who never chose. @default accepted */
  readonly choice?: 'accepted' | 'none';
  /** What the server answers to a path, if not the shop's file. */
  readonly answer?: (path: string, file: Buffer | undefined) => Answer | undefined;
  readonly html?: (page: string) => string;
  /** Of the page itself. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Runs in the page before any other script of it: a method that uses nothing from outside of itself, or its code. */
  readonly before?: (() => void) | string;
  /** False where no slot is ever decided, so that there is nothing to wait for but a moment. @default true */
  readonly decides?: boolean;
  /** Path, query and fragment under which the page is opened. @default "/" */
  readonly address?: string;
  /** Of the frame that holds the page. */
  readonly sandbox?: string;
}

/** What the page must not have done; empty if the fault did no harm. */
export function harmOf(fault: Fault, account: Account): readonly string[] {
  const { errors, moves, authored, found, codes } = account;
  const harm = errors.filter((error) => !fault.reported?.test(error));
  if (fault.expect === 'acted') return harm;
  harm.push(...moves.map((move) => `moved ${move}`));
  const text = (slots: readonly SlotItems[]) => slots.map(({ slot, items }) => `${slot}: ${items.join(' ')}`);
  if (authored.length === 0) harm.push('no slot in the page');
  if (authored.length !== found.length) harm.push(`${authored.length} slots became ${found.length}`);
  authored.forEach(({ slot, kind, items }, index) => {
    const now = found[index]?.items ?? [];
    const kept =
      kind === 'order' ? [...now].sort().join() === [...items].sort().join() : now.length === items.length;
    if (!kept) harm.push(`${slot}: ${items.length} items became ${now.length}`);
  });
  const changed = text(authored).join() !== text(found).join();
  if (fault.expect === 'authored' && changed)
    harm.push(`not as authored: ${text(found).join('; ').slice(0, 200)}`);
  if (fault.expect === 'personalized' && !changed) harm.push(`not personalized: ${codes.join()}`);
  if (fault.code && !codes.includes(fault.code))
    harm.push(`no diagnostic ${fault.code} among ${codes.join() || 'none'}`);
  return harm;
}
