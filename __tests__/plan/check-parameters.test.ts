import { expect, test } from 'vitest';
import { checkParameters } from '../../src/plan/check-parameters.ts';
import { definedParameters } from '../../src/plan/parameters-cell.ts';
import { parametersOf } from './json-value.ts';

const CELL = `
# Hyper-parameters
alpha = 0.1  # learning = rate
layers: list[int] = [
    64,  # first; layer
    64,
]
dropout: None | float = None
mode: Literal["a", "b"] = "a"
epochs = 5; seed: int = 3
text = """several
x = lines # no comment
"""
rate = 1e-3 # type: float the rate
options = {"a": 1, "b": {"c": "="}}
maybe: "Optional[str]" = None
path = \\
    "data.csv"
low = high = 0
a, b = 1, 2
declared: bool
computed = compute(alpha=1, beta=2)
if alpha == 0.1:
    inner = True
else:
    pass
config["x"] = 1
alpha += 1
print(alpha)
size = -3
`;

test('the parameters of a cell are found with their defaults and types, whatever the layout', () => {
  const found = definedParameters(CELL).map(({ name, defaultText, type }) => [name, defaultText, type]);
  expect(found).toEqual([
    ['alpha', '0.1', 'float'],
    ['layers', '[\n    64,  # first; layer\n    64,\n]', 'list[int]'],
    ['dropout', 'None', 'None | float'],
    ['mode', '"a"', 'Literal["a", "b"]'],
    ['epochs', '5', 'int'],
    ['seed', '3', 'int'],
    ['text', '"""several\nx = lines # no comment\n"""', 'str'],
    ['rate', '1e-3', 'float'],
    ['options', '{"a": 1, "b": {"c": "="}}', 'dict'],
    ['maybe', 'None', '"Optional[str]"'],
    ['path', '\\\n    "data.csv"', undefined],
    ['low', '0', 'int'],
    ['high', '0', 'int'],
    ['a', undefined, undefined],
    ['b', undefined, undefined],
    ['declared', undefined, 'bool'],
    ['computed', 'compute(alpha=1, beta=2)', undefined],
    ['inner', 'True', 'bool'],
    ['size', '-3', 'int'],
  ]);
});

test('a parameter that the cell does not define is told in the words of papermill', () => {
  expect(checkParameters(parametersOf('{"alpha": 0.2, "epoch": 3, "quite_else": 1}'), CELL)).toEqual([
    { kind: 'unknown', name: 'epoch', message: 'Passed unknown parameter: epoch. Did you mean "epochs"?' },
    { kind: 'unknown', name: 'quite_else', message: 'Passed unknown parameter: quite_else.' },
  ]);
});

test.each([
  ['{"alpha": 1}', []],
  ['{"alpha": "x"}', ["alpha is float in the parameters cell, got 'x' (str)."]],
  ['{"layers": [1], "options": {}, "text": "t", "declared": false}', []],
  ['{"layers": 1}', ['layers is list[int] in the parameters cell, got 1 (int).']],
  ['{"dropout": null}', []],
  ['{"dropout": 0.5}', []],
  ['{"dropout": "x"}', ["dropout is None | float in the parameters cell, got 'x' (str)."]],
  ['{"maybe": 1}', ['maybe is "Optional[str]" in the parameters cell, got 1 (int).']],
  ['{"maybe": "s"}', []],
  ['{"epochs": 5.0}', ['epochs is int in the parameters cell, got 5.0 (float).']],
  ['{"epochs": null}', ['epochs is int in the parameters cell, got None (None).']],
  ['{"mode": 1, "computed": 1, "a": "x"}', []],
])('%s has the findings %j', (parameters, messages) => {
  const findings = checkParameters(parametersOf(parameters), CELL);
  expect(findings.map(({ message }) => message)).toEqual(messages);
  expect(findings.every(({ kind }) => kind === 'wrong type')).toBe(true);
});

test('a default of None takes anything', () => {
  expect(checkParameters(parametersOf('{"x": [1]}'), 'x = None')).toEqual([]);
});

test('source that is not Python finds nothing and does not fail', () => {
  expect(definedParameters('{{{ """ \\')).toEqual([]);
  expect(definedParameters('')).toEqual([]);
});
