# Keeps the scripts of one checkout from building at the same time, and from building while another one
# runs what was built: Java reads classes when it first needs them. Sourced. Its functions set or use a
# lock on file descriptor 9, which the process keeps until it ends, also after exec.
#
# without_a_build ROOT  waits until nothing builds
# with_a_build ROOT     waits until nothing builds or runs
#
# Without the command flock, or if the directory cannot be written, nothing is locked.
# shellcheck shell=bash

lock_build() { # ROOT KIND WAITING
    command -v flock >/dev/null || return 0
    mkdir -p "$1/target" 2>/dev/null && [[ -w $1/target ]] || return 0
    { true >&9; } 2>/dev/null || exec 9>>"$1/target/build.lock"
    flock --nonblock "$2" 9 && return 0
    printf '%s\n' "$3" >&2
    flock "$2" 9
}

without_a_build() { lock_build "$1" --shared "Another script builds in $1; waiting for its end."; }

with_a_build() {
    lock_build "$1" --exclusive "The sources have changed, and another script still runs the last build of $1; waiting for its end."
}
