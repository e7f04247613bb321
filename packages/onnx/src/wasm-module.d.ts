/** What a bundler for Workers makes of an imported `.wasm` file: a WebAssembly.Module. */
declare module '*.wasm' {
  const module: object;
  export { module as default };
}
