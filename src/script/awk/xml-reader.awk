# document(): reads an XML answer of AWS's query protocol, with the same output as for JSON. An
# element has a text or elements, each name once. Everything else is invalid: attributes except
# xmlns, DOCTYPE, comments, CDATA.
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
  if (path in seen) { fail("a repeated name"); return }
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
  if (substr(text, pos, length(name) + 3) != "</" name ">") { fail("an element is not closed"); return }
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

# Control characters become "?", as everywhere.
function numbered(digits,   base, code, i) {
  base = 10
  if (digits ~ /^x/) { base = 16; digits = substr(digits, 2) }
  for (i = 1; i <= length(digits) && code <= 1114111; i++) code = code * base + index("0123456789abcdef", substr(digits, i, 1)) - 1
  if (code > 1114111 || code >= 55296 && code <= 57343) { fail("an invalid character"); return "" }
  return code < 32 || code == 127 ? "?" : utf8(code)
}
