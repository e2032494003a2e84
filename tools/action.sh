#!/usr/bin/env bash
# What action.yml runs: marks noise in the change, writes SARIF, a summary, and the status as an output.
# Inputs come in the environment, never in the text of this script, so that none of them is run.
set -uo pipefail

paths=()
while IFS= read -r line; do
  [ -n "$line" ] && paths+=("$line")
done <<<"${INPUT_PATHS:-.}"
read -ra args <<<"${INPUT_ARGS:-}"

cleantext check --format github "${args[@]}" -- "${paths[@]}"
status=$?
if [ "$status" -le 1 ]; then
  if [ -n "${INPUT_SARIF:-}" ]; then
    cleantext check --format sarif --output-file "$INPUT_SARIF" --exit-zero "${args[@]}" -- "${paths[@]}" || status=$?
  fi
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    {
      echo '### cleantext'
      echo '```text'
      statistics=$(cleantext check --statistics --exit-zero "${args[@]}" -- "${paths[@]}")
      echo "${statistics:-nothing was found}"
      echo '```'
    } >>"$GITHUB_STEP_SUMMARY"
  fi
fi
[ -n "${GITHUB_OUTPUT:-}" ] && echo "status=$status" >>"$GITHUB_OUTPUT"
[ "$status" -eq 1 ] && [ "${INPUT_FAIL:-true}" = false ] && exit 0
exit "$status"
