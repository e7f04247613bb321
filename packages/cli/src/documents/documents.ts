import { dataFlow } from './data-flow.ts';
import { type DocumentedPack, declaredData } from './declared-data.ts';
import { impactAssessment } from './impact-assessment.ts';
import { markdownList, markdownPage } from './markdown.ts';
import { processingRecord } from './processing-record.ts';
import { retentionTable } from './retention.ts';
import { threatModel } from './threat-model.ts';

/** The papers of a privacy team, made of what a pack and the runtime declare. @returns content by file name */
export function documentsOf(pack: DocumentedPack): ReadonlyMap<string, string> {
  const data = declaredData(pack);
  return new Map([
    ['data-flow.svg', dataFlow(data)],
    ['impact-assessment.md', impactAssessment(data)],
    ['processing-record.md', processingRecord(data)],
    ['retention.md', retentionTable(data)],
    ['threat-model.md', threatModel(data)],
    [
      'README.md',
      markdownPage(
        '# Privacy documents',
        `Of the pack \`${pack.id}\`, features \`${pack.fingerprint}\`, written by \`inkling documents\`. To change one, ` +
          'change what it is made of and run that again.',
        markdownList([
          '[What is read, kept and sent, as a picture](data-flow.svg)',
          '[Data protection impact assessment, a start](impact-assessment.md)',
          '[Record of processing activities](processing-record.md)',
          '[Retention](retention.md)',
          '[Threat model](threat-model.md)',
        ]),
      ),
    ],
  ]);
}
