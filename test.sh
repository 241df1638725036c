#!/usr/bin/env bash
# Builds everything and runs every test. Installs the Debian packages that tests need where they are missing.
# Needs: Debian, the .NET SDK 10, root for the installation. Ends with one line: N passed, N failed, N skipped.
set -euo pipefail
cd "$(dirname "$0")"

# chromium: the leaderboard page is opened in it. python3-sklearn: the audit is compared with scikit-learn's figures.
# python3-torch: what deep models are compared with. fasttext: the peer of the linear text models.
packages=(chromium python3-sklearn python3-torch fasttext)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
# dotnet-repl: the notebooks run in the kernel that it brings.
dotnet tool restore
dotnet build Experiments.sln -c Release
dotnet format Experiments.sln --verify-no-changes --no-restore --exclude-diagnostics IDE1006

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet test --solution Experiments.sln -c Release --no-build --max-parallel-test-modules 2 "$@" 2>&1 | tee "$log" || status=$?

count() { sed -n "s/^ *$1: *\([0-9]\+\).*/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
exit "$status"
