/** Which entry a model needs: `@inkling/onnx`, `@inkling/onnx/full` or `@inkling/onnx/ort`. */
export type Tier = 'mlp' | 'full' | 'ort';

interface Needs {
  readonly tier: Tier;
  readonly forcedBy: readonly string[];
}

// Lists of their own, because importing the operators for their names would bring them all; a test holds them equal.

/** Operators of `@inkling/onnx`. */
export const MLP_OPERATORS: string =
  ' Add BatchNormalization Cast Clip Concat Constant Div Erf Flatten Gather Gelu Gemm Identity LeakyRelu MatMul Mul Relu Reshape Sigmoid Softmax Squeeze Sub Tanh Unsqueeze ';

/** What `@inkling/onnx/full` adds; of `ai.onnx.ml` in the second list. */
export const FULL_OPERATORS: string =
  ' Abs And ArgMax ArgMin CastLike Celu Ceil ConstantOfShape CumSum DequantizeLinear Dropout DynamicQuantizeLinear Einsum Elu Equal Exp Expand Floor GRU GatherElements GatherND Greater GreaterOrEqual HardSigmoid HardSwish Hardmax InstanceNormalization IsNaN LSTM LayerNormalization Less LessOrEqual Log LogSoftmax LpNormalization MatMulInteger Max Mean Min Mish Mod Neg Not OneHot Or PRelu Pad Pow QuantizeLinear RMSNormalization RNN Range Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Round ScatterElements ScatterND Selu Shape Sign SimplifiedLayerNormalization Size Slice Softplus Softsign Split Sqrt Sum Swish ThresholdedRelu Tile TopK Transpose Trilu Where Xor ';
export const FULL_ML_OPERATORS: string =
  ' ArrayFeatureExtractor Binarizer Imputer LabelEncoder LinearClassifier LinearRegressor Normalizer OneHotEncoder Scaler TreeEnsemble TreeEnsembleClassifier TreeEnsembleRegressor ';

const MLP_TYPES = ' float32 int32 int64 bool ';
const FULL_TYPES = ' float16 float64 int8 int16 uint8 uint16 uint32 uint64 string ';
/** Half floats that are stored become float32. */
const STORED_TYPES: Readonly<Record<string, Tier>> = { float16: 'mlp', bfloat16: 'full' };

/** The smallest tier that has all of these, and what the next smaller one lacks.
 * @param operators with their domain where it is not ONNX's own
 * @param types of inputs and outputs
 * @param storedTypes of weights */
export function tierOf(
  operators: readonly string[],
  types: readonly string[],
  storedTypes: readonly string[],
): Needs {
  const needs = [
    ...operators.map((name) => ({ name, tier: tierOfOperator(name) })),
    ...types.map((name) => ({ name, tier: tierOfType(name) })),
    ...storedTypes.map((name) => ({ name, tier: STORED_TYPES[name] ?? tierOfType(name) })),
  ];
  const tier = (['ort', 'full'] as const).find((candidate) => needs.some((need) => need.tier === candidate));
  const forcing = needs.filter((need) => need.tier === tier).map(({ name }) => name);
  return { tier: tier ?? 'mlp', forcedBy: [...new Set(forcing)] };
}

function tierOfOperator(name: string): Tier {
  if (has(MLP_OPERATORS, name)) return 'mlp';
  const ml = name.startsWith('ai.onnx.ml.') && has(FULL_ML_OPERATORS, name.slice(11));
  return ml || has(FULL_OPERATORS, name) ? 'full' : 'ort';
}

function tierOfType(name: string): Tier {
  return has(MLP_TYPES, name) ? 'mlp' : has(FULL_TYPES, name) ? 'full' : 'ort';
}

function has(list: string, name: string): boolean {
  return list.includes(` ${name} `);
}
