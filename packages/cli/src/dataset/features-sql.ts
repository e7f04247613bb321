/** Parts that the visitors are dealt into, so that no choice is in the popularity that its own list is told. */
export const FOLDS = 5;
/** Impressions' worth of the mean that every item starts with. */
export const PRIOR = 20;

/** Popularity for training, by item and fold of the visitor: the share of impressions in which visitors of the other
 * folds chose it, shrunk to their mean. @param impressions how a row counts: what was shown, what chosen */
const popularity = (shown: string, chosen: string) => `dealt AS (
  SELECT item, MOD(ASCII(MD5(visitor)), ${FOLDS}) AS fold, ${shown} AS shown, ${chosen} AS chosen FROM impressions
),
by_fold AS (SELECT item, fold, SUM(shown) AS shown, SUM(chosen) AS chosen FROM dealt GROUP BY item, fold),
by_item AS (SELECT item, SUM(shown) AS shown, SUM(chosen) AS chosen FROM by_fold GROUP BY item),
folds AS (SELECT fold, SUM(shown) AS shown, SUM(chosen) AS chosen FROM by_fold GROUP BY fold),
altogether AS (SELECT SUM(shown) AS shown, SUM(chosen) AS chosen FROM by_fold),
others AS (
  SELECT by_item.item, folds.fold,
    by_item.shown - COALESCE(by_fold.shown, 0) AS shown,
    by_item.chosen - COALESCE(by_fold.chosen, 0) AS chosen,
    1e0 * (altogether.chosen - folds.chosen) / NULLIF(altogether.shown - folds.shown, 0) AS mean
  FROM by_item CROSS JOIN folds CROSS JOIN altogether
  LEFT JOIN by_fold ON by_fold.item = by_item.item AND by_fold.fold = folds.fold
),
popularity AS (
  SELECT item, fold, (chosen + ${PRIOR}e0 * mean) / (shown + ${PRIOR}e0) AS popularity FROM others WHERE shown > 0
)`;

/** What the trainer asks. @param isTotals whether the rows of `impressions` are counts themselves */
export function popularitySql(isTotals: boolean): string {
  return `WITH ${isTotals ? popularity('shown', 'chosen') : popularity('1', 'chosen')}
SELECT item, fold, popularity FROM popularity`;
}

/** Popularity for serving: of all visitors. */
export function popularityOfAllSql(isTotals: boolean): string {
  return `WITH by_item AS (
  SELECT item, SUM(${isTotals ? 'shown' : '1'}) AS shown, SUM(chosen) AS chosen FROM impressions GROUP BY item
),
altogether AS (SELECT 1e0 * SUM(chosen) / NULLIF(SUM(shown), 0) AS mean FROM by_item)
SELECT item, (chosen + ${PRIOR}e0 * mean) / (shown + ${PRIOR}e0) AS popularity FROM by_item CROSS JOIN altogether`;
}

/** Features in SQL that DuckDB, Spark and warehouses run alike, over the tables `impressions` (list, visitor, time_ms, seq,
 * position, item, chosen 0 or 1) and `events` (visitor, time_ms, seq, act, item), where seq says what comes first of what
 * has the same time. One row for each item of each list, from what its visitor had done before it. */
export const featuresSql: string = `WITH ${popularity('1', 'chosen')},
shown AS (
  SELECT list, visitor, time_ms, seq, item, chosen,
    ROW_NUMBER() OVER (PARTITION BY list ORDER BY position) - 1 AS place
  FROM impressions
),
lists AS (
  SELECT list, visitor, MIN(time_ms) AS time_ms, MIN(seq) AS seq, COUNT(*) AS items FROM shown GROUP BY list, visitor
),
acts AS (
  SELECT visitor, time_ms, seq, 0 AS place, act, item FROM events
  WHERE act IN ('view', 'click', 'add_to_cart', 'purchase', 'like')
  UNION ALL
  SELECT visitor, time_ms, seq, place, 'click' AS act, item FROM shown WHERE chosen = 1
),
numbered AS (
  SELECT visitor, time_ms, seq, act, item,
    ROW_NUMBER() OVER (PARTITION BY visitor ORDER BY time_ms, seq, place) AS number
  FROM acts
),
touched AS (
  SELECT lists.list, lists.time_ms, numbered.item,
    SUM(CASE WHEN numbered.act = 'view' THEN 1 ELSE 0 END) AS views,
    SUM(CASE WHEN numbered.act = 'click' THEN 1 ELSE 0 END) AS clicks,
    MAX(numbered.time_ms) AS last_ms,
    ROW_NUMBER() OVER (PARTITION BY lists.list ORDER BY MAX(numbered.number) DESC) - 1 AS last_rank
  FROM lists JOIN numbered ON numbered.visitor = lists.visitor AND (numbered.time_ms < lists.time_ms
    OR (numbered.time_ms = lists.time_ms AND numbered.seq < lists.seq))
  GROUP BY lists.list, lists.time_ms, numbered.item
),
recent AS (
  SELECT list, item, views, clicks, last_rank, (time_ms - last_ms) / 6e4 AS last_minutes FROM touched
  WHERE last_rank < 50
),
history AS (
  SELECT list, SUM(views + clicks) AS actions, MIN(last_minutes) AS minutes FROM recent GROUP BY list
),
last_touched AS (SELECT list, item FROM recent WHERE last_rank = 0),
last_place AS (
  SELECT shown.list, MIN(shown.place) AS place
  FROM shown JOIN last_touched ON last_touched.list = shown.list AND last_touched.item = shown.item
  GROUP BY shown.list
),
shared AS (
  SELECT shown.list, COUNT(*) AS items FROM shown JOIN recent ON recent.list = shown.list AND recent.item = shown.item
  GROUP BY shown.list
)
SELECT shown.list, shown.visitor, shown.item, shown.place, shown.chosen,
  popularity.popularity,
  recent.views AS recent_views,
  recent.clicks AS recent_clicks,
  recent.last_rank,
  recent.last_minutes,
  CASE WHEN last_touched.item IS NULL THEN NULL WHEN last_touched.item = shown.item THEN 1 ELSE 0 END AS last_same,
  shown.place - last_place.place AS last_offset,
  COALESCE(history.actions, 0) AS history_actions,
  history.minutes AS history_minutes,
  CASE WHEN history.list IS NULL THEN NULL ELSE COALESCE(shared.items, 0) / (1e0 * lists.items) END AS history_overlap
FROM shown
JOIN lists ON lists.list = shown.list
LEFT JOIN popularity ON popularity.item = shown.item AND popularity.fold = MOD(ASCII(MD5(shown.visitor)), ${FOLDS})
LEFT JOIN recent ON recent.list = shown.list AND recent.item = shown.item
LEFT JOIN history ON history.list = shown.list
LEFT JOIN last_touched ON last_touched.list = shown.list
LEFT JOIN last_place ON last_place.list = shown.list
LEFT JOIN shared ON shared.list = shown.list
ORDER BY shown.list, shown.place
`;
