import { expect, test } from 'vitest';
import { gridCell } from './grid-cell.ts';

test.each([
  ['52.51630', '13.37770', '52.50,13.25', 52.625, 13.375],
  ['52.5', '13.25', '52.50,13.25', 52.625, 13.375],
  ['-33.86880', '151.20930', '-34.00,151.00', -33.875, 151.125],
  ['-0.10', '-0.10', '-0.25,-0.25', -0.125, -0.125],
  ['0', '-0', '0.00,0.00', 0.125, 0.125],
  ['90', '180', '89.75,179.75', 89.875, 179.875],
  ['-90', '-180', '-90.00,-180.00', -89.875, -179.875],
])('%s, %s lies in cell %s', (latitude, longitude, id, centreLatitude, centreLongitude) => {
  expect(gridCell(latitude, longitude)).toEqual({
    id,
    latitude: centreLatitude,
    longitude: centreLongitude,
  });
});

test.each([
  [undefined, '13'],
  ['52', undefined],
  ['', ''],
  ['52', 'NaN'],
  ['91', '13'],
  ['52', '-180.5'],
  ['1e1', '13'],
  ['0x10', '13'],
  [' 52', '13'],
])('%s, %s has no cell', (latitude, longitude) => {
  expect(gridCell(latitude, longitude)).toBeUndefined();
});
