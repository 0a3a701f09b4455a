#!/usr/bin/env bash
# Runs vaultlint as the inputs of action.yml ask. Nothing of an input is ever read as code: all of them come as variables.
set -uo pipefail

# From the top of the checkout, so that marks and SARIF name files as GitHub does.
cd "${GITHUB_WORKSPACE:-.}" || exit 2

arguments=()
[ -z "${SINCE:-}" ] || arguments+=("--since=$SINCE")
[ -z "${FAIL_ON:-}" ] || arguments+=("--fail-on=$FAIL_ON")

paths=()
while IFS= read -r path || [ -n "$path" ]; do
    path=${path%$'\r'}
    [ -z "$path" ] || paths+=("${FOLDER:-.}/$path")
done <<<"${PATHS:-.}"

log=("--output-format=${FORMAT:-github}")
if [ "${SUMMARY:-true}" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    log+=("--summary=$GITHUB_STEP_SUMMARY")
fi

status=0
if [ -n "${SARIF:-}" ]; then
    "$VAULTLINT" check ${arguments[@]+"${arguments[@]}"} --quiet --exit-zero --output-format=sarif "--output=$SARIF" -- "${paths[@]}" ||
        status=$?
fi
if [ "$status" -eq 0 ]; then
    "$VAULTLINT" check ${arguments[@]+"${arguments[@]}"} "${log[@]}" -- "${paths[@]}" || status=$?
fi
[ "$status" -lt 2 ] || echo "::error::vaultlint could not do its work; the lines above say why"
echo "status=$status" >>"$GITHUB_OUTPUT"
exit "$status"
