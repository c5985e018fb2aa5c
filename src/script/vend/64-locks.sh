# ---------------------------------------------------------------- locks

# lock PATH: a symbolic link is made in one step with its owner written in it. Whoever
# was killed leaves it behind: then its process is gone, or it is too old. If it fails,
# $v_lock_fault says why no lock can be made, or else $v_lock_owner who has it; both are
# empty if the owner has just ended.
lock() {
  v_lock_path=$1
  v_lock_owner=
  v_lock_fault=
  now
  v_lock_now=$v_now
  v_lock_host=$(uname -n | tr -c 'A-Za-z0-9.\n-' _)
  # Into a folder of that name ln would put the link.
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
  # No trap for signals: a shell would run it only when curl is through. Who is killed
  # leaves a dead owner's lock.
  trap unlock EXIT
}

unlock() {
  [ -z "$v_locked" ] || rm -f -- "$v_locked"
  [ -z "$v_temporary" ] || rm -f -- "$v_temporary"
  v_locked=
  v_temporary=
  trap - EXIT HUP INT TERM
}

# find_lock_fault: nobody has the lock, so its owner has just ended, or none can be made
# here: on a full or read-only disk, or one without symbolic links. A link of another name
# tells which.
find_lock_fault() {
  if [ -e "$v_lock_path" ] && [ ! -L "$v_lock_path" ]; then
    v_lock_fault="$v_lock_path is no lock of vend's; remove it"
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

# A dead owner's lock is taken by a rename, so that of two who see it one gets it; what was
# renamed is looked at again, for it may be a new owner's by now.
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
