import { type Impression, readTable } from '@inkling/cli';

/** The rows of an Open Bandit Dataset log (Saito et al., NeurIPS 2021). Items go by their integer id; hashed features
 * differ between files and are not read. There is no visitor; what was shown at one instant stands together. */
export async function readObd(file: string): Promise<readonly Impression[]> {
  const impressions: Impression[] = [];
  for await (const { cells } of readTable(file)) {
    impressions.push({
      visitor: String(cells.timestamp),
      item: String(cells.item_id),
      position: Number(cells.position),
      reward: Number(cells.click),
      propensity: Number(cells.propensity_score),
    });
  }
  return impressions;
}
