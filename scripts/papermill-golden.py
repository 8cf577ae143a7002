"""Writes the golden table of papermill's Python translator: JSON text of a value → source text.

Run it with an interpreter that has papermill but not black, which papermill would format with:

    python scripts/papermill-golden.py > __tests__/plan/papermill-python.golden.json
"""

import importlib.util
import json
import sys

from papermill.translators import PythonTranslator

INTEGERS = [
    "0", "1", "-1", "7", "42", "-42", "127", "128", "255", "256", "32767", "-32768", "65536", "2147483647",
    "2147483648", "-2147483648", "-2147483649", "4294967296", "9007199254740991", "9007199254740992",
    "9007199254740993", "-9007199254740993", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "10000000000000000000001",
    "123456789012345678901234567890", "-170141183460469231731687303715884105729",
]  # fmt: skip

FLOATS = [
    "0.0", "-0.0", "1.0", "-1.0", "0.1", "0.25", "-2.5", "3.14", "100.0", "1e0", "1E2", "1e3", "1e5", "1e15", "1e16",
    "1e17", "1e21", "1e22", "1e23", "1e100", "-1e100", "1e-1", "1e-3", "1e-4", "1e-5", "-1e-5", "1.5e-5", "1e-7",
    "1e-10", "1e-100", "123456789.0", "1234567890123456.0", "12345678901234567.0", "123456789012345680.0",
    "9007199254740993.0", "0.30000000000000004", "0.1234567890123456789", "1.7976931348623157e308", "1e400",
    "-1e400", "2.2250738585072014e-308", "5e-324", "1e-400", "NaN", "Infinity", "-Infinity", "0.0001", "0.00001",
    "1.10", "2.50e+3", "9999999999999998.0", "1e-05", "33.333333333333336",
]  # fmt: skip

TEXTS = [
    "", " ", "a", "plain text", "it's", 'say "hi"', "'\"", '"""', "''''", "back\\slash", "C:\\new\\table", "\\", "\\\\",
    '\\"', "\\n", "line\nbreak", "\r\n", "tab\there", "\v\f\b\a", "\0", "\0001", "\x1b[31mred\x1b[0m", "\x7f", "\x80",
    "\x85", "\xa0", "\xad", "é", "e\u0301", "Zürich", "ÿ", "Ā", "naïve café", "日本語", "Ελληνικά", "العربية", "😀",
    "👩\u200d👩\u200d👧", "\u200b", "\u2028", "\u2029", "\ufeff", "\uffff", "\U00010000", "\U0010ffff", "\ud800",
    "\udfff", "a\udc00b", "$HOME", "$(id)", "`id`", "${x}", "{alpha}", "{{}}", "%d %s %%", "100%", "#comment",
    "x = 1; import os", "__import__('os')", "\u202e", "True", "None", "1", "1.0", "nan", "a,b", "a:b", "https://x/y?z=1&w=2#f",
    "path/to/file.csv", "~", "!ls", "%time", "?", "x?", "\\u00e9", "\\x41", "\\N{BULLET}", "\\0", " lead and trail ",
    "a" * 300, "é" * 100,
]  # fmt: skip

STRUCTURES = [
    "null", "true", "false", "[]", "{}", "[[]]", "[{}]", '{"a": []}', '{"a": {}}', "[null]", "[true, false]",
    "[1, 2, 3]", "[1, 2.0, 3]", "[1.5, null, \"x\", true]", '["a", "b"]', "[[1, 2], [3, 4]]", "[[[[1]]]]",
    '{"a": 1}', '{"a": 1, "b": 2.0}', '{"b": 1, "a": 2}', '{"1": 1, "0": 2}', '{"": 0}', '{"with space": 1}',
    '{"quote\\"": 1}', '{"é": "ü"}', '{"new\\nline": "x"}', '{"a": {"b": {"c": [1, {"d": null}]}}}',
    '[{"a": 1}, {"a": 2}]', '{"layers": [64, 64], "dropout": null, "name": "net"}', "[NaN, Infinity, -Infinity]",
    '{"x": NaN}', "[1e-5, 1e16, 1e15]", "[10000000000000000000001]", '{"__proto__": 1, "constructor": 2}',
    '{"notebook": "notebooks/data_explorer.ipynb", "data_url": "data/bank.csv", "output_label": "bank"}',
    '["😀", "\\ud83d\\ude00", "\\ud83d"]', '{"\\ud800": 1}', "[-0.0, 0, -0]",
]  # fmt: skip


def main() -> None:
    if importlib.util.find_spec("black") is not None:
        sys.exit("black is installed: papermill would format its source. Use an environment without it.")
    texts = [*STRUCTURES, *INTEGERS, *FLOATS, *(json.dumps(text) for text in TEXTS)]
    table = {text: PythonTranslator.codify({"x": json.loads(text)}) for text in texts}
    print(json.dumps(table, indent=2))


main()
