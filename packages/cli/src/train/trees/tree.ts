/** A row goes on to `yes` where its value of the column is at most the threshold. */
export interface Branch {
  readonly column: number;
  /** An f32. */
  readonly threshold: number;
  /** The last bin of those that are at most the threshold. */
  readonly bin: number;
  /** Where a row goes whose value is missing (NaN). */
  readonly missingIsYes: boolean;
  /** Places among the tree's nodes. */
  readonly yes: number;
  readonly no: number;
}

export interface Leaf {
  /** What it adds to the score. An f32. */
  readonly value: number;
}

/** Nodes in the order they came to be; the root is the first. */
export type Tree = readonly (Branch | Leaf)[];

/** Boosted trees: the score is the sum of the leaves that a row comes to. */
export interface Forest {
  /** Columns of a row. */
  readonly width: number;
  readonly trees: readonly Tree[];
}

/** @param features f32[rows × width] @returns one score for each row */
export function scoreTrees({ width, trees }: Forest, features: Float32Array): Float32Array {
  return Float32Array.from({ length: features.length / width }, (_, row) => {
    let score = 0;
    for (const tree of trees) {
      score += climb(tree, ({ column, threshold, missingIsYes }) => {
        const value = features[row * width + column] as number;
        return Number.isNaN(value) ? missingIsYes : value <= threshold;
      });
    }
    return score;
  });
}

/** Adds a tree's leaves to the scores of rows that are kept in bins. */
export function addTree(tree: Tree, columns: readonly Uint8Array[], scores: Float64Array): void {
  for (let row = 0; row < scores.length; row++) {
    const value = climb(tree, ({ column, bin, missingIsYes }) => {
      const own = (columns[column] as Uint8Array)[row] as number;
      return own === 0 ? missingIsYes : own <= bin;
    });
    scores[row] = (scores[row] as number) + value;
  }
}

function climb(tree: Tree, isYes: (branch: Branch) => boolean): number {
  let node = tree[0] as Branch | Leaf;
  while (!('value' in node)) node = tree[isYes(node) ? node.yes : node.no] as Branch | Leaf;
  return node.value;
}
