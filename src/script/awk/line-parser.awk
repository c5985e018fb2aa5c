# parse(document, root): reads one JSON object as strictly as the service does (at most 12 deep, numbers of
# at most 20 characters) into kind[] and content[] by path, with count[] and, for objects, member[].
# Returns what is wrong, or nothing. doubled has a path that is there twice.
function parse(document, root) {
  S = document
  P = 1
  L = length(document)
  wrong = doubled = ""
  blanks()
  if (substr(S, P, 1) != "{") return "must be one JSON object"
  element(root, 1)
  blanks()
  if (wrong == "" && P <= L) return "must end after the object"
  return wrong
}

function broken() {
  if (wrong == "") wrong = "is not valid JSON, or too deep, at column " P
}

function blanks() {
  while (P <= L && index(" \t\r\n", substr(S, P, 1))) P++
}

function element(path, depth,   c, word) {
  if (wrong != "") return
  c = substr(S, P, 1)
  if (c == "{" || c == "[") {
    if (depth > 12) { broken(); return }
    nested(path, depth, c)
    return
  }
  if (c == "\"") {
    word = quote()
    put(path, "s", word)
    return
  }
  word = substr(S, P, 32)
  if (match(word, /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) && RLENGTH <= 20) {
    put(path, "n", substr(word, 1, RLENGTH))
    P += RLENGTH
    if (substr(S, P, 1) ~ /[0-9A-Za-z.+-]/) broken()
  }
  else if (word ~ /^(true|false|null)([^0-9A-Za-z_]|$)/) {
    match(word, /^[a-z]+/)
    put(path, RLENGTH == 4 && c == "n" ? "z" : "b", substr(word, 1, RLENGTH))
    P += RLENGTH
  }
  else broken()
}

function put(path, form, word) {
  kind[path] = form
  content[path] = word
}

function nested(path, depth, c,   close_with, n, name) {
  close_with = c == "{" ? "}" : "]"
  put(path, c == "{" ? "o" : "a", "")
  n = 0
  P++
  blanks()
  if (substr(S, P, 1) == close_with) { P++; count[path] = 0; return }
  while (wrong == "") {
    blanks()
    if (c == "{") {
      if (substr(S, P, 1) != "\"") { broken(); return }
      name = quote()
      blanks()
      if (wrong != "" || substr(S, P, 1) != ":") { broken(); return }
      P++
      blanks()
      if ((path, name) in position) { if (doubled == "") doubled = name }
      else position[path, name] = n
      member[path, n] = name
      name = path SUBSEP name
    }
    else name = path SUBSEP n
    element(name, depth + 1)
    n++
    blanks()
    if (wrong != "" || P > L) { broken(); return }
    if (substr(S, P, 1) == close_with) { P++; count[path] = n; return }
    if (substr(S, P, 1) != ",") { broken(); return }
    P++
  }
}

function quote(   out, rest, c) {
  out = ""
  P++
  while (P <= L) {
    rest = substr(S, P)
    if (!match(rest, /["\\\001-\037]/)) break
    out = out substr(rest, 1, RSTART - 1)
    P += RSTART
    c = substr(rest, RSTART, 1)
    if (c == "\"") return out
    if (c != "\\") break
    c = substr(rest, RSTART + 1, 1)
    P++
    if (c == "") break
    if (c == "u") out = out unicode()
    else if (index("\"\\/", c)) out = out c
    else if (c == "n") out = out "\n"
    else if (c == "t") out = out "\t"
    else if (c == "r") out = out "\r"
    else if (c == "b" || c == "f") out = out "\001"
    else break
    if (wrong != "") return ""
  }
  broken()
  return ""
}

# unicode(): the character of an escape; a control character or half a pair is \001.
function unicode(   code, low, at) {
  code = four()
  if (code >= 55296 && code <= 56319 && substr(S, P, 2) == "\\u") {
    at = P
    P += 2
    low = four()
    if (low >= 56320 && low <= 57343) return bytes(65536 + (code - 55296) * 1024 + low - 56320)
    P = at
  }
  if (code == 9 || code == 10 || code == 13) return sprintf("%c", code)
  if (code < 32 || code >= 55296 && code <= 57343) return "\001"
  return bytes(code)
}

function four(   digits, i, code) {
  digits = tolower(substr(S, P, 4))
  if (digits !~ /^[0-9a-f][0-9a-f][0-9a-f][0-9a-f]$/) { broken(); return 0 }
  P += 4
  code = 0
  for (i = 1; i <= 4; i++) code = code * 16 + index("0123456789abcdef", substr(digits, i, 1)) - 1
  return code
}

function bytes(code) {
  if (code < 128) return sprintf("%c", code)
  if (code < 2048) return sprintf("%c%c", 192 + int(code / 64), 128 + code % 64)
  if (code < 65536) return sprintf("%c%c%c", 224 + int(code / 4096), 128 + int(code / 64) % 64, 128 + code % 64)
  return sprintf("%c%c%c%c", 240 + int(code / 262144), 128 + int(code / 4096) % 64, 128 + int(code / 64) % 64, 128 + code % 64)
}
