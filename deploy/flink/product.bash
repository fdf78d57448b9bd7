# shellcheck shell=bash disable=SC2034 # names that only the scripts that source this use
# Functions of install and uninstall. Sourced, not run.

# The Flink version that the job is built for and tested with.
readonly supported=2.3

# The directory of all files that are not jars.
readonly ours=iresnet

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 2
}

# open_home DIRECTORY: sets flink_home, an absolute path, and flink_version.
open_home() {
    [[ -n $1 ]] || fail "FLINK_HOME is empty; name the directory that holds Flink's bin, conf and lib"
    [[ -d $1 ]] || fail "there is no directory '$1'; FLINK_HOME is where Flink's bin, conf and lib are"
    flink_home=$(cd "$1" && pwd -P)
    local part
    for part in bin/config.sh bin/bash-java-utils.jar conf/config.yaml lib plugins; do
        [[ -e $flink_home/$part ]] || fail "$flink_home is no Flink distribution: it has no $part"
    done
    [[ $flink_home != *[[:space:]]* ]] ||
        fail "Flink's own scripts cannot run from a path with a space in it: '$flink_home'"
    local dist=("$flink_home"/lib/flink-dist-*.jar)
    [[ ${#dist[@]} -eq 1 && -f ${dist[0]} ]] ||
        fail "$flink_home/lib must hold one flink-dist-VERSION.jar, and does not"
    flink_dist=${dist[0]}
    flink_version=${flink_dist##*/flink-dist-}
    flink_version=${flink_version%.jar}
}

# Prints a line for each process that runs from this distribution.
running() {
    local file process
    while IFS= read -r file; do
        process=${file#/proc/}
        say "  process ${process%/cmdline}: $({ tr '\0' '\n' <"$file" | grep -m 1 -E '^org\.apache\.flink'; } 2>/dev/null)"
    done < <(grep -lsaF -f <(say "$flink_home/lib/flink-dist-") /proc/[0-9]*/cmdline || true) # not its own
}

refuse_while_running() {
    local processes
    processes=$(running)
    [[ -z $processes ]] || fail "Flink is running from $flink_home. Its jars and settings must not change meanwhile.
$processes
Stop it first: $flink_home/bin/stop-cluster.sh"
}

# Our lines are between two markers at the end of a file. Removing them restores the file byte for
# byte. The first marker says if the file had no newline at its end.
readonly mark_begin='# >>> flink-iresnet'
readonly mark_end='# <<< flink-iresnet'
readonly mark_joined='(the line before had no end)'

# without_block FILE: prints the file without our lines.
without_block() {
    if ! grep -qF "$mark_begin" "$1"; then
        cat "$1"
    elif grep -F "$mark_begin" "$1" | grep -qF "$mark_joined"; then
        # everything up to the newline that with_block has added before the marker
        local text
        text=$(cut_block "$1" && printf '.')
        text=${text%.}
        printf '%s' "${text%$'\n'}"
    else
        cut_block "$1"
    fi
}

cut_block() {
    awk -v begin="$mark_begin" -v end="$mark_end" '
        index($0, begin) == 1 { inside = 1 }
        !inside { print }
        index($0, end) == 1 { inside = 0 }' "$1"
}

# block FILE: prints our lines, without the markers.
block() {
    awk -v begin="$mark_begin" -v end="$mark_end" '
        index($0, end) == 1 { inside = 0 }
        inside { print }
        index($0, begin) == 1 { inside = 1 }' "$1"
}

# with_block FILE REMARK: prints the file, with standard input as our lines.
with_block() {
    without_block "$1"
    local joined=
    if [[ -n $(without_block "$1" | tail -c 1) ]]; then
        joined=" $mark_joined"
        printf '\n'
    fi
    printf '%s: %s%s\n' "$mark_begin" "$2" "$joined"
    cat
    printf '%s\n' "$mark_end"
}

# replace FILE NEW: copies the content of NEW into FILE, which keeps its owner, mode and links.
replace() { cat "$2" >"$1"; }
