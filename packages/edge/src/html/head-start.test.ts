import { expect, test } from 'vitest';
import { headStart } from './head-start.ts';

const documents = [
  '<!doctype html><html lang="en"><head>|<title>x</title>',
  '\xef\xbb\xbf<!DOCTYPE html>\n<HTML>\n<HEAD>|\n<meta charset=utf-8>',
  '<head>|',
  '<head/>|<p>',
  '<head data-a="1>2" b=\'>\' c=d>|x',
  '<html a=b\'><head>|<p title="<head>">',
  '<html a = "<head>" ><head\n>|',
  '<!-- <head> --><!--> <!---> <?xml version="1.0"?><head>|',
  '<!doctype html>|<title>no head tag</title>',
  '<html>|<body><header>',
  '<!doctype html>|text',
];

test.each(documents)('%j', (marked) => {
  const at = marked.indexOf('|');
  expect(headStart(marked.replace('|', ''))).toBe(at);
});

test.each(documents)('cut anywhere, it is either undecided or right: %j', (marked) => {
  const at = marked.indexOf('|');
  const whole = marked.replace('|', '');
  for (let length = 0; length <= whole.length; length++) {
    expect(['more', at]).toContain(headStart(whole.slice(0, length)));
  }
});

test.each(['<p>a fragment', '{"not": "html"}', '<header>', '<headline>', '\xfe\xff\0<\0h', '</p>'])(
  '%j has no head',
  (text) => {
    expect(headStart(text)).toBe('none');
  },
);

test.each(['', ' ', '<', '<!', '<!-- -', '<!doctype html', '<html lang="', '<hea', '<head a=">'])(
  '%j is undecided',
  (text) => {
    expect(headStart(text)).toBe('more');
  },
);
