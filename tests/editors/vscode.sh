#!/bin/sh
# The VS Code extension: built, its problem matcher tried on real output, and, where a VS Code
# stands in out/editors or ARM64ECD_VSCODE=1 asks for one, used in the real editor.
#   usage: [ARM64ECD=PROGRAM] [ARM64ECD_VSCODE=1] tests/editors/vscode.sh
# The editor is VS Code's own server (out of the npm package code-server) shown in a headless
# Chromium. Its set-up takes a minute or two and 500 MB in out/editors, once.
# shellcheck disable=SC1091,SC2154,SC2317 # editor.sh sets $dir and $root
set -u
here=$(cd "$(dirname "$0")" && pwd)
npmrc=${NPM_CONFIG_USERCONFIG:-$HOME/.npmrc} # registry and proxy of the user, read only
. "$here/editor.sh"

tools=$root/out/editors
export npm_config_userconfig="$npmrc" npm_config_cache="$tools/npm-cache"
export npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false
[ -e /usr/include/node/node.h ] && export npm_config_nodedir=/usr # no headers to be fetched

major() { node -p 'process.versions.node.split(".")[0]'; }
is_without() { ! grep -q "$1" "$2"; }
is_online() { npm ping --fetch-retries=0 --fetch-timeout=10000 >/dev/null 2>&1; }

# Builds in a copy, so that the tree stays clean and node_modules is kept for the next run.
build() {
    mkdir -p "$tools/vscode"
    rm -rf "$tools/vscode/src" "$tools/vscode/out"
    cp -R "$root/editors/vscode/." "$tools/vscode"
    cd "$tools/vscode" || return 1
    if ! cmp -s package-lock.json node_modules/installed-lock.json; then
        npm ci --ignore-scripts || return 1
        cp package-lock.json node_modules/installed-lock.json
    fi
    npm run package
}

set_up() {
    rm -rf "$tools/code" && mkdir -p "$tools/code" && cd "$tools/code" || return 1
    npm pack code-server@4.96.4 && tar -xzf code-server-*.tgz && rm code-server-*.tgz || return 1
    mv package/lib/vscode server && rm -rf package || return 1
    npm install --prefix "$tools/code" --ignore-scripts puppeteer-core@24.8.2 || return 1
    cd server || return 1
    rm npm-shrinkwrap.json # it pins a dependency to a git address
    npm install --omit=dev --ignore-scripts || return 1
    npm rebuild @vscode/spdlog @vscode/deviceid @parcel/watcher native-watchdog node-pty || return 1
    ln -s node_modules node_modules.asar
    touch "$tools/code/ready"
}

# Becomes VS Code's server, with folders of this test, in a session of its own: what it starts
# ends with it, and it asks no shop for extensions.
become_code() {
    export EXTENSIONS_GALLERY='{}'
    exec setsid node "$tools/code/server/out/server-main.js" --accept-server-license-terms \
        --telemetry-level off --server-data-dir "$dir/data" --user-data-dir "$dir/user" \
        --extensions-dir "$dir/extensions" "$@"
}

code_port() { sed -n 's/^Extension host agent listening on //p' "$dir/code.log"; }

await_port() {
    tries=0
    while [ -z "$(code_port)" ] && [ "$tries" -lt 300 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
}

need node "Node.js is not installed"
need npm "npm is not installed"
if [ "$(major)" -lt 18 ]; then
    skip "Node.js $(node --version) is older than 18"
    finish
fi
need_server
if ! [ -d "$tools/vscode/node_modules" ] && ! is_online; then
    skip "the npm registry does not answer"
    finish
fi

vsix=$tools/vscode/out/arm64ecd.vsix
(build) >"$dir/build.log" 2>&1 </dev/null
expect "vscode: the .vsix is built" test -s "$vsix"
[ -s "$vsix" ] || { sed 's/^/  | /' "$dir/build.log"; finish; }
expect "vscode: package-lock.json names no download address" \
    is_without '"resolved"' "$root/editors/vscode/package-lock.json"

mkdir "$dir/project"
cat >"$dir/project/first.c" <<'C'
/* Right for Arm64; never compiled as Arm64EC before. */
long keep(long value)
{
    __asm__("mov x9, %0" : : "r"(value) : "x9");
    __asm__("mov x13, x0");
    return value;
}
C
cd "$dir/project" || exit 3
"$ARM64ECD" check --format=gcc first.c >"$dir/gcc.txt" 2>"$dir/gcc.err" </dev/null
node "$here/vscode_matcher.mjs" "$root/editors/vscode/package.json" "$dir/gcc.txt" >"$dir/matcher.out" 2>&1
count $? 3 "$dir/matcher.out"

for browser in chromium chromium-browser google-chrome ''; do
    command -v "${browser:-true}" >/dev/null 2>&1 && break
done
if ! [ -e "$tools/code/ready" ] && [ -z "${ARM64ECD_VSCODE:-}" ]; then
    skip "the real VS Code takes minutes to set up: ARM64ECD_VSCODE=1 does it"
    finish
elif [ "$(major)" -lt 20 ]; then
    skip "Node.js $(node --version) cannot run VS Code's server: 20 or later can"
    finish
elif [ -z "$browser" ]; then
    skip "Chromium is not installed: apt-get install chromium"
    finish
elif ! [ -e "$tools/code/ready" ] && ! (set_up) >"$dir/setup.log" 2>&1 </dev/null; then
    skip "VS Code could not be set up: $(grep -v '^ *$' "$dir/setup.log" | tail -n 1)"
    finish
fi

mkdir -p "$dir/user/User"
cat >"$dir/user/User/settings.json" <<JSON
{
  "arm64ecd.path": "$ARM64ECD",
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern"
}
JSON
(become_code --install-extension "$vsix") >"$dir/install.log" 2>&1 </dev/null
expect "vscode: the .vsix installs" test -d "$dir"/extensions/arm64ecd.arm64ecd-*

: >"$dir/code.log"
become_code --host 127.0.0.1 --port 0 --without-connection-token >"$dir/code.log" 2>&1 </dev/null &
server=$!
trap 'kill -KILL "-$server" 2>/dev/null; rm -rf "$dir"' EXIT
await_port

screenshot=$root/out/vscode.png
rm -f "$screenshot" "${screenshot%.png}-failed.png"
PUPPETEER=$tools/code/node_modules/puppeteer-core/lib/cjs/puppeteer/puppeteer-core.js \
    CHROMIUM=$(command -v "$browser") URL=http://127.0.0.1:$(code_port) PROJECT=$dir/project \
    SCREENSHOT=$screenshot \
    timeout 240 node "$here/vscode.mjs" >"$dir/vscode.out" 2>&1 </dev/null
count $? 6 "$dir/vscode.out"

kill -KILL "-$server" 2>/dev/null
wait "$server" 2>/dev/null
finish
