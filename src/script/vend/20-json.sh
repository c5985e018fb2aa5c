# ---------------------------------------------------------------- JSON

# @awk json-reader

# @awk utf8-reader

# @awk xml-reader

# Bytes that JSON can't hold become \001, which the reader refuses: some awks would stop
# at a NUL and take the half before it for the whole.
read_json() {
  tr '\000-\010\013\014\016-\037' '\001' | awk "$@" "$JSON_READER$UTF8_READER$XML_READER"
}

# named_values: the first part of $v_flat in $v_named. To look a name up takes a shell time
# by the square of what stands before it, and a server could answer with a megabyte.
named_values() {
  v_named=${v_flat%%"${NL}rest$NL"*}$NL
}

# field NAME: takes one value out of $v_named into $v_value and its type into $v_kind.
field() {
  v_value=
  v_kind=
  case $v_named in
  *"$NL$1="*) ;;
  *) return 1 ;;
  esac
  v_value=${v_named#*"$NL$1="}
  v_value=${v_value%%"$NL"*}
  case $1 in
  '' | /*)
    v_kind=${v_value%%:*}
    v_value=${v_value#*:}
    ;;
  esac
}

# text NAME: the same, for a text; anything else counts as absent.
text() {
  field "$1" && [ "$v_kind" = s ] || {
    v_value=
    return 1
  }
}
