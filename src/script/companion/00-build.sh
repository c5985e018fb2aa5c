v_part_build=@BUILD@
# Here as well as in vend: an older vend does not compare, and lacks functions that are used below.
[ "${VEND_BUILD-}" = "$v_part_build" ] || {
  printf 'vend: %s is of another version than vend: take both from the same release\n' "${v_part##*/}" >&2
  exit 1
}
