export { createEdge, type Edge, type EdgeOptions } from './create-edge.ts';
export type { EdgeCache, EdgeGeo, EdgePlatform, EdgeStore } from './edge-platform.ts';
export { jsonLog } from './json-log.ts';
export { type OpenMeteoOptions, openMeteo } from './open-meteo.ts';
export type { PackOptions } from './pack/pack-store.ts';
export type { CellWeather, WeatherCall, WeatherPoint, WeatherProvider } from './weather-provider.ts';
