# ---------------------------------------------------------------- locks

# lock PATH: makes a symbolic link, which is atomic, whose target names the owner. A killed owner
# leaves it behind; then its process is gone, or the lock is too old. On failure, $v_lock_fault
# says why no lock can be made, or else $v_lock_owner has the owner; both are empty if the owner
# has just ended.
lock() {
  v_lock_path=$1
  v_lock_owner=
  v_lock_fault=
  now
  v_lock_now=$v_now
  v_lock_host=$(uname -n | tr -c 'A-Za-z0-9.\n-' _)
  # If the path is a folder, ln would put the link into it.
  if [ -d "$v_lock_path" ] && [ ! -L "$v_lock_path" ] ||
    ! ln -s "vend-lock:$v_lock_host:$$:$v_lock_now" "$v_lock_path" 2>/dev/null; then
    if v_lock_owner=$(readlink "$v_lock_path" 2>/dev/null); then
      break_lock
    else
      find_lock_fault
    fi
    return 1
  fi
  v_locked=$v_lock_path
  # No trap for signals: a shell would run it only after curl has ended. A killed owner leaves a
  # lock that is recognized as dead.
  trap unlock EXIT
}

unlock() {
  [ -z "$v_locked" ] || rm -f -- "$v_locked"
  [ -z "$v_temporary" ] || rm -f -- "$v_temporary"
  v_locked=
  v_temporary=
  trap - EXIT HUP INT TERM
}

# find_lock_fault: nobody holds the lock, so its owner has just ended, or no lock can be made here:
# the disk is full or read-only, or has no symbolic links. A link of another name shows which.
find_lock_fault() {
  if [ -e "$v_lock_path" ] && [ ! -L "$v_lock_path" ]; then
    v_lock_fault="$v_lock_path is not a lock of vend; remove it"
    return
  fi
  rm -f -- "$v_lock_path.$$" 2>/dev/null
  if v_lock_fault=$(ln -s vend-lock "$v_lock_path.$$" 2>&1); then
    rm -f -- "$v_lock_path.$$"
    v_lock_fault=
    return
  fi
  v_lock_fault=$(printf '%s' "${v_lock_fault##*: }" | tr -d '\000-\037\177')
  v_lock_fault="can't make a symbolic link in ${v_lock_path%/*}: ${v_lock_fault:-ln fails}"
}

# Takes a dead owner's lock by renaming it, so that only one of two processes gets it. The renamed
# link is read again, because by then it may belong to a new owner.
break_lock() {
  is_dead_owner "$v_lock_owner" || return 0
  [ "$(readlink "$v_lock_path" 2>/dev/null)" = "$v_lock_owner" ] || return 0
  mv -f -- "$v_lock_path" "$v_lock_path.$$" 2>/dev/null || {
    find_lock_fault
    return 0
  }
  if [ "$(readlink "$v_lock_path.$$")" = "$v_lock_owner" ]; then
    rm -f -- "$v_lock_path.$$"
  else
    ln -s "$(readlink "$v_lock_path.$$")" "$v_lock_path" 2>/dev/null
    rm -f -- "$v_lock_path.$$"
  fi
}

is_dead_owner() {
  v_lock_rest=${1#vend-lock:}
  v_lock_since=${v_lock_rest##*:}
  v_lock_rest=${v_lock_rest%:*}
  v_lock_pid=${v_lock_rest##*:}
  is_number "$v_lock_since" && is_number "$v_lock_pid" || return 0
  [ "$((v_lock_now - v_lock_since))" -le "$LOCK_SECONDS" ] || return 0
  [ "${v_lock_rest%:*}" = "$v_lock_host" ] && ! kill -0 "$v_lock_pid" 2>/dev/null
}

nap() {
  sleep 0.1 2>/dev/null || sleep 1
}
