# valid(word): with ? for each byte that is no part of a character in UTF-8: a terminal may
# take a lone 0x9b for the beginning of a command. In pieces, as above.
# shellcheck disable=SC2016
UTF8_READER='
function valid(word,   whole, out, piece, at, len) {
  whole = ""
  len = length(word)
  for (at = 1; at <= len; at += 512 - length(piece)) {
    out = ""
    piece = substr(word, at, 512)
    while (length(piece) > (at + 512 > len ? 0 : 3)) {
      if (match(piece, /^[\001-\177]+/)) ;
      else if (match(piece, /^[\302-\337][\200-\277]/)) ;
      else if (match(piece, /^\340[\240-\277][\200-\277]/)) ;
      else if (match(piece, /^[\341-\354\356\357][\200-\277][\200-\277]/)) ;
      else if (match(piece, /^\355[\200-\237][\200-\277]/)) ;
      else if (match(piece, /^\360[\220-\277][\200-\277][\200-\277]/)) ;
      else if (match(piece, /^[\361-\363][\200-\277][\200-\277][\200-\277]/)) ;
      else if (match(piece, /^\364[\200-\217][\200-\277][\200-\277]/)) ;
      else RLENGTH = 0
      out = out (RLENGTH > 0 ? substr(piece, 1, RLENGTH) : "?")
      piece = substr(piece, RLENGTH > 0 ? RLENGTH + 1 : 2)
    }
    whole = whole out
  }
  return whole
}
'

# document(): an XML answer of AWS's query protocol, flat like JSON. An element holds a text or
# elements, each name once. Anything else is invalid: attributes except xmlns, DOCTYPE,
# comments, CDATA.
# shellcheck disable=SC2016
XML_READER='
function document() {
  if (substr(text, pos, 5) == "<?xml" && match(substr(text, pos, 100), /\?>/)) pos += RSTART + 1
  blanks()
  element("", 0)
}

function element(path, depth,   tag, name, content, at, n) {
  if (depth > 32) { fail("too deep"); return }
  if (!match(substr(text, pos, 256), /^<[A-Za-z][A-Za-z0-9]*([ \t\r\n]+xmlns="[^"<&]*")?[ \t\r\n]*\/?>/)) { fail("not XML"); return }
  tag = substr(text, pos, RLENGTH)
  pos += RLENGTH
  match(tag, /^<[A-Za-z0-9]+/)
  name = substr(tag, 2, RLENGTH - 1)
  path = path "/" name
  if (path in seen) { fail("a name stands twice"); return }
  seen[path] = 1
  if (tag ~ /\/>$/) { emit(path, "s", ""); return }
  at = pos
  blanks()
  if (here() == "<" && substr(text, pos, 2) != "</") {
    for (n = 0; bad == "" && pos <= len && substr(text, pos, 2) != "</"; n++) { element(path, depth + 1); blanks() }
    emit(path, "o", n)
  }
  else {
    pos = at
    content = ""
    while (pos <= len && here() != "<") {
      n = index(rest, "<")
      n = n ? n - 1 : length(rest)
      content = content substr(rest, 1, n)
      pos += n
      if (length(content) > 65536) { fail("a text is too long"); return }
    }
    emit(path, "s", clean(plain(content)))
  }
  if (bad != "") return
  if (substr(text, pos, length(name) + 3) != "</" name ">") { fail("an element has no end"); return }
  pos += length(name) + 3
}

function plain(word,   out, n, name) {
  out = ""
  while ((n = index(word, "&")) > 0) {
    out = out substr(word, 1, n - 1)
    word = substr(word, n)
    if (!match(word, /^&(lt|gt|amp|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);/)) { fail("an unknown entity"); return "" }
    name = substr(word, 2, RLENGTH - 2)
    if (name ~ /^#/) out = out numbered(tolower(substr(name, 2)))
    else out = out (name == "lt" ? "<" : name == "gt" ? ">" : name == "amp" ? "&" : name == "quot" ? "\"" : "\047")
    word = substr(word, RLENGTH + 1)
  }
  return out word
}

# Control characters become "?", as they do elsewhere.
function numbered(digits,   base, code, i) {
  base = 10
  if (digits ~ /^x/) { base = 16; digits = substr(digits, 2) }
  for (i = 1; i <= length(digits) && code <= 1114111; i++) code = code * base + index("0123456789abcdef", substr(digits, i, 1)) - 1
  if (code > 1114111 || code >= 55296 && code <= 57343) { fail("a character that is none"); return "" }
  return code < 32 || code == 127 ? "?" : utf8(code)
}
'

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
