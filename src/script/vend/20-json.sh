# ---------------------------------------------------------------- JSON

# @awk json-reader

# @awk utf8-reader

# @awk xml-reader

# Bytes that JSON forbids become \001, which the reader rejects: some awks stop at a NUL and would
# take half a document for the whole.
read_json() {
  tr '\000-\010\013\014\016-\037' '\001' | awk "$@" "$JSON_READER$UTF8_READER$XML_READER"
}

# named_values: leaves the first part of $v_flat in $v_named. Looking up a name takes a shell
# quadratic time in the length of the text before it, and a server could answer with a megabyte.
named_values() {
  v_named=${v_flat%%"${NL}rest$NL"*}$NL
}

# field NAME: looks up one value of $v_named; leaves it in $v_value and its type in $v_kind.
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

# text NAME: the same for a text; any other type counts as missing.
text() {
  field "$1" && [ "$v_kind" = s ] || {
    v_value=
    return 1
  }
}
