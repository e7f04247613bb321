/** What a bundler for Workers makes of an imported `.wasm` file: a WebAssembly.Module. */
declare module '*.wasm' {
  const module: object;
  // biome-ignore lint/style/noDefaultExport: it is how such files are imported
  export default module;
}
