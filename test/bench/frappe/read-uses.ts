import { readTable } from '@inkling/cli';

/** The columns that say when and where an app was used. */
export const MOMENT = ['daytime', 'weekday', 'isweekend', 'homework', 'weather', 'country', 'city'] as const;

/** An app in a moment: used, or drawn as one that was not. */
export interface Use {
  readonly user: string;
  readonly item: string;
  /** 1 where it was used. */
  readonly label: number;
  /** The columns of MOMENT, and `cost`; `unknown` where it is not known. */
  readonly words: Readonly<Record<string, string>>;
}

/** Reads a file of Frappe (Baltrunas et al., arXiv 1505.03014): positives, or labelled uses. */
export async function readUses(file: string): Promise<readonly Use[]> {
  const uses: Use[] = [];
  for await (const { cells } of readTable(file)) {
    const words = Object.fromEntries([...MOMENT, 'cost'].map((column) => [column, String(cells[column])]));
    // The set writes an unknown city as 0.
    if (words.city === '0') words.city = 'unknown';
    uses.push({
      user: String(cells.user),
      item: String(cells.item),
      label: Number(cells.label ?? 1),
      words,
    });
  }
  return uses;
}
