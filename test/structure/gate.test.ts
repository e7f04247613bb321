import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

/** What keeps something in a browser, or sends it somewhere, or tells another tab. */
const RAW = new Set([
  ...['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookie', 'cookieStore', 'serviceWorker'],
  ...['fetch', 'sendBeacon', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'Image'],
  ...['RTCPeerConnection', 'Worker', 'SharedWorker', 'importScripts', 'getDirectory', 'BroadcastChannel'],
]);
/** By whose properties the same can be reached. */
const OWNERS = new Set(['globalThis', 'window', 'self', 'top', 'parent', 'navigator', 'document', 'storage']);

/** The files behind the gate, and what each may name. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // For the reader, which only reads and removes; what writes goes through the gate.
  'packages/client/src/auto.ts': ['localStorage'],
  'packages/client/src/delete-database.ts': ['indexedDB'],
  'packages/client/src/device-store.ts': ['indexedDB'],
  'packages/client/src/fetch-bytes.ts': ['fetch'],
  'packages/client/src/post-shape.ts': ['fetch'],
  // A message without content, to other tabs of this site.
  'packages/client/src/hear-tabs.ts': ['BroadcastChannel'],
  'packages/consent/src/tell-tabs.ts': ['BroadcastChannel'],
  'packages/consent/src/record-store.ts': ['indexedDB'],
  'packages/consent/src/send-proof.ts': ['fetch'],
  // An engine for anybody's models: it fetches what its caller names. The client gives it bytes.
  'packages/onnx/src/model-source.ts': ['fetch'],
};

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** The raw interfaces that a source names outside of types. */
function rawIn(file: string, source: string): readonly string[] {
  const found = new Set<string>();
  const note = (name: unknown) => {
    if (RAW.has(String(name))) found.add(String(name));
  };
  const visit = (node: Node, parent: Node | undefined): void => {
    const isType = node.type.startsWith('TS') && !/^TS(As|Satisfies|NonNull)/.test(node.type);
    if (isType) return;
    const isMember = parent?.type === 'MemberExpression' && parent.property === node;
    const isKey = parent?.type === 'Property' && parent.key === node && parent.value !== node;
    if (node.type === 'Identifier' && !isMember && !(isKey && !parent.computed)) note(node.name);
    if (node.type === 'MemberExpression') {
      const { object, property, computed } = node as unknown as Record<'object' | 'property', Node> & Node;
      const owner = object.type === 'MemberExpression' ? (object.property as Node).name : object.name;
      if (OWNERS.has(String(owner))) note(computed ? property.value : property.name);
    }
    for (const child of Object.values(node).flat())
      if (typeof (child as Node | null)?.type === 'string') visit(child as Node, node);
  };
  visit(parseSync(file, source).program as unknown as Node, undefined);
  return [...found].sort();
}

test('nothing is kept or sent but behind the gate', () => {
  const root = join(import.meta.dirname, '../..');
  const files = globSync('packages/{client,consent,core,onnx}/src/**/*.ts', { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  const named = files.map((file) => [file, rawIn(file, readFileSync(join(root, file), 'utf8'))] as const);
  expect(Object.fromEntries(named.filter(([, names]) => names.length > 0))).toEqual(ALLOWED);
});

test.each([
  ['localStorage.x = 1', 'localStorage'],
  ['const { length } = sessionStorage', 'sessionStorage'],
  ['window.indexedDB.open("x")', 'indexedDB'],
  ['globalThis.caches?.keys()', 'caches'],
  ['void (() => fetch("/x"))', 'fetch'],
  ['run({ fetch })', 'fetch'],
  ['globalThis["fetch"]("/x")', 'fetch'],
  ['(fetch as Port)("/x")', 'fetch'],
  ['navigator.sendBeacon("/x")', 'sendBeacon'],
  ['window.navigator.sendBeacon("/x")', 'sendBeacon'],
  ['new XMLHttpRequest()', 'XMLHttpRequest'],
  ['new WebSocket("/x")', 'WebSocket'],
  ['document.cookie = "x"', 'cookie'],
  ['new BroadcastChannel("x")', 'BroadcastChannel'],
  ['navigator.storage.getDirectory()', 'getDirectory'],
])('finds %s', (source, name) => {
  expect(rawIn('a.ts', source)).toEqual([name]);
});

test.each([
  'type Port = typeof fetch;',
  'interface Options { readonly fetch?: typeof globalThis.fetch }',
  'platform.fetch("/x")',
  'run({ fetch: options.fetch })',
  '// localStorage',
  'const text = "localStorage"',
])('does not take %s for a call', (source) => {
  expect(rawIn('a.ts', source)).toEqual([]);
});
