#!/bin/sh
# Fetches the pinned plotly.js bundle from the npm registry, checks it, and stores it compressed beside this script.
# Run it after changing the version and the checksum below; the build itself needs neither npm nor a network.
# The same input gives the same bytes: gzip -9n writes neither a name nor a time.
set -eu

version=4.1.1
# SHA-512 of the package's tarball, as `npm view plotly.js-basic-dist-min@VERSION dist.integrity` prints it.
integrity='sha512-1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ=='

assets=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm pack --silent "plotly.js-basic-dist-min@$version" > /dev/null
tarball="plotly.js-basic-dist-min-$version.tgz"
actual="sha512-$(openssl dgst -sha512 -binary "$tarball" | openssl base64 -A)"
if [ "$actual" != "$integrity" ]; then
    echo "$tarball: checksum $actual, expected $integrity" >&2
    exit 1
fi

tar -xzf "$tarball"
gzip -9n < package/plotly-basic.min.js > "$assets/plotly-basic.min.js.gz"
cp package/LICENSE "$assets/plotly-basic.LICENSE.txt"
echo "plotly.js $version: $(wc -c < "$assets/plotly-basic.min.js.gz") bytes compressed"
