# Reads one JSON document strictly and prints a line for each value: PATH=TYPE:VALUE. PATH is a
# JSON pointer with = written as ~2; TYPE is s, n, b, z (null), o or a (with the number of
# members). Values have no control characters and none that reorder text, so that a line stays a
# line and a terminal is safe.
# With -v http=1 the input is the output of `curl -i` with the line of write-out after it; then the
# lines curl=, error=, status=, retry= and type= come first. The line json= says ok or what is
# wrong; no value of an incomplete document is printed.
# Values that a script looks up by name come first: those outside lists (and of /errors), up to
# 24,000 characters. The others follow after the line "rest".
# With -v compact=1 the last line, compact=, has the document without white space; with -v
# split_at=/NAME it has a \001 before and after the members of that list. With -v columns=/NAME
# that text, a table, is printed as a list of its lines. With -v one_line=1 the input is not JSON
# but a word of ASCII; only its first line is read.
# Reads the text in windows: in some awks, substr of a long string takes time proportional to its
# length.
BEGIN { RS = "\002"; WINDOW = 1024 }
{ text = text $0 }
END {
  pos = 1
  if (http) envelope()
  len = length(text)
  base = 0
  blanks()
  if (one_line) first_line()
  else if (http && type ~ /\/xml$/) document()
  else value("", 0)
  blanks()
  if (pos <= len) fail("more than one document")
  print "json=" (bad == "" ? "ok" : bad)
  if (bad != "") exit
  for (i = 1; i <= lines; i++)
    if (i in high) print line[i]
  print "rest"
  for (i = 1; i <= lines; i++)
    if (!(i in high)) print line[i]
  if (!compact) exit
  ORS = ""
  print "compact="
  for (i = 1; i <= tokens; i++) print token[i]
  print "\n"
}

function first_line() {
  sub(/\r?\n.*$/, "", text)
  if (text ~ /^[!-~]+$/) emit("", "s", text)
  else fail("not a word of ASCII")
  pos = len + 1
}

function envelope(   last, words, name, row, code) {
  len = length(text)
  base = 0
  last = match(text, /\n[^\n]*$/) ? substr(text, RSTART + 1) : ""
  if (last !~ /^vend [0-9]+ [0-9]+ /) { print "curl=none\nsize=" len; text = ""; return }
  text = substr(text, 1, RSTART - 1)
  len = length(text)
  split(last, words, " ")
  print "curl=" words[2]
  print "status=" words[3]
  sub(/^vend [0-9]+ [0-9]+ /, "", last)
  print "error=" clean(last)
  row = header()
  while (row ~ /^HTTP\//) {
    split(row, words, " ")
    code = words[2]
    retry = type = ""
    while ((row = header()) != "") {
      name = tolower(row)
      if (name ~ /^retry-after:[ \t]*[0-9]+[ \t]*$/) { retry = row; gsub(/[^0-9]/, "", retry) }
      if (name ~ /^content-type:/) { type = name; sub(/^[^:]*:[ \t]*/, "", type); sub(/[ \t;].*$/, "", type) }
    }
    # After an interim answer comes another header.
    if (code !~ /^1[0-9][0-9]$/) break
    row = header()
  }
  print "retry=" substr(retry, 1, 9)
  print "type=" clean(substr(type, 1, 100))
  text = substr(text, pos)
  pos = 1
}

function header(   row, n) {
  row = ""
  while (pos <= len) {
    here()
    n = index(rest, "\n")
    if (length(row) < 4096) row = row (n ? substr(rest, 1, n - 1) : rest)
    pos += n ? n : length(rest)
    if (n) break
  }
  sub(/\r$/, "", row)
  return row
}

function here() {
  if (base == 0 || pos < base || pos >= base + WINDOW) {
    base = pos
    window = substr(text, base, WINDOW)
  }
  rest = substr(window, pos - base + 1)
  return substr(rest, 1, 1)
}

function fail(why) {
  if (bad == "") bad = why ", byte " pos
  pos = len + 1
}

function blanks() {
  while (pos <= len && here() ~ /^[ \t\r\n]$/) pos++
}

function emit(path, kind, content) {
  line[++lines] = path "=" kind ":" content
  if (path ~ /\/[0-9]+(\/|$)/ && path !~ /^\/errors\/[0-9]+(\/[a-z]+)?$/) return
  high_size += length(line[lines])
  if (high_size <= 24000) high[lines] = 1
}

function keep(raw) {
  if (compact) token[++tokens] = raw
}

function value(path, depth,   c, at, word) {
  if (bad != "") return
  if (pos > len) { fail("unexpected end"); return }
  if (depth > 32) { fail("too deep"); return }
  c = here()
  if (c == "{") { object(path, depth); return }
  if (c == "[") { array(path, depth); return }
  at = pos
  if (c == "\"") {
    word = string()
    if (bad != "") return
    keep(substr(text, at, pos - at))
    if (path == columns && path != "") table(path, word)
    else emit(path, "s", clean(word))
    return
  }
  word = substr(text, pos, 64)
  if (match(word, /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) && RLENGTH < 64) {
    word = substr(word, 1, RLENGTH)
    pos += RLENGTH
    keep(word)
    emit(path, "n", word)
  }
  else if (word ~ /^true/) { pos += 4; keep("true"); emit(path, "b", "true") }
  else if (word ~ /^false/) { pos += 5; keep("false"); emit(path, "b", "false") }
  else if (word ~ /^null/) { pos += 4; keep("null"); emit(path, "z", "null") }
  else fail("not JSON")
}

function object(path, depth,   name, count, at, c) {
  keep("{")
  pos++
  blanks()
  count = 0
  if (pos <= len && here() == "}") { pos++; keep("}"); emit(path, "o", 0); return }
  while (bad == "") {
    blanks()
    if (pos > len || here() != "\"") { fail("expected a name"); return }
    at = pos
    name = clean(string())
    if (bad != "") return
    keep(substr(text, at, pos - at))
    gsub(/~/, "~0", name)
    gsub(/\//, "~1", name)
    gsub(/=/, "~2", name)
    name = path "/" name
    if (name in seen) { fail("a repeated name"); return }
    seen[name] = 1
    blanks()
    if (pos > len || here() != ":") { fail("expected a colon"); return }
    pos++
    keep(":")
    blanks()
    value(name, depth + 1)
    count++
    blanks()
    if (pos > len) { fail("unexpected end"); return }
    c = here()
    pos++
    if (c == "}") { keep("}"); emit(path, "o", count); return }
    if (c != ",") { pos--; fail("expected a comma"); return }
    keep(",")
  }
}

function table(path, word,   rows, count, i) {
  count = split(word, rows, "\n")
  for (i = 1; i <= count; i++)
    if (i < count || rows[i] != "") emit(path "/" (i - 1), "s", clean(rows[i]))
}

function array(path, depth,   count, c, mark) {
  mark = path != "" && path == split_at ? "\001" : ""
  keep("[" mark)
  pos++
  blanks()
  count = 0
  if (pos <= len && here() == "]") { pos++; keep(mark "]"); emit(path, "a", 0); return }
  while (bad == "") {
    blanks()
    value(path "/" count, depth + 1)
    count++
    blanks()
    if (pos > len) { fail("unexpected end"); return }
    c = here()
    pos++
    if (c == "]") { keep(mark "]"); emit(path, "a", count); return }
    if (c != ",") { pos--; fail("expected a comma"); return }
    keep(",")
  }
}

function string(   out, whole, size, c, n) {
  pos++
  out = whole = ""
  size = 0
  while (pos <= len) {
    c = here()
    # In pieces, because appending to a long text takes time proportional to its length.
    if (length(out) > WINDOW) { size += length(out); whole = whole out; out = "" }
    if (size > 65536) { fail("a text is too long"); return "" }
    n = match(rest, /["\\\001-\037]/) ? RSTART - 1 : length(rest)
    if (n > 0) { out = out substr(rest, 1, n); pos += n; continue }
    pos++
    if (c == "\"") return whole out
    if (c != "\\") { pos--; fail("a control character in a text"); return "" }
    if (pos > len) break
    c = here()
    pos++
    if (c == "\"" || c == "\\" || c == "/") out = out c
    else if (index("bfnrt", c)) out = out (c == "n" ? "\n" : c == "b" || c == "f" ? "\001" : " ")
    else if (c == "u") out = out unicode()
    else { fail("an unknown escape"); return "" }
  }
  fail("unexpected end")
  return ""
}

function unicode(   code, low, at) {
  code = hex()
  if (code >= 55296 && code <= 56319 && substr(text, pos, 2) == "\\u") {
    at = pos
    pos += 2
    low = hex()
    # Not a pair: the second one is a character of its own.
    if (bad == "" && (low < 56320 || low > 57343)) { pos = at; return "?" }
    return utf8(65536 + (code - 55296) * 1024 + low - 56320)
  }
  if (code < 32 || code >= 55296 && code <= 57343) return "?"
  return utf8(code)
}

function hex(   digits, i, code) {
  digits = tolower(substr(text, pos, 4))
  if (digits !~ /^[0-9a-f][0-9a-f][0-9a-f][0-9a-f]$/) { fail("an unknown escape"); return 0 }
  pos += 4
  code = 0
  for (i = 1; i <= 4; i++) code = code * 16 + index("0123456789abcdef", substr(digits, i, 1)) - 1
  return code
}

function utf8(code) {
  if (code < 128) return sprintf("%c", code)
  if (code < 2048) return sprintf("%c%c", 192 + int(code / 64), 128 + code % 64)
  if (code < 65536) return sprintf("%c%c%c", 224 + int(code / 4096), 128 + int(code / 64) % 64, 128 + code % 64)
  return sprintf("%c%c%c%c", 240 + int(code / 262144), 128 + int(code / 4096) % 64, 128 + int(code / 64) % 64, 128 + code % 64)
}

# Replaces C0, DEL, C1, zero-width and bidirectional characters: they could redraw a terminal or
# make a text read differently.
function clean(word) {
  gsub(/[\t\r\n]/, " ", word)
  gsub(/[\001-\037\177]/, "?", word)
  if (word !~ /[\200-\377]/) return word
  word = valid(word)
  gsub(/\302[\200-\237]/, "?", word)
  gsub(/\342\200[\213-\217\252-\256]/, "?", word)
  gsub(/\342\201[\240-\257]/, "?", word)
  gsub(/\330\234/, "?", word)
  gsub(/\357\273\277/, "?", word)
  return word
}
