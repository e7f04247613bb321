import type { GraphWriter } from './graph-writer.ts';

/** `nn.Linear` of a matrix: Gemm with transB.
 * @param module such as `/net/0`, whose weights are `net.0.weight` and `net.0.bias` */
export function torchLinear(
  graph: GraphWriter,
  module: string,
  input: string,
  [from, to]: readonly [number, number],
  as?: string,
): string {
  const parameters = module.slice(1).replaceAll('/', '.');
  const inputs = [
    input,
    graph.weight(`${parameters}.weight`, [to, from], from),
    graph.weight(`${parameters}.bias`, [to]),
  ];
  return graph.op('Gemm', inputs, {
    at: module,
    attributes: { alpha: { float: 1 }, beta: { float: 1 }, transB: 1 },
    ...(as && { as }),
  });
}

/** `nn.Linear` of anything of higher rank: MatMul with the weights turned by the exporter, then Add, bias first. */
export function torchLinear3d(
  graph: GraphWriter,
  module: string,
  input: string,
  [from, to]: readonly [number, number],
): string {
  const parameters = module.slice(1).replaceAll('/', '.');
  const turned = graph.weight(`onnx::MatMul_${graph.nodes.length}`, [from, to], from);
  const product = graph.op('MatMul', [input, turned], { at: module });
  return graph.op('Add', [graph.weight(`${parameters}.bias`, [to]), product], { at: module });
}

/** Dense layers with Relu between them, as `nn.Sequential` names them. */
export function torchDense(
  graph: GraphWriter,
  module: string,
  input: string,
  widths: readonly number[],
  as?: string,
): string {
  let x = input;
  widths.slice(1).forEach((width, i) => {
    const isLast = i === widths.length - 2;
    const layer: [number, number] = [widths[i] as number, width];
    x = torchLinear(graph, `${module}/${2 * i}`, x, layer, isLast ? as : undefined);
    if (!isLast) x = graph.op('Relu', [x], { at: `${module}/${2 * i + 1}` });
  });
  return x;
}
