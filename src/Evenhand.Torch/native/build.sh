#!/bin/sh
# Builds libevenhand_torch.so. Usage: build.sh FOLDER [PREFIX]; PREFIX is a libtorch other than the system's.
# Without cmake, a compiler or libtorch it says what is missing and succeeds: everything but the deep models works.
set -u
sources=$(cd "$(dirname "$0")" && pwd)
folder=$1
prefix=${2:-}
library=libevenhand_torch.so
packages="libtorch-dev libopenblas0-openmp cmake g++"
advice="deep models are left out. To have them: apt-get install $packages, and build again"

for tool in cmake make c++; do
  command -v "$tool" >/dev/null 2>&1 || { rm -f "$folder/$library"; echo "Evenhand.Torch: no $tool; $advice."; exit 0; }
done

mkdir -p "$folder"
# Two builds at the same time take turns; the second one finds the work done.
if command -v flock >/dev/null 2>&1; then
  exec 9>"$folder/.lock"
  flock 9
fi

log="$folder/cmake.log"
configure() {
  rm -f "$folder/build/CMakeCache.txt"
  cmake -S "$sources" -B "$folder/build" -DCMAKE_BUILD_TYPE=Release \
    ${prefix:+"-DCMAKE_PREFIX_PATH=$(realpath -m "$prefix")"} >"$log" 2>&1 || return 1

  # CMake would fall back to the system's where the prefix has none.
  [ -z "$prefix" ] || grep -q "^Torch_DIR:PATH=$(realpath -m "$prefix")/" "$folder/build/CMakeCache.txt"
}

if ! configure; then
  rm -rf "$folder/$library" "$folder/build"
  if [ -n "$prefix" ]; then
    echo "Evenhand.Torch: error: no usable libtorch at $prefix: see $log" >&2
    exit 1
  fi

  echo "Evenhand.Torch: no libtorch; $advice."
  exit 0
fi

if ! cmake --build "$folder/build" --parallel 2 >>"$log" 2>&1; then
  grep -m 5 'error' "$log" >&2
  echo "Evenhand.Torch: error: the shim over libtorch could not be built: see $log" >&2
  exit 1
fi

# Beside, then renamed: a process that has the old library loaded keeps it.
cp "$folder/build/$library" "$folder/$library.new" && mv -f "$folder/$library.new" "$folder/$library"
