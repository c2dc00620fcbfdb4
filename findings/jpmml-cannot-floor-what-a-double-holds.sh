#!/usr/bin/env bash
# jpmml_evaluator 0.16.0: floor and ceil of a double beyond 32 bits raise, though rint of the same number answers.
#
# Behaviour: in PMML the result of floor and ceil is an integer. JPMML keeps an integer in 32 bits and raises "Integer overflow" from
# 2,147,483,648 on, whatever the types of the field that reads the result. rint gives a double and has no such bound. Amounts in
# cents, byte counts and times in milliseconds are above it, so a document that passes every check fails on its first real row;
# rint(x - 0.5), with care for whole numbers, is what works.
#
# Fails when a release behaves otherwise. Needs Java.
set -euo pipefail
command -v java >/dev/null || { echo "this finding needs Java" >&2; exit 75; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install jpmml_evaluator==0.16.0 jpype1==1.6.0
cat >"$work/model.pmml" <<'XML'
<PMML version="4.4" xmlns="http://www.dmg.org/PMML-4_4">
  <Header/>
  <DataDictionary>
    <DataField name="x" optype="continuous" dataType="double"/>
    <DataField name="y" optype="continuous" dataType="double"/>
  </DataDictionary>
  <TransformationDictionary>
    <DerivedField name="part" optype="continuous" dataType="double"><Apply function="FUNCTION"><FieldRef field="x"/></Apply></DerivedField>
  </TransformationDictionary>
  <RegressionModel functionName="regression">
    <MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>
    <RegressionTable intercept="0"><NumericPredictor name="part" coefficient="1"/></RegressionTable>
  </RegressionModel>
</PMML>
XML
"$work/venv/bin/python" - "$work" <<'PYTHON'
import importlib.metadata
import pathlib
import sys

from jpmml_evaluator import make_evaluator

folder = pathlib.Path(sys.argv[1])
text = (folder / "model.pmml").read_text()
said = {}
for function in ("floor", "ceil", "rint"):
    path = folder / f"{function}.pmml"
    path.write_text(text.replace("FUNCTION", function))
    evaluator = make_evaluator(str(path))
    for x in (3.5e8, 3000000000.25):
        try:
            said[function, x] = evaluator.evaluate({"x": x})["y"]
        except Exception as error:
            said[function, x] = str(error).splitlines()[0]
print("jpmml_evaluator", importlib.metadata.version("jpmml_evaluator"), said)
assert all(said[function, 3.5e8] == 3.5e8 for function in ("floor", "ceil", "rint")), said
assert said["rint", 3000000000.25] == 3e9, said
assert all("overflow" in str(said[function, 3000000000.25]).lower() for function in ("floor", "ceil")), "they answer now"
PYTHON
