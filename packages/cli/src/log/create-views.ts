import { type Database, literal } from './database.ts';
import type { ImportedLog } from './import-log.ts';

/** Views of an imported log: `entries`, its rows with the list's own time and visitor; `impressions`, one row for each
 * item of each list; `events`. The last two are what the feature SQL reads.
 * @param namesChosen whether `label` names the chosen items */
export async function createViews(
  database: Database,
  { fields, delimiter }: ImportedLog,
  namesChosen: boolean,
): Promise<void> {
  await database.run(
    `CREATE VIEW entries AS SELECT log.* REPLACE (
        coalesce(lists.time_ms, log.time_ms) AS time_ms,
        coalesce(lists.visitor, log.visitor, '#' || (coalesce(lists.entry, seq) + 1)) AS visitor),
      coalesce(lists.entry, seq) AS entry
      FROM log LEFT JOIN lists ON lists.list = CASE WHEN kind = 'list' THEN log.list END WHERE kind IS NOT NULL`,
  );
  const names = fields.map((_, index) => `f${index}`);
  const separator = literal(delimiter ?? '');
  const part = (text: string) => `unnest(string_split(${text}, ${separator})) AS ${text}`;
  const isChosen = namesChosen
    ? `list_contains(string_split(label, ${separator}), item)`
    : `regexp_matches(lower(string_split(label, ${separator})[place]), '^(1|1\\.0|true)$')`;
  const rows =
    delimiter === undefined
      ? `SELECT entry, visitor, time_ms, place, seq, ${['item', ...names].join(', ')}, label AS is_chosen
         FROM entries WHERE kind = 'list'`
      : `SELECT * EXCLUDE (label), ${isChosen} AS is_chosen FROM (
           SELECT entry, visitor, time_ms, label, seq, ${['item', ...names].map(part).join(', ')},
             generate_subscripts(string_split(item, ${separator}), 1) AS place
           FROM entries WHERE kind = 'list')`;
  await database.run(
    `CREATE VIEW all_impressions AS SELECT entry AS list, visitor, time_ms, entry AS seq,
      coalesce(place, seq) AS position,
      CASE WHEN is_chosen THEN 1 ELSE 0 END AS chosen, ${['item', ...names].join(', ')} FROM (${rows})`,
  );
  await database.run(
    `CREATE VIEW all_events AS SELECT visitor, time_ms, seq, act, item FROM entries WHERE kind = 'event'`,
  );
}

/** The views without items of which nothing may be learnt, and without lists whose choice was one of them. */
export async function hideItems(database: Database, hidden: ReadonlySet<string>): Promise<void> {
  await database.run('CREATE TABLE hidden (item VARCHAR)');
  const ids = [...hidden].map((id) => `(${literal(id)})`);
  if (ids.length > 0) await database.run(`INSERT INTO hidden VALUES ${ids.join(', ')}`);
  const isHidden = 'item IN (SELECT item FROM hidden)';
  await database.run(
    `CREATE VIEW impressions AS SELECT * FROM all_impressions WHERE NOT ${isHidden}
      ${
        hidden.size === 0
          ? ''
          : `AND list NOT IN (SELECT list FROM all_impressions GROUP BY list
              HAVING max(chosen) > 0 AND max(CASE WHEN ${isHidden} THEN 0 ELSE chosen END) = 0)`
      }`,
  );
  await database.run(`CREATE VIEW events AS SELECT * FROM all_events WHERE NOT ${isHidden}`);
}
