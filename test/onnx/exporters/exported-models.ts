import type { ExportedModel } from './exported-model.ts';
import { sasRec } from './sasrec.ts';
import { sklModels } from './skl-models.ts';
import { smallPatterns } from './small-patterns.ts';
import { tfModels } from './tf-models.ts';
import { torchPerceptrons } from './torch-perceptrons.ts';
import { torchRecommenders } from './torch-recommenders.ts';
import { treeEnsembles } from './tree-ensembles.ts';

const SIZES = { width: 8, length: 5, blocks: 2, heads: 2, items: 12, candidates: 4 };

/** One of each kind of model that people export, all small. */
export const exportedModels: readonly ExportedModel[] = [
  ...torchPerceptrons,
  ...torchRecommenders,
  sasRec({ ...SIZES, opset: 17 }),
  sasRec({ ...SIZES, opset: 14 }),
  ...tfModels,
  ...sklModels,
  ...treeEnsembles,
  ...smallPatterns,
];
