import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTable } from '@inkling/cli';
import type { ContextPatch, Item } from '@inkling/core';

/** A film that a user rated. */
export interface Rating {
  readonly item: string;
  /** Epoch ms. */
  readonly at: number;
}

export interface MovieLens {
  /** By user, oldest first. */
  readonly ratings: ReadonlyMap<string, readonly Rating[]>;
  readonly items: ReadonlyMap<string, Item>;
  /** Age and gender of each user, the latter for groups alone. */
  readonly people: ReadonlyMap<string, ContextPatch>;
}

/** Reads MovieLens ratings, and users and films from the files beside them (`user.csv.gz`, `item.csv.gz`). Equal times go by
 * the film's id, which gives the published figures.
 * @param fallback folder of the users and films where there are none beside the ratings */
export async function readMovieLens(file: string, fallback: string): Promise<MovieLens> {
  const beside = (name: string) => {
    const near = join(dirname(file), name);
    return existsSync(near) ? near : join(fallback, name);
  };
  const ratings = new Map<string, Rating[]>();
  await eachRow(file, (cell) => {
    const user = cell('user_id');
    const list = ratings.get(user) ?? [];
    ratings.set(user, list);
    list.push({ item: cell('item_id'), at: Number(cell('timestamp')) * 1000 });
  });
  for (const list of ratings.values()) list.sort((a, b) => a.at - b.at || Number(a.item) - Number(b.item));
  const items = new Map<string, Item>();
  await eachRow(beside('item.csv.gz'), (cell) => {
    const [id, genres] = [cell('item_id'), cell('class')];
    const year = Number(cell('release_year'));
    items.set(id, {
      id,
      tags: genres.split(' ').filter(Boolean),
      attributes: Number.isInteger(year) && year > 1900 ? { year } : {},
    });
  });
  const people = new Map<string, ContextPatch>();
  await eachRow(beside('user.csv.gz'), (cell) => {
    people.set(cell('user_id'), { custom: { age: ageBand(Number(cell('age'))), gender: cell('gender') } });
  });
  return { ratings, items, people };
}

function ageBand(age: number): string {
  if (age < 25) return '-24';
  if (age < 35) return '25-34';
  return age < 50 ? '35-49' : '50-';
}

async function eachRow(file: string, take: (cell: (column: string) => string) => void): Promise<void> {
  for await (const { cells } of readTable(file)) take((column) => String(cells[column] ?? ''));
}
