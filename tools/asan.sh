#!/usr/bin/env bash
# Builds the C code of durable-rules with AddressSanitizer, in a folder of its own, and runs the engine's tests on it.
# Usage: tools/asan.sh [PYTHON]   (make asan). Needs gcc with libasan. Nothing of the environment is changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python="${1:-.venv/bin/python}"
folder=build/asan
version="$("$python" -c 'import importlib.metadata as m; print(m.version("durable_rules"))')"
libasan="$(gcc -print-file-name=libasan.so)"
if [[ ! -e "$libasan" ]]; then
  echo "asan: gcc has no libasan here (Debian: libasan8 comes with gcc)" >&2
  exit 2
fi

if [[ ! -e "$folder/.ready-$version" ]]; then
  rm -rf "$folder"
  mkdir -p "$folder"
  # Its setup.py overwrites CFLAGS; the compiler's own name is where a flag survives.
  CC="gcc -fsanitize=address -fno-omit-frame-pointer -g -O1" PIP_CONSTRAINT=requirements-build.txt \
    "$python" -m pip install --quiet --no-deps --no-cache-dir --no-binary durable_rules \
    --target "$folder" "durable_rules==$version"
  touch "$folder/.ready-$version"
fi
grep -q __asan_init "$folder"/durable_rules_engine*.so || { echo "asan: the module is not instrumented" >&2; exit 2; }

# Python keeps what it allocates until it ends, so leaks are not looked for. Its own allocator would hide what the
# engine reads beyond a string; the engine's child processes inherit all of this.
export LD_PRELOAD="$libasan"
export ASAN_OPTIONS="detect_leaks=0:detect_stack_use_after_return=1:strict_string_checks=1:halt_on_error=1:abort_on_error=0:exitcode=99${ASAN_EXTRA:+:$ASAN_EXTRA}"
export PYTHONMALLOC=malloc
export PYTHONPATH="$folder:src"
"$python" -c 'import durable_rules_engine as m, os, sys
if os.path.basename(os.path.dirname(m.__file__)) != "asan":
    sys.exit(f"asan: loaded {m.__file__} instead")
print("asan: durable-rules", os.path.basename(m.__file__), "with AddressSanitizer")'
"$python" -m pytest -q -p no:cacheprovider -x tests/engine/test_engine_traps.py tests/engine/test_engine_durable.py

# The counterproof: with one guard of the program taken away the sanitizer must object.
report="$(mktemp)"
trap 'rm -f "$report"' EXIT
code=0
"$python" tests/engine/asan_counterproof.py >"$report" 2>&1 || code=$?
grep -E '^SUMMARY: AddressSanitizer|ERROR: AddressSanitizer' "$report" || {
  tail -n 20 "$report" >&2
  echo "asan: the known defect was not reported (exit code $code): the sanitizer looked at nothing" >&2
  exit 1
}
echo "asan: the tests gave no report; without the guard against trap 1 AddressSanitizer reports it"
